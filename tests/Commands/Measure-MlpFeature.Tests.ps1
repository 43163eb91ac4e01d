BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # y depends on A much, on Kind some, on B not at all.
    $script:rows = 0..199 | ForEach-Object {
        $a, $b = (($_ * 37 % 100) / 50 - 1), (($_ * 61 % 100) / 50 - 1)
        [pscustomobject]@{ A = $a; B = $b; Kind = ('x', 'y', 'z')[$_ % 3]; Y = 3 * $a + ($_ % 3) }
    }
    $script:model = New-Mlp 5 8, 1 -Seed 1
    $null = $rows | Start-MlpTraining $model -Target Y -Categorical Kind -Epoch 60
}

Describe 'Measure-MlpFeature' {
    It 'tells for each column how much the loss rises without it' {
        $worth = $rows | Measure-MlpFeature $model
        $worth | Should -BeOfType MicroGrad.FeatureImportance
        $worth.Feature | Should -Be A, B, Kind
        ($worth | Sort-Object Importance -Descending).Feature | Should -Be A, Kind, B
        $worth[0].ScoreDrop | Should -BeGreaterThan $worth[1].ScoreDrop
        [math]::Abs($worth[1].Importance) | Should -BeLessThan 0.1
    }

    It 'gives the same for the same seed, and nearly the same for another' {
        $first = $rows | Measure-MlpFeature $model -Repeat 3 -Seed 4
        ($rows | Measure-MlpFeature $model -Repeat 3 -Seed 4).Importance | Should -Be $first.Importance
        $other = $rows | Measure-MlpFeature $model -Repeat 3 -Seed 5
        $other[0].Importance | Should -Not -Be $first[0].Importance
        [math]::Abs($other[0].Importance / $first[0].Importance - 1) | Should -BeLessThan 0.3
    }

    It 'has no deviation where a column is shuffled once' {
        ($rows | Measure-MlpFeature $model -Repeat 1).Deviation | Should -Be 0, 0, 0
    }

    It 'takes rows as an argument, and weights' {
        (Measure-MlpFeature $model -InputObject $rows).Count | Should -Be 3
        $weighted = $rows | Select-Object *, @{ n = 'W'; e = { $_.Kind -eq 'x' ? 1 : 0 } }
        $worth = $weighted | Measure-MlpFeature $model -WeightColumn W
        $worth.Feature | Should -Be A, B, Kind
        $worth[0].Importance | Should -Not -Be ($rows | Measure-MlpFeature $model)[0].Importance
    }

    It 'leaves the model as it is' {
        $before = $model.Parameters.Data
        $null = $rows | Measure-MlpFeature $model
        $model.Parameters.Data | Should -Be $before
    }

    It 'refuses no rows and no repeats' {
        { @() | Measure-MlpFeature $model } | Should -Throw -ErrorId 'EmptyData,*'
        { $rows | Measure-MlpFeature $model -Repeat 0 } | Should -Throw -ErrorId 'InvalidRepeat,*'
        { $rows | Measure-MlpFeature $model -Repeat ([int]::MaxValue) } | Should -Throw -ErrorId 'InvalidRepeat,*'
    }
}
