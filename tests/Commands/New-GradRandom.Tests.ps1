BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
}

Describe 'New-GradRandom <Kind>' -ForEach @{ Kind = 'Python' }, @{ Kind = 'NumPy' }, @{ Kind = 'EurekaLabs' } {
    It 'gives one generator' {
        New-GradRandom $Kind | Should -HaveCount 1
        (New-GradRandom $Kind) -is [MicroGrad.IRandomSource] | Should -BeTrue
    }

    It 'draws numbers from 0 up to 1' {
        $random = New-GradRandom $Kind -Seed 3
        $draws = foreach ($i in 1..200) { $random.NextDouble() }
        $draws | Where-Object { $_ -lt 0 -or $_ -ge 1 } | Should -BeNullOrEmpty
        $draws | Select-Object -Unique | Should -HaveCount 200
    }

    It 'draws every index below the bound, and none beside' {
        $random = New-GradRandom $Kind -Seed 3
        $draws = foreach ($i in 1..200) { $random.NextIndex(5) }
        $draws | Sort-Object -Unique | Should -Be 0, 1, 2, 3, 4
    }

    It 'repeats its draws for the same seed, and has others for another' {
        $one, $same, $other = 7, 7, 8 | ForEach-Object { (New-GradRandom $Kind -Seed $_).NextDouble() }
        $same | Should -BeExactly $one
        $other | Should -Not -BeExactly $one
    }

    It 'starts from seed 1 where none is given' {
        (New-GradRandom $Kind).NextDouble() | Should -BeExactly (New-GradRandom $Kind 1).NextDouble()
    }

    It 'takes text for a seed, and whole numbers of any type' {
        foreach ($seed in '1337', 1337.0, 1337L, [bigint]1337, 1337d) {
            (New-GradRandom $Kind $seed).NextDouble() | Should -BeExactly (New-GradRandom $Kind 1337).NextDouble()
        }
    }

    It 'refuses the seed <_> with InvalidSeed' -ForEach -1, -0.5, 1.5, '1.5', 'seven', '', $null, ([double]::PositiveInfinity) {
        { New-GradRandom $Kind -Seed $_ } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
    }
}

Describe 'New-GradRandom, what each source does besides' {
    It 'takes a seed of any size for Python: 2 to the power of 100' {
        (New-GradRandom Python ([bigint]::Pow(2, 100))).NextDouble() | Should -BeExactly 0.7586581712996778
    }

    It 'shuffles as Python does: random.seed(5), then shuffle of 1 to 5' {
        (New-GradRandom Python 5).Shuffle(1..5) | Should -Be 1, 2, 4, 3, 5
    }

    It 'draws normal numbers as Python''s gauss does after random.seed(1337)' {
        $random = New-GradRandom Python 1337
        foreach ($expected in -0.9117532932976627, -0.8322834003509737, -0.8833109857747158) {
            [math]::Abs($random.Gauss() - $expected) | Should -BeLessThan 1e-12
        }
    }

    It 'takes the largest seed of NumPy, and no larger one' {
        (New-GradRandom NumPy 4294967295).NextDouble() | Should -BeExactly 0.0976320289940138
        { New-GradRandom NumPy 4294967296 } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
    }

    It 'takes seeds from 1 for EurekaLabs'' generator, which would stay at 0' {
        { New-GradRandom EurekaLabs 0 } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
        { New-GradRandom EurekaLabs ([bigint]::Pow(2, 64)) } | Should -Throw -ErrorId 'InvalidSeed,MicroGrad.*'
    }

    It 'feeds a data set and then a network from one stream of draws' {
        $random = New-GradRandom EurekaLabs 42
        $null = New-GradDataset YinYang 100 -Seed $random
        (New-Mlp 2 8, 3 -Initialization EurekaLabs -Seed $random).Parameters[0].Data | Should -BeExactly 0.5227403657037659
    }

    It 'refuses an unknown generator, and names those that there are' {
        $refused = { New-GradRandom Ruby } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MicroGrad.*' -PassThru
        $refused.Exception.Message | Should -BeLike '*Python, NumPy, EurekaLabs*'
    }
}
