BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:moons = Get-Content -Raw "$PSScriptRoot/../reference/moons.json" | ConvertFrom-Json -AsHashtable
    $script:yinyang = Get-Content -Raw "$PSScriptRoot/../reference/yinyang.json" | ConvertFrom-Json -AsHashtable
    $script:lecture = Get-Content -Raw "$PSScriptRoot/../reference/lecture.json" | ConvertFrom-Json -AsHashtable
}

Describe 'New-GradDataset' {
    It 'makes the moons that scikit-learn makes' {
        $rows = New-GradDataset Moons 100 -Noise 0.1 -Seed 1337
        $rows.Count | Should -Be 100
        for ($i = 0; $i -lt 100; $i++) {
            [math]::Abs($rows[$i].X1 - $moons.X[$i][0]) | Should -BeLessThan 1e-14
            [math]::Abs($rows[$i].X2 - $moons.X[$i][1]) | Should -BeLessThan 1e-14
            $rows[$i].Label | Should -Be $moons.y[$i]
        }
    }

    It 'makes the yin and yang points that EurekaLabs'' micrograd makes' {
        $rows = New-GradDataset YinYang 100 -Seed 42
        foreach ($set in 'Train', 'Validation', 'Test') {
            $own = @($rows | Where-Object Set -EQ $set)
            $own.Count | Should -Be $yinyang[$set.ToLower()].Count
            for ($i = 0; $i -lt $own.Count; $i++) {
                $point, $label = $yinyang[$set.ToLower()][$i]
                $own[$i].X1 | Should -BeExactly $point[0]
                $own[$i].X2 | Should -BeExactly $point[1]
                $own[$i].Label | Should -Be $label
            }
        }
    }

    It 'gives the four samples of the lecture' {
        $rows = New-GradDataset -Kind Lecture
        $rows.Count | Should -Be 4
        for ($i = 0; $i -lt 4; $i++) {
            $rows[$i].X1, $rows[$i].X2, $rows[$i].X3 | Should -BeExactly $lecture.X[$i]
            $rows[$i].Label | Should -Be $lecture.y[$i]
        }
    }

    It 'gives the truth table of exclusive or' {
        $rows = New-GradDataset Xor
        $rows.X1 | Should -BeExactly 0, 0, 1, 1
        $rows.X2 | Should -BeExactly 0, 1, 0, 1
        $rows.Label | Should -BeExactly 0, 1, 1, 0
    }

    It 'gives <Kind> the columns X1, X2 and Label, and the labels <Labels>' -ForEach @(
        @{ Kind = 'Moons'; Labels = -1, 1 }
        @{ Kind = 'Circles'; Labels = -1, 1 }
        @{ Kind = 'Spiral'; Labels = 0, 1, 2 }
        @{ Kind = 'Blobs'; Labels = 0, 1, 2 }
    ) {
        $rows = New-GradDataset $Kind -Seed 1
        $rows.Count | Should -Be 100
        $rows[0].psobject.Properties.Name | Should -BeExactly X1, X2, Label
        $rows.Label | Sort-Object -Unique | Should -BeExactly $Labels
        $rows.X1 | Where-Object { -not [double]::IsFinite($_) } | Should -BeNullOrEmpty
    }

    It 'makes as many rows as -Count says: <_>' -ForEach 'Moons', 'Circles', 'Spiral', 'Blobs', 'Xor', 'YinYang' {
        @(New-GradDataset $_ -Count 31).Count | Should -Be 31
        @(New-GradDataset $_ 1).Count | Should -Be 1
    }

    It 'makes the same rows from the same seed, and others from another: <_>' -ForEach 'Moons', 'Circles', 'Spiral', 'Blobs', 'YinYang' {
        $first = New-GradDataset $_ 20 -Seed 5
        (New-GradDataset $_ 20 -Seed 5).X1 | Should -BeExactly $first.X1
        (New-GradDataset $_ 20 -Seed 6).X1 | Should -Not -BeExactly $first.X1
    }

    It 'puts the points of Circles at their radius without -Noise, and off it with' {
        foreach ($row in New-GradDataset Circles 40 -Noise 0) {
            $radius = [math]::Sqrt($row.X1 * $row.X1 + $row.X2 * $row.X2)
            [math]::Abs($radius - ($row.Label -eq 1 ? 0.8 : 1)) | Should -BeLessThan 1e-12
        }
        $off = New-GradDataset Circles 40 -Noise 0.5 | Where-Object {
            [math]::Abs([math]::Sqrt($_.X1 * $_.X1 + $_.X2 * $_.X2) - ($_.Label -eq 1 ? 0.8 : 1)) -gt 0.01
        }
        @($off).Count | Should -BeGreaterThan 20
    }

    It 'draws on from a generator' {
        $random = New-GradRandom NumPy 5
        $first = New-GradDataset Moons 10 -Seed $random
        $second = New-GradDataset Moons 10 -Seed $random
        $first.X1 | Should -BeExactly (New-GradDataset Moons 10 -Seed 5).X1
        $second.X1 | Should -Not -BeExactly $first.X1
    }

    It 'makes rows that a model trains on' {
        $results = New-GradDataset Moons 20 -Seed 1 | Start-MlpTraining (New-Mlp 2 4, 1) -Target Label -Loss Hinge -Epoch 2 -LearningRate 0.01
        $results.Count | Should -Be 2
    }

    It 'refuses the count <_>' -ForEach 0, -4 {
        { New-GradDataset Moons $_ } |
            Should -Throw -ErrorId 'InvalidCount,MicroGrad.PowerShell.Commands.NewGradDatasetCommand' -ExpectedMessage "*$_*at least 1*"
    }

    It 'refuses the noise <_>' -ForEach -0.5, NaN, Infinity {
        { New-GradDataset Moons -Noise $_ } |
            Should -Throw -ErrorId 'InvalidNoise,MicroGrad.PowerShell.Commands.NewGradDatasetCommand' -ExpectedMessage "*$_*standard deviation*0.1*"
    }

    It 'refuses what a kind has no use for: <Kind> <Name>' -ForEach @(
        @{ Kind = 'Lecture'; Name = 'Count'; Value = 5 }
        @{ Kind = 'Lecture'; Name = 'Noise'; Value = 0.1 }
        @{ Kind = 'YinYang'; Name = 'Noise'; Value = 0.1 }
    ) {
        $given = @{ $Name = $Value }
        { New-GradDataset $Kind @given } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.NewGradDatasetCommand' -ExpectedMessage '*leave*out*'
    }

    It 'refuses the seed <Seed> for <Kind>' -ForEach @(
        @{ Kind = 'Moons'; Seed = -1 }
        @{ Kind = 'Moons'; Seed = 1.5 }
        @{ Kind = 'YinYang'; Seed = 0 }
    ) {
        { New-GradDataset $Kind -Seed $Seed } |
            Should -Throw -ErrorId 'InvalidSeed,MicroGrad.PowerShell.Commands.NewGradDatasetCommand' -ExpectedMessage "*$Seed; give *"
    }
}
