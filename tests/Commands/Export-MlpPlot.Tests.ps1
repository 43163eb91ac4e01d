BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:moons = New-GradDataset Moons -Count 40 -Noise 0.1 -Seed 1
    $script:classifier = New-Mlp 2 8, 1 -Seed 1
    $script:epochs = $moons | Start-MlpTraining $classifier -Target Label -Loss Hinge -Epoch 5 -ValidationFraction 0.25

    $script:line = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Y = 2 * $x + 1 } }
    $script:regressor = New-Mlp 1 1 -Seed 1
    $null = $line | Start-MlpTraining $regressor -Target Y -Epoch 3

    $script:square = New-GradFunction { param($x) $x * $x }

    function Get-Svg($Text) {
        ([xml] $Text).DocumentElement
    }

    # All text of a drawing, a line each.
    function Get-SvgText($Text) {
        ([xml] $Text).GetElementsByTagName('text') | ForEach-Object InnerText
    }
}

Describe 'Export-MlpPlot of a training' {
    It 'gives SVG to the pipeline where no path is given' {
        $text = $epochs | Export-MlpPlot
        $text | Should -BeOfType string
        (Get-Svg $text).LocalName | Should -BeExactly 'svg'
        $text | Should -BeExactly ([MicroGrad.Rendering.Html.PlotRenderer]::Draw([MicroGrad.Rendering.Plots.LossPlot]::Of([MicroGrad.EpochResult[]] $epochs, 4, $null), [MicroGrad.Rendering.Plots.PlotOptions]::new()))
    }

    It 'draws the validation loss where there is one' {
        $bare = $moons | Start-MlpTraining (New-Mlp 2 8, 1) -Target Label -Epoch 2
        (Get-SvgText ($epochs | Export-MlpPlot)) -match 'valid' | Should -Not -BeNullOrEmpty
        (Get-SvgText ($bare | Export-MlpPlot)) -match 'valid' | Should -BeNullOrEmpty
    }

    It 'takes a logarithmic axis with -LogScale, and leaves it with -LogScale:$false' {
        $factors = 1..4 | ForEach-Object { $copy = $epochs[0] | Select-Object *; $copy.Epoch = $_; $copy.Loss = 1 / [math]::Pow(10, $_); $copy }
        (Get-SvgText ($factors | Export-MlpPlot)) -match 'log scale' | Should -Not -BeNullOrEmpty
        (Get-SvgText ($factors | Export-MlpPlot -LogScale:$false)) -match 'log scale' | Should -BeNullOrEmpty
        (Get-SvgText ($epochs | Export-MlpPlot -LogScale)) -match 'log scale' | Should -Not -BeNullOrEmpty
        $epochs | Show-MlpPlot -LogScale | Should -BeLike '*log scale*'
        { $moons | Export-MlpPlot -Model $classifier -LogScale } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*-LogScale*'
    }

    It 'refuses a logarithmic axis where no loss is above 0' {
        $none = $epochs[0] | Select-Object *
        $none.Loss = 0
        $none.ValidationLoss = $null
        { $none | Export-MlpPlot -LogScale } | Should -Throw -ErrorId 'NotPositive,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
    }

    It 'takes results by name, and of a job' {
        Export-MlpPlot -InputObject $epochs | Should -BeExactly ($epochs | Export-MlpPlot)
        Export-MlpPlot -Data $epochs | Should -BeExactly ($epochs | Export-MlpPlot)
        $results = $moons | Start-MlpTraining (New-Mlp 2 8, 1) -Target Label -Epoch 2 -AsJob | Wait-Job | Receive-Job
        $results | Export-MlpPlot | Should -BeLike '<svg*'
    }

    It 'takes results that were kept in a file: <_>' -ForEach 'csv', 'clixml' {
        $file = "$TestDrive/epochs.$_"
        $kept = if ($_ -eq 'csv') {
            $epochs | Export-Csv $file
            Import-Csv $file
        } else {
            $epochs | Export-Clixml $file
            Import-Clixml $file
        }
        $kept | Export-MlpPlot | Should -BeExactly ($epochs | Export-MlpPlot)
    }

    It 'reads numbers as a German session wrote them, there; elsewhere it refuses them' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $epochs | Export-Csv "$TestDrive/german.csv"
            Import-Csv "$TestDrive/german.csv" | Export-MlpPlot | Should -BeExactly ($epochs | Export-MlpPlot)
            Get-Content -Raw "$TestDrive/german.csv" | Should -Match '"\d+,\d+"'
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        { Import-Csv "$TestDrive/german.csv" | Export-MlpPlot } |
            Should -Throw -ErrorId 'InvalidHistory,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage "*'*,*' of Loss*"
    }

    It 'sorts results by their epochs, and refuses two trainings at once' {
        $epochs | Sort-Object Epoch -Descending | Export-MlpPlot | Should -BeExactly ($epochs | Export-MlpPlot)
        { @($epochs) + @($epochs) | Export-MlpPlot } |
            Should -Throw -ErrorId 'InvalidHistory,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*more than once*'
    }

    It 'says at the axis where losses are those of the scaled target' {
        $rows = 1..9 | ForEach-Object { [pscustomobject]@{ X = $_; Y = 100 * $_ } }
        $scaled = $rows | Start-MlpTraining (New-Mlp 1 1) -Target Y -Standardize -Epoch 3
        Get-SvgText ($scaled | Export-MlpPlot) | Should -Contain 'loss of the scaled target'
        ($scaled | Show-MlpPlot) -join "`n" | Should -BeLike '*scaled target*'
        $scaled | Export-Csv "$TestDrive/scaled.csv"
        Import-Csv "$TestDrive/scaled.csv" | Export-MlpPlot | Should -BeExactly ($scaled | Export-MlpPlot)
        (Get-SvgText ($epochs | Export-MlpPlot)) -match 'scaled' | Should -BeNullOrEmpty
    }

    It 'reports what is no result, and plots the rest' {
        $text = $epochs[0], 'text', $epochs[1] | Export-MlpPlot -ErrorVariable said -ErrorAction SilentlyContinue
        $text | Should -BeExactly ($epochs[0, 1] | Export-MlpPlot)
        $said.Count | Should -Be 1
        $said[0].FullyQualifiedErrorId | Should -BeExactly 'InvalidInputObject,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
        "$said" | Should -BeLike "*'text' (String)*Start-MlpTraining*-Model*"
    }

    It 'refuses a training without epochs' {
        { @() | Export-MlpPlot } | Should -Throw -ErrorId 'EmptyHistory,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
    }

    It 'refuses -<_>, which is about rows' -ForEach 'Feature', 'Target', 'Kind' {
        $given = @{ $_ = if ($_ -eq 'Kind') { 'Predictions' } else { 'X1' } }
        { $epochs | Export-MlpPlot @given } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage "*-$_*-Model*"
    }
}

Describe 'Export-MlpPlot of a model' {
    It 'draws what a classifier of two inputs decides, and its rows' {
        $text = $moons | Export-MlpPlot -Model $classifier
        ([xml] $text).SelectNodes('//*[@class="dot f0" or @class="dot f1"]').Count | Should -BeGreaterOrEqual 40
        Get-SvgText $text | Should -Contain 'X1'
        Export-MlpPlot -Model $classifier -Data $moons | Should -BeExactly $text
    }

    It 'draws a boundary between two numbers too, as the lecture trains them' {
        $model = New-Mlp 2 4, 1 -Seed 1
        $null = $moons | Start-MlpTraining $model -Target Label -Epoch 2
        $model.Schema.Encoding | Should -Be 'Numbers'
        $moons | Export-MlpPlot -Model $model | Should -BeExactly ($moons | Export-MlpPlot -Model $model -Kind DecisionBoundary)
        $moons | Export-MlpPlot -Model $model -Kind Predictions | Should -Not -BeExactly ($moons | Export-MlpPlot -Model $model)
    }

    It 'draws classes that are text, rows that are hashtables and gaps that training filled' {
        $rows = foreach ($i in 0..19) { @{ A = if ($i -eq 3) { '' } else { $i }; B = $i % 5; Kind = ('low', 'high')[$i -ge 10] } }
        $model = New-Mlp 2 4, 2 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature A, B -Target Kind -Epoch 2 -MissingValue Mean -Standardize
        $text = $rows | Export-MlpPlot -Model $model
        Get-SvgText $text | Should -Contain 'low'
        Get-SvgText $text | Should -Contain 'high'
        $text | Should -Not -BeLike '*NaN*'
    }

    It 'draws an untrained model, whose columns -Feature and -Target name' {
        $text = $moons | Export-MlpPlot -Model (New-Mlp 2 4, 1 -Seed 1) -Feature X1, X2 -Target Label
        ([xml] $text).SelectNodes('//*[@class="dot f0" or @class="dot f1"]').Count | Should -BeGreaterOrEqual 40
    }

    It 'draws predictions against targets of a regression' {
        $text = $line | Export-MlpPlot -Model $regressor
        $measured = $line | Invoke-Mlp $regressor
        $text | Should -BeExactly ([MicroGrad.Rendering.Html.PlotRenderer]::Draw([MicroGrad.Rendering.Plots.PredictionsPlot]::Of([double[]] $line.Y, [double[]] $measured.Prediction, 4), [MicroGrad.Rendering.Plots.PlotOptions]::new()))
    }

    It 'leaves the model as it is' {
        $before = $classifier.Parameters.Data
        $null = $moons | Export-MlpPlot -Model $classifier
        $classifier.Parameters.Data | Should -BeExactly $before
    }

    It 'refuses predictions of classes' {
        { $moons | Export-MlpPlot -Model $classifier -Kind Predictions } |
            Should -Throw -ErrorId 'NotNumeric,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*classes*Measure-Mlp*'
    }

    It 'refuses a boundary of a model that has not two inputs' {
        { $line | Export-MlpPlot -Model $regressor -Kind DecisionBoundary } |
            Should -Throw -ErrorId 'NotTwoInputs,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
        $rows = foreach ($i in 0..9) { [pscustomobject]@{ A = $i; B = $i; C = $i; Kind = ('a', 'b')[$i % 2] } }
        $model = New-Mlp 3 2
        $null = $rows | Start-MlpTraining $model -Target Kind -Epoch 1
        { $rows | Export-MlpPlot -Model $model -Kind DecisionBoundary } | Should -Throw -ErrorId 'NotTwoInputs,*' -ExpectedMessage '*A, B, C*'
        $rows | Export-MlpPlot -Model $model | Should -BeExactly ($rows | Export-MlpPlot -Model $model -Kind Confusion)
    }

    It 'refuses a boundary over the two categories of one column' {
        $rows = foreach ($i in 0..9) { [pscustomobject]@{ Shape = ('round', 'flat')[$i % 2]; Kind = ('a', 'b')[$i % 2] } }
        $model = New-Mlp 2 2
        $null = $rows | Start-MlpTraining $model -Target Kind -Categorical Shape -Epoch 1
        { $rows | Export-MlpPlot -Model $model -Kind DecisionBoundary } |
            Should -Throw -ErrorId 'NotTwoInputs,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*Shape*'
    }

    It 'refuses no rows, rows without the columns, and results of a training' {
        { @() | Export-MlpPlot -Model $classifier } | Should -Throw -ErrorId 'EmptyData,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
        { [pscustomobject]@{ A = 1 } | Export-MlpPlot -Model $classifier } |
            Should -Throw -ErrorId 'TargetNotFound,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
        { $epochs | Export-MlpPlot -Model $classifier } |
            Should -Throw -ErrorId 'InvalidInputObject,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*epoch*-Model*'
    }
}

Describe 'Export-MlpPlot -Kind' {
    BeforeAll {
        $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
        $script:iris = New-Mlp 4 8, 3 -Seed 1
        $null = $flowers | Start-MlpTraining $iris -Target Class -Standardize -Epoch 10 -Seed 1
        $script:houses = foreach ($i in 0..59) {
            [pscustomobject]@{ Area = 40 + $i; Kind = ('house', 'flat')[$i % 2]; Built = [datetime]::new(2000, 1, 1).AddDays(30 * $i); Price = 1000 * $i + 20000 * ($i % 2) }
        }
        $script:prices = $houses | New-Mlp -Target Price -Categorical Kind -Seed 1
        $null = $houses | Start-MlpTraining $prices -Target Price -Epoch 20
    }

    It 'draws <_> of a classifier' -ForEach 'Confusion', 'Roc', 'PrecisionRecall', 'Calibration', 'Importance', 'Weights', 'GradientFlow' {
        (Get-Svg ($flowers | Export-MlpPlot -Model $iris -Kind $_)).LocalName | Should -BeExactly 'svg'
        ($flowers | Show-MlpPlot -Model $iris -Kind $_ -Width 80) -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'draws <_> of a model of numbers' -ForEach 'Predictions', 'Residuals', 'Importance', 'Weights', 'GradientFlow' {
        (Get-Svg ($houses | Export-MlpPlot -Model $prices -Kind $_)).LocalName | Should -BeExactly 'svg'
        ($houses | Show-MlpPlot -Model $prices -Kind $_ -Width 80) -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
    }

    It 'draws every kind, each in its own way' {
        $models = @{ Model = $iris; Rows = $flowers; Feature = 'PetalLength', 'SepalWidth' }, @{ Model = $prices; Rows = $houses; Feature = 'Area', 'Kind' }
        $titles = foreach ($kind in [enum]::GetNames([MicroGrad.MlpPlotKind])) {
            $drawn = foreach ($case in $models) {
                # A kind shows all columns, one, or two.
                foreach ($feature in @{}, @{ Feature = $case.Feature[0] }, @{ Feature = $case.Feature }) {
                    try { Get-Svg ($case.Rows | Export-MlpPlot -Model $case.Model -Kind $kind @feature) } catch [MicroGrad.GradException] { $null = $_ }
                }
            }
            @($drawn).Count | Should -BeGreaterThan 0 -Because $kind
            @($drawn)[0].title
        }
        $titles | Sort-Object -Unique | Should -HaveCount $titles.Count
    }

    It 'has the figures of Measure-Mlp' {
        $measured = $flowers | Measure-Mlp $iris
        $texts = Get-SvgText ($flowers | Export-MlpPlot -Model $iris -Kind Roc)
        foreach ($class in $measured.ByClass) {
            $texts | Should -Contain "$($class.Class) (AUC $($class.AUC.ToString('F3', [cultureinfo]::InvariantCulture)))"
        }
        $texts = Get-SvgText ($flowers | Export-MlpPlot -Model $iris -Kind Calibration)
        foreach ($class in $measured.ByClass) {
            $texts | Should -Contain "$($class.Class) (Brier $($class.Brier.ToString('F3', [cultureinfo]::InvariantCulture)))"
        }
        $counts = Get-SvgText ($flowers | Export-MlpPlot -Model $iris -Kind Confusion)
        $counts | Should -Contain "$($measured.ConfusionMatrix.Count('setosa', 'setosa'))"
        $measured | Export-MlpPlot | Should -BeExactly ($flowers | Export-MlpPlot -Model $iris -Kind Confusion)
        $measured | Show-MlpPlot -Kind Confusion -Width 80 | Should -BeExactly ($flowers | Show-MlpPlot -Model $iris -Kind Confusion -Width 80)
    }

    It 'draws the importances of Measure-MlpFeature, and of a model and its rows' {
        $flowers | Measure-MlpFeature $iris | Export-MlpPlot | Should -BeExactly ($flowers | Export-MlpPlot -Model $iris -Kind Importance)
        $two = Get-SvgText ($flowers | Export-MlpPlot -Model $iris -Kind Importance -Feature Petal*)
        $two | Should -Contain 'PetalWidth'
        $two | Should -Not -Contain 'SepalWidth'
    }

    It 'draws a sweep over learning rates with the suggested one, on a logarithmic axis on request' {
        $sweep = $flowers | Find-MlpLearningRate (New-Mlp 4 8, 3 -Seed 1) -Target Class -Standardize
        (Get-SvgText ($sweep | Export-MlpPlot)) -match '^suggested ' | Should -Not -BeNullOrEmpty
        (Get-SvgText ($sweep | Export-MlpPlot -LogScale)) -match 'log scale' | Should -Not -BeNullOrEmpty
        $sweep | Show-MlpPlot -Width 80 | Should -BeLike '*suggested*learning rate*'
    }

    It 'draws the weights of a model that is piped in' {
        $iris | Export-MlpPlot | Should -BeExactly ($flowers | Export-MlpPlot -Model $iris -Kind Weights)
        $iris | Export-MlpPlot -Kind Weights | Should -BeExactly ($iris | Export-MlpPlot)
        $iris | Show-MlpPlot -Width 80 | Should -BeLike '*weight*'
    }

    It 'draws a partial dependence on <Column>' -ForEach @(
        @{ Column = 'Area'; Name = 'Area' }
        @{ Column = 'Kind'; Name = 'Kind' }
        @{ Column = 'Built'; Name = 'Built, days since 2000-01-01 00:00' }
    ) {
        $texts = Get-SvgText ($houses | Export-MlpPlot -Model $prices -Kind PartialDependence -Feature $Column)
        $texts | Should -Contain $Name
        $texts | Should -Contain 'mean Price'
    }

    It 'draws a boundary over two columns of a wider model, and says where the others are' {
        $texts = Get-SvgText ($flowers | Export-MlpPlot -Model $iris -Feature PetalLength, SepalWidth)
        $texts | Should -Contain 'PetalLength'
        $texts | Should -Contain 'at SepalLength 5.843, PetalWidth 1.199'
        $held = $flowers | Export-MlpPlot -Model $iris -Feature PetalLength, SepalWidth -At @{ PetalWidth = '0.2'; sepallength = 5 }
        Get-SvgText $held | Should -Contain 'at SepalLength 5, PetalWidth 0.2'
        $texts = Get-SvgText ($flowers | Export-MlpPlot -Model $iris -Feature SepalWidth, PetalLength)
        $texts | Should -Contain 'SepalWidth'
    }

    It 'decides over the plane as Invoke-Mlp does over rows with the other columns there' {
        $text = $flowers | Show-MlpPlot -Model $iris -Kind DecisionBoundary -Feature PetalLength, SepalWidth -At @{ PetalWidth = 0.2; SepalLength = 5 } -Width 80 -Color:$false
        $rows = $text -split "`n" | Where-Object { $_ -match '│' }
        $corner = @{ SepalLength = 5; PetalWidth = 0.2; PetalLength = 1 - 0.08 * 5.9; SepalWidth = 2 - 0.08 * 2.4 }
        $class = (($corner | Invoke-Mlp $iris).Prediction)
        $ground = @{ setosa = ' '; versicolor = '░'; virginica = '▒' }[$class]
        $rows[-1].Substring($rows[-1].IndexOf('│') + 1, 1) | Should -BeExactly $ground
    }

    It 'holds categories at the most frequent one and at that of -At, and refuses unknown ones' {
        $rows = foreach ($i in 0..29) { [pscustomobject]@{ A = $i % 7; B = $i % 5; Shape = ('round', 'flat', 'flat')[$i % 3]; Kind = ('low', 'high')[$i % 7 -gt 3] } }
        $model = $rows | New-Mlp -Target Kind -Categorical Shape -Seed 1
        $null = $rows | Start-MlpTraining $model -Target Kind -Epoch 3
        Get-SvgText ($rows | Export-MlpPlot -Model $model -Feature A, B) | Should -Contain 'at Shape flat'
        Get-SvgText ($rows | Export-MlpPlot -Model $model -Feature A, B -At @{ Shape = 'round' }) | Should -Contain 'at Shape round'
        { $rows | Export-MlpPlot -Model $model -Feature A, B -At @{ Shape = 'odd' } } | Should -Throw -ErrorId 'UnknownCategory,*'
        { $rows | Export-MlpPlot -Model $model -Feature A, Shape -Kind DecisionBoundary } | Should -Throw -ErrorId 'NotTwoInputs,*' -ExpectedMessage '*Shape*'
    }

    It 'refuses <Given>' -ForEach @(
        @{ Given = 'a ROC curve of numbers'; Id = 'NotClasses'; Command = { $houses | Export-MlpPlot -Model $prices -Kind Roc }; Said = '*Price*ROC*' }
        @{ Given = 'a confusion matrix of numbers'; Id = 'NotClasses'; Command = { $houses | Export-MlpPlot -Model $prices -Kind Confusion }; Said = '*Price*' }
        @{ Given = 'the confusion matrix of measured numbers'; Id = 'NotClasses'; Command = { $houses | Measure-Mlp $prices | Export-MlpPlot }; Said = '*confusion matrix*' }
        @{ Given = 'residuals of classes'; Id = 'NotNumeric'; Command = { $flowers | Export-MlpPlot -Model $iris -Kind Residuals }; Said = '*setosa*' }
        @{ Given = 'calibration without probabilities'; Id = 'NoProbabilities'; Command = { $moons | Export-MlpPlot -Model $classifier -Kind Calibration }; Said = '*cross entropy*' }
        @{ Given = 'a curve of rows of one class'; Id = 'TargetMismatch'; Command = { $flowers | Where-Object Class -EQ setosa | Export-MlpPlot -Model $iris -Kind Roc }; Said = '*one class*' }
        @{ Given = 'a dependence on no one column'; Id = 'NotOneColumn'; Command = { $flowers | Export-MlpPlot -Model $iris -Kind PartialDependence }; Said = '*4 (SepalLength*-Feature*' }
        @{ Given = 'a boundary over three columns'; Id = 'NotTwoInputs'; Command = { $flowers | Export-MlpPlot -Model $iris -Kind DecisionBoundary -Feature Petal*, SepalWidth }; Said = '*3 columns*' }
        @{ Given = 'a column that there is not'; Id = 'FeatureNotFound'; Command = { $flowers | Export-MlpPlot -Model $iris -Feature Petal*, Nothing }; Said = "*'Nothing'*" }
        @{ Given = 'two columns of a ROC curve'; Id = 'UnusedOption'; Command = { $flowers | Export-MlpPlot -Model $iris -Kind Roc -Feature Petal* }; Said = '*-Feature*Roc*' }
        @{ Given = '-At of a ROC curve'; Id = 'UnusedOption'; Command = { $flowers | Export-MlpPlot -Model $iris -Kind Roc -At @{ PetalWidth = 1 } }; Said = '*-At*' }
        @{ Given = '-At of a column that is shown'; Id = 'UnusedOption'; Command = { $flowers | Export-MlpPlot -Model $iris -Feature Petal* -At @{ PetalWidth = 1 } }; Said = "*'PetalWidth'*" }
        @{ Given = '-At of an unknown column'; Id = 'FeatureNotFound'; Command = { $flowers | Export-MlpPlot -Model $iris -Feature Petal* -At @{ Colour = 1 } }; Said = "*'Colour'*" }
        @{ Given = '-At of a model of two columns'; Id = 'UnusedOption'; Command = { $moons | Export-MlpPlot -Model $classifier -At @{ X1 = 1 } }; Said = '*-At*' }
        @{ Given = '-At without a model'; Id = 'UnusedOption'; Command = { $epochs | Export-MlpPlot -At @{ X1 = 1 } }; Said = '*-At*-Model*' }
        @{ Given = 'weights of a training'; Id = 'UnusedOption'; Command = { $epochs | Export-MlpPlot -Kind Weights }; Said = '*-Kind Weights*' }
        @{ Given = 'importances and a model'; Id = 'InvalidInputObject'; Command = { $iris, $epochs[0] | Export-MlpPlot }; Said = '*one by one*' }
        @{ Given = 'importances together with -Model'; Id = 'InvalidInputObject'; Command = { $flowers | Measure-MlpFeature $iris | Export-MlpPlot -Model $iris }; Said = '*importance*-Model*' }
        @{ Given = '-LogScale of a model'; Id = 'UnusedOption'; Command = { $iris | Export-MlpPlot -LogScale }; Said = '*-LogScale*' }
    ) {
        $Command | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand" -ExpectedMessage $Said
    }
}

Describe 'Export-MlpPlot of a function' {
    It 'draws the function with its derivative, from -From to -To' {
        $text = $square | Export-MlpPlot -From -2 -To 3
        Get-SvgText $text | Should -Contain "f'(x)"
        Get-SvgText $text | Should -Contain '3'
        Get-SvgText ($square | Export-MlpPlot) | Should -Not -Contain '3'
        Get-SvgText ($square | Export-MlpPlot) | Should -Contain '-4'
    }

    It 'refuses an empty range' {
        { $square | Export-MlpPlot -From 2 -To 2 } | Should -Throw -ErrorId 'InvalidRange,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
    }

    It 'refuses a range where there is no function' {
        { $epochs | Export-MlpPlot -From 2 } | Should -Throw -ErrorId 'UnusedOption,*' -ExpectedMessage '*-From*function*'
        { $epochs | Export-MlpPlot -To 2 } | Should -Throw -ErrorId 'UnusedOption,*' -ExpectedMessage '*-To*function*'
    }

    It 'refuses a function of several numbers' {
        $product = New-GradFunction { param($x, $y) $x * $y }
        { $product | Export-MlpPlot } |
            Should -Throw -ErrorId 'NotOneParameter,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*2 parameters (x, y)*'
    }

    It 'refuses several things at once' {
        { $square, $square | Export-MlpPlot } | Should -Throw -ErrorId 'InvalidInputObject,*' -ExpectedMessage '*one by one*'
        { $square, $epochs[0] | Export-MlpPlot } | Should -Throw -ErrorId 'InvalidInputObject,*' -ExpectedMessage '*one by one*'
    }
}

Describe 'How Export-MlpPlot draws' {
    It 'writes the -Title' {
        Get-SvgText ($epochs | Export-MlpPlot -Title 'A <title>') | Should -Contain 'A <title>'
    }

    It 'is as large as -Width and -Height say' {
        $svg = Get-Svg ($epochs | Export-MlpPlot -Width 900 -Height 300)
        $svg.viewBox | Should -BeExactly '0 0 900 300'
    }

    It 'refuses a size of <Width> by <Height>' -ForEach @{ Width = 10; Height = 400 }, @{ Width = 400; Height = 9000 } {
        { $epochs | Export-MlpPlot -Width $Width -Height $Height } |
            Should -Throw -ErrorId 'InvalidPlotSize,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
    }

    It 'gives a page with -Format Html' {
        $epochs | Export-MlpPlot -Format Html | Should -BeLike '<!DOCTYPE html>*<svg*</html>*'
    }

    It 'writes numbers the same under a comma culture' {
        $expected = $epochs | Export-MlpPlot
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $text = $epochs | Export-MlpPlot
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $text | Should -BeExactly $expected
    }
}

Describe 'Export-MlpPlot to a file' {
    It 'writes what the extension says: .<Extension>' -ForEach @(
        @{ Extension = 'svg'; Start = '<svg*' }
        @{ Extension = 'SVG'; Start = '<svg*' }
        @{ Extension = 'html'; Start = '<!DOCTYPE html>*' }
        @{ Extension = 'htm'; Start = '<!DOCTYPE html>*' }
    ) {
        $folder = (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())").FullName
        $epochs | Export-MlpPlot "$folder/loss.$Extension" | Should -BeNullOrEmpty
        Get-Content -Raw "$folder/loss.$Extension" | Should -BeLike $Start
    }

    It 'writes what -Format says whatever the extension' {
        $epochs | Export-MlpPlot -Path "$TestDrive/plot.txt" -Format Html
        Get-Content -Raw "$TestDrive/plot.txt" | Should -BeLike '<!DOCTYPE html>*'
    }

    It 'refuses an extension that says nothing of a format' {
        { $epochs | Export-MlpPlot "$TestDrive/plot.bmp" } |
            Should -Throw -ErrorId 'UnknownFormat,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand' -ExpectedMessage '*.bmp*.svg*.html*.htm*'
        "$TestDrive/plot.bmp" | Should -Not -Exist
    }

    It 'takes a name with brackets as it stands with -LiteralPath and its aliases' {
        $epochs | Export-MlpPlot -LiteralPath "$TestDrive/[a].svg"
        $epochs | Export-MlpPlot -LP "$TestDrive/[b].svg"
        $epochs | Export-MlpPlot -PSPath "$TestDrive/[c].svg"
        foreach ($name in 'a', 'b', 'c') {
            Test-Path -LiteralPath "$TestDrive/[$name].svg" | Should -BeTrue
        }
    }

    It 'emits the file with -PassThru' {
        $file = $epochs | Export-MlpPlot "$TestDrive/passthru.svg" -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -BeExactly 'passthru.svg'
        $file.Exists | Should -BeTrue
    }

    It 'replaces a file that exists only with -Force' {
        $path = "$TestDrive/exists.svg"
        Set-Content $path 'mine'
        { $epochs | Export-MlpPlot $path } |
            Should -Throw -ErrorId 'FileExists,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
        Get-Content $path | Should -BeExactly 'mine'
        $epochs | Export-MlpPlot $path -Force
        Get-Content -Raw $path | Should -BeLike '<svg*'
    }

    It 'writes and replaces nothing with -WhatIf' {
        Set-Content "$TestDrive/mine.svg" 'mine'
        $epochs | Export-MlpPlot "$TestDrive/whatif.svg" -PassThru -WhatIf | Should -BeNullOrEmpty
        $epochs | Export-MlpPlot "$TestDrive/mine.svg" -Force -WhatIf
        "$TestDrive/whatif.svg" | Should -Not -Exist
        Get-Content "$TestDrive/mine.svg" | Should -BeExactly 'mine'
    }

    It 'leaves no file behind that is half written or temporary' {
        $folder = (New-Item -ItemType Directory "$TestDrive/whole").FullName
        Set-Content "$folder/old.svg" 'mine'
        { $epochs | Export-MlpPlot "$folder/old.svg" -Force -Width 1 } | Should -Throw -ErrorId 'InvalidPlotSize,*'
        { $epochs | Export-MlpPlot "$folder/new.svg" -Width 1 } | Should -Throw -ErrorId 'InvalidPlotSize,*'
        $epochs | Export-MlpPlot "$folder/good.svg"
        (Get-ChildItem $folder).Name | Sort-Object | Should -BeExactly 'good.svg', 'old.svg'
        Get-Content "$folder/old.svg" | Should -BeExactly 'mine'
    }

    It 'refuses a folder that does not exist, and other providers' {
        { $epochs | Export-MlpPlot "$TestDrive/nowhere/plot.svg" } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
        { $epochs | Export-MlpPlot 'Env:/plot.svg' } |
            Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ExportMlpPlotCommand'
    }
}

Describe 'Export-MlpPlot through a browser' {
    BeforeAll {
        $script:epochs = New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 3, 1 -Seed 1) -Target Label -Loss Hinge -Epoch 5
        $script:path = $env:PATH

        # Width and height stand in the header of a PNG, its kind of colour behind them: 6 has transparency.
        function Get-Png([string] $File) {
            $bytes = [IO.File]::ReadAllBytes($File)
            $bytes[0..3] | Should -Be 0x89, 0x50, 0x4E, 0x47
            [pscustomobject]@{
                Width = [BitConverter]::ToInt32($bytes[19..16], 0)
                Height = [BitConverter]::ToInt32($bytes[23..20], 0)
                HasAlpha = $bytes[25] -eq 6
            }
        }
    }

    AfterEach { $env:PATH = $path }

    It 'writes a PNG of the plot''s size times -Scale' {
        $epochs | Export-MlpPlot "$TestDrive/loss.png" -Width 400 -Height 300 -Scale 1.5
        $png = Get-Png "$TestDrive/loss.png"
        $png.Width, $png.Height | Should -Be 600, 450
    }

    It 'leaves the ground out where it is to be transparent' {
        $epochs | Export-MlpPlot "$TestDrive/clear.png" -Background Transparent
        $png = Get-Png "$TestDrive/clear.png"
        $png.Width, $png.Height | Should -Be 1520, 920
        $png.HasAlpha | Should -BeTrue
    }

    It 'writes a PDF of one page' {
        $epochs | Export-MlpPlot "$TestDrive/loss.pdf"
        $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes("$TestDrive/loss.pdf"))
        $text | Should -BeLike '%PDF*'
        [regex]::Matches($text, '/Type\s*/Page\b').Count | Should -Be 1
    }

    It 'leaves nothing in the temporary folder' {
        $before = @(Get-ChildItem ([IO.Path]::GetTempPath()) -Filter 'micrograd-*' -Directory).Count
        $epochs | Export-MlpPlot "$TestDrive/again.png" -Scale 1
        @(Get-ChildItem ([IO.Path]::GetTempPath()) -Filter 'micrograd-*' -Directory).Count | Should -BeLessOrEqual $before
    }

    It 'says what to do where there is no browser' {
        $named = $env:MICROGRAD_CHROMIUM
        try {
            $env:MICROGRAD_CHROMIUM = $null
            $env:PATH = (New-Item -ItemType Directory "$TestDrive/nothing" -Force).FullName
            { $epochs | Export-MlpPlot "$TestDrive/none.png" } | Should -Throw -ErrorId 'BrowserMissing,*' -ExpectedMessage 'PNG*Edge, Chrome or Chromium*.svg*MICROGRAD_CHROMIUM*'
            "$TestDrive/none.png" | Should -Not -Exist
            $env:MICROGRAD_CHROMIUM = "$TestDrive/no such browser"
            { $epochs | Export-MlpPlot "$TestDrive/none.png" } | Should -Throw -ErrorId 'BrowserFailed,*'
        } finally {
            $env:MICROGRAD_CHROMIUM = $named
        }
    }

    It 'refuses <Given>' -ForEach @(
        @{ Given = '-Scale 0'; Extension = 'png'; Parameter = @{ Scale = 0 }; Id = 'InvalidScale' }
        @{ Given = '-Scale with an SVG'; Extension = 'svg'; Parameter = @{ Scale = 2 }; Id = 'UnusedOption' }
        @{ Given = '-Scale with a PDF'; Extension = 'pdf'; Parameter = @{ Scale = 2 }; Id = 'UnusedOption' }
        @{ Given = '-Background with a page'; Extension = 'html'; Parameter = @{ Background = 'White' }; Id = 'UnusedOption' }
    ) {
        { $epochs | Export-MlpPlot "$TestDrive/refused.$Extension" @Parameter } | Should -Throw -ErrorId "$Id,*"
        "$TestDrive/refused.$Extension" | Should -Not -Exist
    }

    It 'draws graphs and networks where there is no Graphviz' {
        $browser = (Get-Command chromium, chromium-browser, google-chrome, chrome, msedge -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source
        $named = $env:MICROGRAD_CHROMIUM
        try {
            $env:MICROGRAD_CHROMIUM = $named ? $named : $browser
            $env:PATH = (New-Item -ItemType Directory "$TestDrive/few" -Force).FullName
            if (-not $IsWindows) {
                # Chromium is started by a script of the system, which calls programs beside it.
                foreach ($program in Get-ChildItem /usr/bin -File | Where-Object Name -NE dot) {
                    $null = [IO.File]::CreateSymbolicLink("$TestDrive/few/$($program.Name)", $program.FullName)
                }
            }
            New-Mlp 2 3, 1 -Seed 1 | Export-GradGraph -Path "$TestDrive/network.png" -Scale 1
            (Get-Png "$TestDrive/network.png").Width | Should -BeGreaterThan 100
        } finally {
            $env:MICROGRAD_CHROMIUM = $named
        }
    }
}

Describe 'Export-MlpPlot of trials' {
    BeforeAll {
        $flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
        $common = @{ Data = $flowers; Target = 'Class'; Fold = 2; Training = @{ Epoch = 3 } }
        $script:recipe = { New-Mlp 4 $_.Size, 3 $_.Activation }
        $setting = [ordered] @{ Size = 4, 8; LearningRate = 0.001, 0.01, 0.1; Activation = 'Tanh', 'Relu'; Optimizer = 'RmsProp' }
        $script:trials = Find-MlpSetting $recipe @common -ResultPath "$TestDrive/trials.json" -Setting $setting | Sort-Object Trial
        $script:drawn = $trials | Export-MlpPlot
    }

    It 'draws the scores over each setting that varies, rates over decades by factors' {
        $panels = (Get-Svg $drawn).GetElementsByTagName('svg')
        $panels.ForEach({ $_.GetAttribute('aria-label') }) | Should -BeExactly 'Score by Size', 'Score by LearningRate', 'Score by Activation'
        $panels.ForEach({ @($_.GetElementsByTagName('circle')).Count }) | Should -Be 12, 12, 12
        $panels[1].InnerText | Should -Match '0\.001.*0\.01.*0\.1'
        $panels[2].InnerText | Should -Match 'Tanh.*Relu'
        $best = $trials | Sort-Object Score -Descending -Stable | Select-Object -First 1
        Get-SvgText $drawn | Should -Contain ('best: trial {0}, {1:F3}' -f $best.Trial, $best.Score)
    }

    It 'gives every mark a clip of its own' {
        $ids = ([xml] $drawn).GetElementsByTagName('clipPath').ForEach({ $_.GetAttribute('id') })
        $ids | Should -HaveCount 3
        $ids | Sort-Object -Unique | Should -HaveCount 3
    }

    It 'draws the same of <Name>' -ForEach @(
        @{ Name = 'a CSV file'; Copy = { $trials | Export-Csv "$TestDrive/trials.csv"; Import-Csv "$TestDrive/trials.csv" } }
        @{ Name = 'a CLIXML file'; Copy = { $trials | Export-Clixml "$TestDrive/trials.xml"; Import-Clixml "$TestDrive/trials.xml" } }
        @{ Name = 'a job'; Copy = { Start-ThreadJob { $using:trials } | Receive-Job -Wait -AutoRemoveJob } }
        @{ Name = 'the file of -ResultPath'; Copy = { Get-Content "$TestDrive/trials.json" | ConvertFrom-Json } }
        @{ Name = 'JSON'; Copy = { $trials | ConvertTo-Json -Depth 4 -EnumsAsStrings | ConvertFrom-Json } }
    ) {
        & $Copy | Export-MlpPlot | Should -BeExactly $drawn
    }

    It 'reads settings as a German session wrote them, as their scores' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $trials | Export-Csv "$TestDrive/german.csv" -UseCulture
            Get-Content -Raw "$TestDrive/german.csv" | Should -Match '"0,01"'
            Import-Csv "$TestDrive/german.csv" -UseCulture | Export-MlpPlot | Should -BeExactly $drawn
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'draws one setting in a frame of its own, and what has none over the trials' {
        $one = $trials | Where-Object { $_.Size -eq 4 -and $_.Activation -eq 'Tanh' } | Export-MlpPlot
        (Get-Svg $one).GetElementsByTagName('svg') | Should -BeNullOrEmpty
        Get-SvgText $one | Should -Contain LearningRate
        Get-SvgText ($trials[0] | Export-MlpPlot) | Should -Contain trial
    }

    It 'draws a line for each number of epochs of a halving' {
        $halving = Find-MlpSetting { New-Mlp 4 $_.Size, 3 } @common -Halving -Setting @{ Size = 4, 8, 16; LearningRate = 0.001, 0.01, 0.1 } -ResultPath "$TestDrive/halving.json"
        foreach ($plot in ($halving | Export-MlpPlot), (Get-Content "$TestDrive/halving.json" | ConvertFrom-Json | Export-MlpPlot)) {
            $texts = Get-SvgText $plot
            $texts | Should -Contain 'best after 3 epochs'
            $texts | Should -Contain 'best after 1 epoch'
        }
        $halving | Show-MlpPlot -Width 60 | Should -BeLike '*best after 3 epochs*'
    }

    It 'tells trials without a score' {
        $lost = $trials[0] | Select-Object *
        $lost.Score = $null
        Get-SvgText ($trials[1..2] + $lost | Export-MlpPlot) | Should -Contain '1 without a score'
        Get-SvgText ($lost | Export-MlpPlot) | Should -Contain '1 without a score'
    }

    It 'refuses what is no trial any more' {
        $broken = $trials[0] | Select-Object *
        $broken.Score = 'high'
        { $broken | Export-MlpPlot } | Should -Throw -ErrorId 'InvalidHistory,*'
        { $trials | Export-MlpPlot -Kind Roc } | Should -Throw -ErrorId 'UnusedOption,*'
        { $trials | Export-MlpPlot -Model (New-Mlp 1 1) } | Should -Throw -ErrorId 'InvalidInputObject,*'
    }
}

Describe 'Export-MlpPlot of results from files' {
    It 'draws the same of <Name>' -ForEach @(
        @{ Name = 'importances'; Make = { $moons | Measure-MlpFeature $classifier -Repeat 3 } }
        @{ Name = 'a sweep of rates'; Make = { $moons | Find-MlpLearningRate (New-Mlp 2 4, 1) -Target Label -Loss Hinge -Step 20 } }
    ) {
        $results = & $Make
        $drawn = $results | Export-MlpPlot
        $results | Export-Csv "$TestDrive/results.csv"
        $results | Export-Clixml "$TestDrive/results.xml"
        Import-Csv "$TestDrive/results.csv" | Export-MlpPlot | Should -BeExactly $drawn
        Import-Clixml "$TestDrive/results.xml" | Export-MlpPlot | Should -BeExactly $drawn
        Start-Job { $using:results } | Receive-Job -Wait -AutoRemoveJob | Export-MlpPlot | Should -BeExactly $drawn
    }
}

Describe 'Export-MlpPlot -WeightColumn' {
    BeforeAll {
        # What a weight of 2 is: the row twice; of 0: no row. So scikit-learn's sample_weight counts too.
        $script:weighted = foreach ($i in 0..59) {
            [pscustomobject] @{ A = $i % 13; B = $i * 7 % 11; Kind = ('low', 'high', 'mid')[($i * $i % 17) % 3]; Price = $i % 13 * 3 + $i % 5; Times = $i % 4 }
        }
        $script:repeated = $weighted | ForEach-Object { for ($i = 0; $i -lt $_.Times; $i++) { $_ } }
        $script:kinds = New-Mlp 2 6, 3 -Seed 1
        $null = $weighted | Start-MlpTraining $kinds -Feature A, B -Target Kind -Epoch 10 -Standardize
        $script:prices = New-Mlp 2 6, 1 -Seed 1
        $null = $weighted | Start-MlpTraining $prices -Feature A, B -Target Price -Epoch 5 -Standardize

        # The drawing without tooltips, which count rows.
        function Get-Picture($Svg) { $Svg -replace '<title>[^<]*</title>' }
    }

    It 'draws <Kind> as of rows that are there so often' -ForEach @(
        @{ Kind = 'Roc' }, @{ Kind = 'PrecisionRecall' }, @{ Kind = 'Calibration' }, @{ Kind = 'Confusion' }
        @{ Kind = 'PartialDependence'; Column = @{ Feature = 'A' } }
    ) {
        $Column ??= @{}
        $actual = Get-Picture ($weighted | Export-MlpPlot -Model $kinds -Kind $Kind -WeightColumn Times @Column)
        $actual | Should -BeExactly (Get-Picture ($repeated | Export-MlpPlot -Model $kinds -Kind $Kind @Column))
        $actual | Should -Not -BeExactly (Get-Picture ($weighted | Export-MlpPlot -Model $kinds -Kind $Kind @Column))
    }

    It 'tells the error of residuals so' {
        $told = @(Get-SvgText ($weighted | Export-MlpPlot -Model $prices -Kind Residuals -WeightColumn Times)) -match 'RMSE'
        $told | Should -BeExactly (@(Get-SvgText ($repeated | Export-MlpPlot -Model $prices -Kind Residuals)) -match 'RMSE')
        $told | Should -BeExactly ('Price (RMSE {0:0.###})' -f ($weighted | Measure-Mlp $prices -WeightColumn Times).RMSE)
    }

    It 'shows weights that are no whole numbers in a confusion matrix, and their accuracy' {
        $half = $weighted | Select-Object *, @{ n = 'Half'; e = { $_.Times / 2 } }
        $texts = Get-SvgText ($half | Export-MlpPlot -Model $kinds -Kind Confusion -WeightColumn Half)
        $texts | Should -Contain ('accuracy {0:0.0}%' -f (100 * ($weighted | Measure-Mlp $kinds -WeightColumn Times).Accuracy))
        $texts -match '^\d+\.50?$' | Should -Not -BeNullOrEmpty
        ($half | Show-MlpPlot -Model $kinds -Kind Roc -WeightColumn Half -Width 60) | Should -Be ($weighted | Show-MlpPlot -Model $kinds -Kind Roc -WeightColumn Times -Width 60)
    }

    It 'needs a model' {
        { $epochs | Export-MlpPlot -WeightColumn Times } | Should -Throw -ErrorId 'UnusedOption,*'
    }
}

Describe 'Export-MlpPlot without rows' {
    It 'draws the weights of a model, and asks for nothing' {
        Export-MlpPlot -Model $classifier -Kind Weights | Should -BeExactly ($classifier | Export-MlpPlot)
        { Export-MlpPlot -Model $classifier -Kind Roc } | Should -Throw -ErrorId 'EmptyData,*'
        { Export-MlpPlot } | Should -Throw -ErrorId 'EmptyHistory,*'
    }

    It 'says what came and what can be drawn: a measurement from a file' {
        $line = 1..6 | ForEach-Object { [pscustomobject] @{ X = $_; Y = 2 * $_ } }
        $line | Measure-Mlp ($line | New-Mlp -Target Y -HiddenSize 2 -Seed 1) | Export-Csv "$TestDrive/measure.csv"
        { Import-Csv "$TestDrive/measure.csv" | Export-MlpPlot -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidInputObject,*' -ExpectedMessage '*columns Fold, Count*Measure-Mlp*'
        { Import-Csv "$TestDrive/measure.csv" | Export-MlpPlot -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'EmptyHistory,*' -ExpectedMessage 'Nothing that can be plotted*Find-MlpSetting*'
    }

    It 'takes one model, also in a list of its own' {
        $line = 1..6 | ForEach-Object { [pscustomobject] @{ X = $_; Y = 2 * $_ } }
        $model = $line | New-Mlp -Target Y -HiddenSize 2 -Seed 1
        { $line | Export-MlpPlot -Model $model, $model } | Should -Throw -ExpectedMessage '*2 models were given*one by one.'
        $line | Export-MlpPlot -Model @($model) | Should -BeExactly ($line | Export-MlpPlot -Model $model)
    }
}

Describe 'A picture of more pixels than fit the memory' {
    It 'is refused with its size before a browser starts' {
        $named = $env:MICROGRAD_CHROMIUM
        try {
            $env:MICROGRAD_CHROMIUM = "$TestDrive/none"
            { $epochs | Export-MlpPlot "$TestDrive/large.png" -Width 8000 -Height 8000 -Scale 10 } |
                Should -Throw '*80000 by 80000 pixels*' -ErrorId 'PictureTooLarge,*'
            "$TestDrive/large.png" | Should -Not -Exist
        } finally {
            $env:MICROGRAD_CHROMIUM = $named
        }
    }
}
