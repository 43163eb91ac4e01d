BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../ReferenceFigures.ps1"

    function Get-Text($Row) {
        $Row | ConvertTo-Json -Compress -AsArray
    }

    function Get-Radius($Row) {
        $Row | ForEach-Object { [math]::Sqrt($_.X1 * $_.X1 + $_.X2 * $_.X2) }
    }
}

Describe 'New-GradDataset <Kind>' -ForEach @(
    @{ Kind = 'Moons'; Columns = 'X1', 'X2', 'Label'; Labels = -1, 1; Default = 100 }
    @{ Kind = 'Circles'; Columns = 'X1', 'X2', 'Label'; Labels = -1, 1; Default = 100 }
    @{ Kind = 'Blobs'; Columns = 'X1', 'X2', 'Label'; Labels = 0, 1, 2; Default = 100 }
    @{ Kind = 'Spiral'; Columns = 'X1', 'X2', 'Label'; Labels = 0, 1, 2; Default = 100 }
    @{ Kind = 'Xor'; Columns = 'X1', 'X2', 'Label'; Labels = 0, 1; Default = 4 }
    @{ Kind = 'YinYang'; Columns = 'X1', 'X2', 'Label', 'Set'; Labels = 0, 1, 2; Default = 100 }
    @{ Kind = 'Lecture'; Columns = 'X1', 'X2', 'X3', 'Label'; Labels = -1, 1; Default = 4 }
) {
    It 'gives <Default> rows unless told otherwise' {
        New-GradDataset $Kind | Should -HaveCount $Default
    }

    It 'gives rows with the columns <Columns>' {
        $shapes = New-GradDataset $Kind | ForEach-Object { $_.PSObject.Properties.Name -join ' ' } | Select-Object -Unique
        $shapes | Should -BeExactly ($Columns -join ' ')
    }

    It 'gives coordinates as finite doubles and labels as whole numbers' {
        $rows = New-GradDataset $Kind
        $rows.X1 + $rows.X2 | Where-Object { $_ -isnot [double] -or -not [double]::IsFinite($_) } | Should -BeNullOrEmpty
        $rows.Label | Where-Object { $_ -isnot [int] } | Should -BeNullOrEmpty
    }

    It 'labels the classes <Labels>' {
        (New-GradDataset $Kind).Label | Sort-Object -Unique | Should -Be $Labels
    }

    It 'gives the same rows for the same seed, and without a seed those of seed 1' {
        Get-Text (New-GradDataset $Kind -Seed 7) | Should -BeExactly (Get-Text (New-GradDataset $Kind -Seed 7))
        Get-Text (New-GradDataset $Kind) | Should -BeExactly (Get-Text (New-GradDataset $Kind -Seed 1))
    }

    It 'refuses the seed <_> with InvalidSeed' -ForEach -1, 1.5, '1.5', 'seven', '', $null, ([double]::NaN) {
        { New-GradDataset $Kind -Seed $_ } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
    }

    It 'refuses a count of <_> with InvalidCount' -ForEach 0, -1 {
        { New-GradDataset $Kind -Count $_ } | Should -Throw -ErrorId 'InvalidCount,MicroGrad.*'
    }

    It 'refuses a noise of <_> with InvalidNoise' -ForEach -0.1, ([double]::NaN), ([double]::PositiveInfinity) {
        { New-GradDataset $Kind -Noise $_ } | Should -Throw -ErrorId 'InvalidNoise,MicroGrad.*'
    }
}

Describe 'New-GradDataset, kinds that draw their points' -ForEach @(
    @{ Kind = 'Moons' }, @{ Kind = 'Circles' }, @{ Kind = 'Blobs' }, @{ Kind = 'Spiral' }, @{ Kind = 'YinYang' }
) {
    It 'gives as many rows of <Kind> as asked: <_>' -ForEach 1, 2, 7, 50 {
        New-GradDataset $Kind $_ | Should -HaveCount $_
    }

    It 'gives other rows of <Kind> for another seed' {
        Get-Text (New-GradDataset $Kind -Seed 2) | Should -Not -BeExactly (Get-Text (New-GradDataset $Kind -Seed 1))
    }

    It 'takes text for a seed of <Kind>, and whole numbers of any type' {
        $expected = Get-Text (New-GradDataset $Kind 9 -Seed 1337)
        foreach ($seed in '1337', 1337.0, 1337L, [bigint]1337, 1337d) {
            Get-Text (New-GradDataset $Kind 9 -Seed $seed) | Should -BeExactly $expected
        }
    }

    It 'draws on from a generator: the next rows of <Kind> are other rows' {
        $random = New-GradRandom EurekaLabs -Seed 42
        $first = Get-Text (New-GradDataset $Kind 9 -Seed $random)
        Get-Text (New-GradDataset $Kind 9 -Seed $random) | Should -Not -BeExactly $first
        Get-Text (New-GradDataset $Kind 9 -Seed (New-GradRandom EurekaLabs -Seed 42)) | Should -BeExactly $first
    }
}

Describe 'New-GradDataset, what scikit-learn makes' {
    It 'makes the points and labels of <Name>' -ForEach @(
        @{ Name = 'circles'; Options = @{ Kind = 'Circles'; Count = 20; Noise = 0.05; Seed = 1337 } }
        @{ Name = 'blobs'; Options = @{ Kind = 'Blobs'; Count = 20; Seed = 1337 } }
        @{ Name = 'moons'; Options = @{ Kind = 'Moons'; Count = 100; Noise = 0.1; Seed = 1337 } }
    ) {
        $reference = Get-Reference $Name
        $rows = New-GradDataset @Options
        $points = foreach ($row in $rows) { $row.X1, $row.X2 }
        $expected = foreach ($point in $reference.X) { $point }
        Get-LargestError $points $expected | Should -BeLessOrEqual 1e-12
        $rows.Label | Should -Be $reference.y
    }
}

Describe 'New-GradDataset, shapes and noise' {
    It 'puts moons on two half circles where there is no noise' {
        $distances = foreach ($row in New-GradDataset Moons 40 -Noise 0) {
            # The second moon is the first one upside down and moved.
            $x, $y = $row.Label -eq -1 ? ($row.X1, $row.X2) : ((1 - $row.X1), (0.5 - $row.X2))
            $y -ge -1e-12 ? [math]::Sqrt($x * $x + $y * $y) : 0
        }
        Get-LargestError $distances (@(1) * 40) | Should -BeLessOrEqual 1e-12
    }

    It 'puts circles at radius 1 and 0.8 where there is no noise' {
        $rows = New-GradDataset Circles 40 -Noise 0
        $radii = $rows | ForEach-Object { $_.Label -eq -1 ? 1 : 0.8 }
        Get-LargestError (Get-Radius $rows) $radii | Should -BeLessOrEqual 1e-12
    }

    It 'puts blobs without noise at three centres' {
        New-GradDataset Blobs 30 -Noise 0 | Group-Object X1, X2, Label | Should -HaveCount 3
    }

    It 'winds spiral arms within the unit circle where there is no noise' {
        Get-Radius (New-GradDataset Spiral 30 -Noise 0) | Where-Object { $_ -gt 1 + 1e-12 } | Should -BeNullOrEmpty
    }

    It 'shares an odd count among the classes of <Kind>: <Expected>' -ForEach @(
        @{ Kind = 'Moons'; Count = 7; Expected = 3, 4 }
        @{ Kind = 'Circles'; Count = 7; Expected = 3, 4 }
        @{ Kind = 'Blobs'; Count = 8; Expected = 3, 3, 2 }
        @{ Kind = 'Spiral'; Count = 8; Expected = 3, 3, 2 }
        @{ Kind = 'YinYang'; Count = 8; Expected = 3, 3, 2 }
    ) {
        $groups = New-GradDataset $Kind $Count | Group-Object Label | Sort-Object { $_.Group[0].Label }
        $groups | ForEach-Object Count | Should -Be $Expected
    }

    It 'adds noise to <_>' -ForEach 'Moons', 'Circles', 'Spiral', 'Blobs', 'Xor' {
        $calm = New-GradDataset $_ -Noise 0 -Seed 5
        $noisy = New-GradDataset $_ -Noise 0.2 -Seed 5
        Get-Text $noisy | Should -Not -BeExactly (Get-Text $calm)
    }

    It 'gives the truth table of exclusive or, and repeats it for a larger count' {
        $rows = New-GradDataset Xor 6
        $rows.X1 | Should -Be 0, 0, 1, 1, 0, 0
        $rows.X2 | Should -Be 0, 1, 0, 1, 0, 1
        $rows.Label | Should -Be 0, 1, 1, 0, 0, 1
    }

    It 'gives the four samples of the lecture' {
        $rows = New-GradDataset Lecture
        $rows.X1 | Should -Be 2, 3, 0.5, 1
        $rows.X2 | Should -Be 3, -1, 1, 1
        $rows.X3 | Should -Be -1, 0.5, 1, -1
        $rows.Label | Should -Be 1, -1, -1, 1
    }

    It 'divides yin and yang into training, validation and test rows: 80%, 10% and 10%' {
        $groups = New-GradDataset YinYang 50 | Group-Object Set -NoElement
        $groups.Name | Sort-Object | Should -Be 'Test', 'Train', 'Validation'
        $groups | Sort-Object Name | ForEach-Object Count | Should -Be 5, 40, 5
    }

    It 'keeps yin and yang within the sign, a circle of radius 2' {
        Get-Radius (New-GradDataset YinYang 60) | Where-Object { $_ -gt 2 } | Should -BeNullOrEmpty
    }
}

Describe 'New-GradDataset, options that do not apply' {
    It 'refuses <Why> with UnusedOption' -ForEach @(
        @{ Why = 'a count of 5 for the lecture''s four rows'; Options = @{ Kind = 'Lecture'; Count = 5 } }
        @{ Why = 'noise for the lecture''s fixed rows'; Options = @{ Kind = 'Lecture'; Noise = 0.1 } }
        @{ Why = 'noise for yin and yang'; Options = @{ Kind = 'YinYang'; Noise = 0.1 } }
    ) {
        { New-GradDataset @Options } | Should -Throw -ErrorId 'UnusedOption,MicroGrad.*'
    }

    It 'takes the count of 4 and the noise of 0 that the lecture''s rows have' {
        New-GradDataset Lecture 4 -Noise 0 | Should -HaveCount 4
    }

    It 'refuses a seed beyond what NumPy takes, and 0 where EurekaLabs'' generator draws' {
        { New-GradDataset Moons -Seed 4294967296 } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
        { New-GradDataset YinYang -Seed 0 } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
    }

    It 'refuses an unknown kind, and names those that there are' {
        $refused = { New-GradDataset Rings } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MicroGrad.*' -PassThru
        $refused.Exception.Message | Should -BeLike '*Moons, Circles, Blobs, Spiral, Xor, YinYang, Lecture*'
    }
}
