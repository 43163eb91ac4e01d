BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:reference = Get-Content -Raw "$PSScriptRoot/../reference/generators.json" | ConvertFrom-Json -AsHashtable
    $script:yinyang = Get-Content -Raw "$PSScriptRoot/../reference/yinyang.json" | ConvertFrom-Json -AsHashtable
}

Describe 'New-GradRandom' {
    It 'draws what Python draws from the seed <Seed>' -ForEach @(
        @{ Seed = 1337; Name = 'python_random_seed_1337' }
        @{ Seed = 0; Name = 'python_random_seed_0' }
        @{ Seed = 1099511627781; Name = 'python_random_seed_1099511627781' }
        @{ Seed = '1337'; Name = 'python_random_seed_1337' }
    ) {
        $random = New-GradRandom Python -Seed $Seed
        foreach ($expected in $reference[$Name]) {
            $random.NextDouble() | Should -BeExactly $expected
        }
    }

    It 'draws what Python draws evenly from a range' {
        $random = New-GradRandom Python 1337
        foreach ($expected in $reference.python_random_seed_1337) {
            $random.NextDouble() | Should -BeExactly $expected
        }
        foreach ($expected in $reference.then_uniform_minus1_1) {
            $random.Uniform(-1, 1) | Should -BeExactly $expected
        }
    }

    It 'draws what NumPy draws' {
        $random = New-GradRandom -Kind NumPy -Seed 1337
        foreach ($expected in $reference.numpy_rand_seed_1337) {
            $random.NextDouble() | Should -BeExactly $expected
        }
        $random = New-GradRandom NumPy 1337
        foreach ($expected in $reference.numpy_randn_seed_1337) {
            [math]::Abs($random.NextNormal() - $expected) | Should -BeLessThan 1e-14
        }
        (New-GradRandom NumPy 1337).Permutation(10) | Should -BeExactly $reference.numpy_permutation10_seed_1337
    }

    It 'draws what EurekaLabs'' micrograd draws' {
        $random = New-GradRandom EurekaLabs 42
        foreach ($expected in $yinyang.generator_first_draws) {
            $random.NextDouble() | Should -BeExactly $expected
        }
    }

    It 'makes one generator that cmdlets draw on from' {
        $random = New-GradRandom Python 3
        $first, $second = (New-Mlp 2 2 -Seed $random), (New-Mlp 2 2 -Seed $random)
        $first.Parameters[0].Data | Should -BeExactly (New-Mlp 2 2 -Seed 3).Parameters[0].Data
        $second.Parameters[0].Data | Should -Not -BeExactly $first.Parameters[0].Data
    }

    It 'refuses the seed <Seed> for <Kind>' -ForEach @(
        @{ Kind = 'Python'; Seed = -1 }
        @{ Kind = 'Python'; Seed = 1.5 }
        @{ Kind = 'Python'; Seed = 'abc' }
        @{ Kind = 'NumPy'; Seed = [bigint]::Pow(2, 32) }
        @{ Kind = 'EurekaLabs'; Seed = 0 }
    ) {
        { New-GradRandom $Kind $Seed } |
            Should -Throw -ErrorId 'InvalidSeed,MicroGrad.PowerShell.Commands.NewGradRandomCommand' -ExpectedMessage "*$Seed; give *"
    }

    It 'refuses a kind that there is not, and lists those that there are' {
        { New-GradRandom Dice } |
            Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MicroGrad.PowerShell.Commands.NewGradRandomCommand' -ExpectedMessage '*Dice*NumPy*'
    }
}
