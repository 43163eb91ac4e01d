BeforeDiscovery {
    $script:screens = 'leaves', 'a long label', 'nodes', 'nodes of a network', 'steps', 'steps of a network', 'checks', 'an untrained model',
    'a trained model', 'a wide model', 'layers', 'neurons', 'epochs of classes', 'epochs of numbers', 'a measurement of classes',
    'a measurement of numbers', 'a measurement of labels', 'figures by label', 'a model of labels', 'folds of labels', 'a confusion matrix', 'a confusion in rows', 'figures by class', 'a function', 'a function of a list', 'values with gradients',
    'a way to a minimum', 'columns', 'what a model predicts', 'how a model was trained',
    'an optimizer', 'a matrix', 'columns that are predicted', 'averages over classes', 'what columns are worth', 'a sweep of rates', 'folds', 'trials of settings', 'generators', 'figures of quantiles', 'a measurement of quantiles', 'an explained answer'
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $a, $b, $c = New-GradValue 2, -0.0012345678901, 1234567.891 -Label a, b, c
    $root = ($a * $b + $c).Tanh()
    $root.Label = 'root'
    $root | Invoke-Backward
    $model = New-Mlp 4 16, 3 -Seed 1
    $epochs = $flowers | Start-MlpTraining $model -Feature Sepal*, Petal* -Target Class -Epoch 3 -LearningRate 0.01
    $line = foreach ($x in 1..5) { [pscustomobject]@{ X = $x; Y = 2.5 * $x } }
    $slope = New-Mlp 1 1 -Seed 1
    $slopeEpochs = $line | Start-MlpTraining $slope -Target Y -Epoch 3 -LearningRate 0.01
    $output = Invoke-Mlp (New-Mlp 2 2, 1 -Seed 1) (1, -2) -AsGradValue
    $measured = $flowers | Measure-Mlp $model

    $labelled = foreach ($i in 1..20) { [pscustomobject]@{ X = $i; Big = $i -gt 10; Odd = $i % 2 } }
    $several = $labelled | New-Mlp -Target Big, Odd
    $null = $labelled | Start-MlpTraining $several -Epoch 2

    $between = $line | New-Mlp -Target Y -Quantile 0.1, 0.9
    $null = $line | Start-MlpTraining $between -Epoch 2

    $fresh = New-Mlp 4 8, 3 -Seed 1
    $script:objects = @{
        'columns that are predicted' = $slope.Schema.Targets
        'averages over classes'    = $measured.Macro
        'what columns are worth'   = $flowers | Measure-MlpFeature $model -Repeat 2
        'a sweep of rates'         = $flowers | Find-MlpLearningRate $fresh -Target Class -Step 20
        'figures of quantiles'     = ($line | Measure-Mlp $between).ByQuantile
        'a measurement of quantiles' = $line | Measure-Mlp $between
        'trials of settings'       = Find-MlpSetting { New-Mlp 4 $_.Size, 3 } $flowers -Target Class -Fold 2 -Trial 4 -Training @{ Epoch = 1 } -Setting @{
            Size = 4, 8; LearningRate = @{ From = 0.001; To = 0.1 }; Momentum = 0.9; Optimizer = 'Sgd'
        }
        'an explained answer'      = $line[0] | Invoke-Mlp $slope -Explain -Baseline @{ X = 3 }
        'folds'                    = $line * 4 | Measure-Mlp { New-Mlp 1 1 -Seed 1 } -Fold 2 -Target Y -Training @{ Epoch = 1 }
        'generators'               = (New-GradRandom Python 7), (New-GradRandom NumPy 42), (New-GradRandom EurekaLabs ([uint64]::MaxValue))
        'leaves'                   = $a, $root, (New-GradValue 1e-300)
        'a long label'             = New-GradValue ([math]::PI) -Label pi_to_the_digits
        'nodes'                    = $root | Get-GradNode
        'nodes of a network'       = $output | Get-GradNode
        'steps'                    = $root | Invoke-Backward -Trace
        'steps of a network'       = $output | Invoke-Backward -Trace
        'checks'                   = $a * $b * $c | Test-Gradient
        'columns'                  = $model.Schema.Features
        'what a model predicts'    = $model.Schema
        'how a model was trained'  = $model.Training
        'an untrained model'       = New-Mlp 3 4, 4, 1
        'a trained model'          = $model
        'a wide model'             = New-Mlp 784 128, 64, 10 Relu -NoBias
        'layers'                   = $model.Layers
        'neurons'                  = $model.Layers[1].Neurons
        'epochs of classes'        = $epochs
        'epochs of numbers'        = $slopeEpochs
        'a measurement of classes' = $measured
        'a measurement of numbers' = $line | Measure-Mlp $slope
        'a measurement of labels'  = $labelled | Measure-Mlp $several
        'figures by label'         = ($labelled | Measure-Mlp $several).ByLabel
        'a model of labels'        = $several.Schema
        'folds of labels'          = $labelled | Measure-Mlp { $_ | New-Mlp -Target Big, Odd } -Fold 2 -Target Big, Odd -Training @{ Epoch = 1 }
        'a confusion matrix'       = $measured.ConfusionMatrix
        'a confusion in rows'      = $measured.Confusion
        'figures by class'         = $measured.ByClass
        'a matrix'                 = (New-GradMatrix 2 3 -Deviation 1e-300 -Label W), (New-GradMatrix 27 16)
        'an optimizer'             = $model | New-GradOptimizer AdamW
        'a function'               = New-GradFunction { param($x, $y) $x.Sin() * $y }
        'a function of a list'     = New-GradFunction { param([object[]] $x) [MicroGrad.GradValue]::Sum($x) }
        'values with gradients'    = (1, 2.123456789), (-1e-300, 4) | Invoke-GradFunction { param($x, $y) $x.Sin() * $y } -Gradient
        'a way to a minimum'       = Find-GradMinimum { param([object[]] $x) [MicroGrad.GradValue]::Dot($x, $x) } (1..30) -Method Adam -MaximumIteration 5
    }

    # The lines of a screen, without colours and spaces at the end.
    function Get-ScreenLine($Name, $Width) {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            ($objects[$Name] | Out-String -Width $Width) -split '\r?\n' | ForEach-Object TrimEnd
        } finally {
            $PSStyle.OutputRendering = $rendering
        }
    }
}

Describe 'Views' {
    It 'are shown here, each of them' {
        $shown = $objects.Values | ForEach-Object { $_ } | ForEach-Object { $_.psobject.TypeNames[0] } | Sort-Object -Unique
        $format = [xml] (Get-Content -Raw (Join-Path (Get-Module MicroGrad).ModuleBase 'MicroGrad.Format.ps1xml'))
        $format.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName | Sort-Object -Unique | Should -BeExactly $shown
    }

    It 'fit 80 columns with nothing cut off: <_>' -ForEach $screens {
        $narrow = Get-ScreenLine $_ 80
        $narrow.Count | Should -BeGreaterThan 1
        foreach ($one in $narrow) {
            $one.Length | Should -BeLessOrEqual 80
            $one | Should -Not -Match '\u2026$|\.\.\.$'
        }
        $narrow | Should -BeExactly (Get-ScreenLine $_ 200)
    }

    It 'are the same under a comma culture: <_>' -ForEach $screens {
        $expected = Get-ScreenLine $_ 80
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            (1.5).ToString() | Should -BeExactly '1,5'
            Get-ScreenLine $_ 80 | Should -BeExactly $expected
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'show a value as a list alike under a comma culture, and no more of it among other objects' {
        $value = New-GradValue 1234.5 -Label a
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            ($value | Format-List | Out-String) -replace '\e\[[\d;]*m' | Should -Match 'Data +: 1234\.5'
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        (New-Mlp 1 1), $value | Out-String | Should -Not -Match 'GradGraph'
    }

    It 'show label, data, gradient and operation of a value' {
        $text = (Get-ScreenLine 'leaves' 80) -join "`n"
        $text | Should -Match 'Label +Data +Grad +Op'
        $text | Should -Match '(?m)^a +2 '
        $text | Should -Match '(?m)^root .*tanh'
        $text | Should -Match '1E-300'
    }

    It 'show the sizes, the features and the classes of a trained model' {
        $text = (Get-ScreenLine 'a trained model' 80) -join "`n"
        $text | Should -Match '4-16-3'
        $text | Should -Match 'SepalLength, SepalWidth, PetalLength, PetalWidth'
        $text | Should -Match 'setosa, versicolor, virginica'
        (Get-ScreenLine 'an untrained model' 80) -join "`n" | Should -Not -Match 'Classes|Features'
    }

    It 'show each class of a confusion matrix in its row and its column' {
        $lines = Get-ScreenLine 'a confusion matrix' 80 | Where-Object { $_ }
        ($lines | Where-Object { $_ -match '^(setosa|versicolor|virginica) +\|( +\d+){3}$' }).Count | Should -Be 3
        $total = $lines | Select-String '\d+' -AllMatches | ForEach-Object { $_.Matches.Value } | Measure-Object -Sum
        $total.Sum | Should -Be 150
    }

    It 'show the steps of the chain rule with the names of their nodes' {
        (Get-ScreenLine 'steps' 80) -join "`n" | Should -Match 'Node +Op +Input +Upstream +Local +Contribution'
    }

    It 'show seven digits of a number' {
        (Get-ScreenLine 'a long label' 80) -join "`n" | Should -Match '3\.141593'
    }

    It 'leave the numbers of the objects as they are' {
        $objects['checks'][0].Analytic | Should -BeOfType double
        $objects['epochs of classes'][0].Loss | Should -BeOfType double
    }
}

Describe 'Lists in objects' {
    # PowerShell takes [0] of a list that it can't index for the whole list.
    It 'can be indexed: those of <_>' -ForEach 'a trained model', 'an untrained model', 'layers', 'neurons', 'a confusion matrix', 'nodes' {
        $found = 0
        $queue = [Collections.Generic.Queue[object]]::new(@($objects[$_])[-1..-1])
        while ($queue.Count -gt 0) {
            $object = $queue.Dequeue()
            foreach ($property in $object.psobject.Properties) {
                $value = $property.Value
                if ($value -is [MicroGrad.ModelSchema]) {
                    $queue.Enqueue($value)
                } elseif ($value -isnot [string] -and $value -is [Collections.IEnumerable] -and @($value).Count -gt 0) {
                    $found++
                    $all = @(foreach ($element in $value) { $element })
                    for ($i = 0; $i -lt $all.Count; $i++) {
                        [object]::Equals($value[$i], $all[$i]) | Should -BeTrue -Because "element $i of $($property.Name) can be read"
                    }
                }
            }
        }
        $found | Should -BeGreaterThan 0
    }
}

Describe 'The views of what a model has learnt' {
    BeforeAll {
        function Get-Shown {
            param([object] $Item)

            @((($Item | Out-String -Width 80) -split '\r?\n').TrimEnd() -ne '')
        }

        $script:taught = New-Mlp 3 2 -Seed 1
        $rows = @{ Size = 1; Kind = 'b'; Class = 'yes' }, @{ Size = 3; Kind = 'a'; Class = 'no' }
        $null = $rows | Start-MlpTraining $taught -Feature Size, Kind -Target Class -Categorical Kind -Standardize -Epoch 2
    }

    It 'show its columns' {
        Get-Shown $taught.Schema.Features | Should -BeExactly @(
            'Name                             Mean        Scale Categories'
            '----                             ----        ----- ----------'
            'Size                                2            1'
            'Kind                                               b, a'
        )
    }

    It 'show what it predicts' {
        Get-Shown $taught.Schema | Should -BeExactly @(
            'Features : Size, Kind'
            'Targets  : Class'
            'Classes  : yes, no'
            'Encoding : OneHot'
            'Loss     : CrossEntropy'
        )
    }

    It 'show how it was trained' {
        $shown = Get-Shown $taught.Training
        $shown -replace ' : .*' | ForEach-Object { $_.Trim() } | Should -BeExactly 'Epoch', 'Rows', 'Loss', 'Accuracy', 'Optimizer', 'Batch', 'Seed'
        $shown | Should -Contain 'Optimizer : Adam at 0.01'
        $shown | Should -Contain 'Batch     : 2 rows'
    }
}

Describe 'Numbers in tables' {
    It 'keep their sign and their first digits: <_>' -ForEach -1.234567e-10, -1.234567e-100, 1.110223e-16 {
        $shown = New-GradValue $_ -Label a | Get-GradNode | Out-String -Width 80
        $shown -match '(?m)^\s*0 a\s+(?<number>\S+)\s' | Should -BeTrue
        [Math]::Abs([double]::Parse($Matches['number'], [cultureinfo]::InvariantCulture) / $_ - 1) | Should -BeLessThan 1e-3
    }

    It 'fit their column: each is told its width' {
        $format = [xml] (Get-Content -Raw (Join-Path (Get-Module MicroGrad).ModuleBase 'MicroGrad.Format.ps1xml'))
        $wrong = foreach ($table in $format.SelectNodes('//TableControl')) {
            $widths = @($table.SelectNodes('TableHeaders/TableColumnHeader') | ForEach-Object { [int] "0$($_.SelectSingleNode('Width').InnerText)" })
            $scripts = @($table.SelectNodes('.//TableColumnItem') | ForEach-Object InnerText)
            foreach ($i in 0..($scripts.Count - 1)) {
                if ($scripts[$i] -match '::Number\(\$_[\w.]*(, (?<width>\d+))?\)' -and $widths[$i] -lt ($Matches['width'] ?? 14)) {
                    $scripts[$i]
                }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }
}
