# Text from data never steers a terminal: labels, names of columns and classes, and paths are shown with control characters
# visible, wherever the module shows them. Plain rendering takes colours out, so that what is left is what the module wrote.

BeforeDiscovery {
    $script:shown = @(
        @{ Name = 'a value'; Do = { $value } }
        @{ Name = 'nodes'; Do = { $root | Get-GradNode } }
        @{ Name = 'steps'; Do = { $root | Invoke-Backward -Trace } }
        @{ Name = 'checks'; Do = { $root | Test-Gradient } }
        @{ Name = 'a tree'; Do = { $root | Get-GradNode -AsTree } }
        @{ Name = 'a model'; Do = { $classifier } }
        @{ Name = 'a schema'; Do = { $classifier.Schema } }
        @{ Name = 'columns'; Do = { $classifier.Schema.Features } }
        @{ Name = 'a measurement'; Do = { $rows | Measure-Mlp $classifier } }
        @{ Name = 'a confusion matrix'; Do = { ($rows | Measure-Mlp $classifier).ConfusionMatrix } }
        @{ Name = 'figures by class'; Do = { ($rows | Measure-Mlp $classifier).ByClass } }
        @{ Name = 'a confusion matrix as rows'; Do = { ($rows | Measure-Mlp $classifier).Confusion } }
        @{ Name = 'targets'; Do = { $labelled.Schema.Targets } }
        @{ Name = 'a target as text'; Do = { "$($labelled.Schema.Targets[0])" } }
        @{ Name = 'importances'; Do = { $rows | Measure-MlpFeature $classifier } }
        @{ Name = 'an importance as text'; Do = { "$(($rows | Measure-MlpFeature $classifier)[-1])" } }
        @{ Name = 'a measurement of labels'; Do = { $flags | Measure-Mlp $labelled } }
        @{ Name = 'figures by label'; Do = { ($flags | Measure-Mlp $labelled).ByLabel } }
        @{ Name = 'a label as text'; Do = { "$(($flags | Measure-Mlp $labelled).ByLabel[0])" } }
        @{ Name = 'a matrix'; Do = { New-GradMatrix 2 2 -Label $nasty } }
        @{ Name = 'a plot of confusion'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind Confusion } }
        @{ Name = 'a plot of importances'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind Importance } }
        @{ Name = 'a function'; Do = { New-GradFunction ([scriptblock]::Create("param(`${a$e[31m}) `${a$e[31m} * 2")) } }
        @{ Name = 'a plot of classes'; Do = { $rows | Show-MlpPlot -Model $classifier } }
        @{ Name = 'a plot with a title'; Do = { $epochs | Show-MlpPlot -Title $nasty } }
        @{ Name = 'a live plot'; Do = { $epochs | Show-MlpPlot -Title $nasty -Live } }
        @{ Name = 'a value as text'; Do = { "$value" } }
        @{ Name = 'a node as text'; Do = { "$(($root | Get-GradNode)[0])" } }
        @{ Name = 'a step as text'; Do = { "$(($root | Invoke-Backward -Trace)[0])" } }
        @{ Name = 'a check as text'; Do = { "$(($root | Test-Gradient)[0])" } }
        @{ Name = 'a column as text'; Do = { "$($classifier.Schema.Features[1])" } }
        @{ Name = 'a class as text'; Do = { "$(($rows | Measure-Mlp $classifier).ByClass[0])" } }
        @{ Name = 'a drawing in the pipeline'; Do = { $root | Export-GradGraph -Format Mermaid } }
        @{ Name = 'a drawing in DOT'; Do = { $root | Export-GradGraph } }
        @{ Name = 'a drawing in JSON'; Do = { ($root | Export-GradGraph -Format Json) -replace '\\u001b', '&#9243;' } }
        @{ Name = 'a lesson in the pipeline'; Do = { $root | Export-GradGraph -Format Html -Title $nasty } }
        @{ Name = 'a drawing in SVG'; Do = { $root | Export-GradGraph -Format Svg -Title $nasty } }
        @{ Name = 'a network in the pipeline'; Do = { $classifier | Export-GradGraph -Format Svg -Title $nasty } }
        @{ Name = 'a plot in the pipeline'; Do = { $epochs | Export-MlpPlot -Title $nasty } }
        @{ Name = 'a plot of a page in the pipeline'; Do = { $epochs | Export-MlpPlot -Title $nasty -Format Html } }
        @{ Name = 'trials'; Do = { $trials } }
        @{ Name = 'a trial that failed'; Do = { $diverged } }
        @{ Name = 'importances as a plot'; Do = { $rows | Measure-MlpFeature $classifier | Show-MlpPlot } }
        @{ Name = 'a confusion matrix of folds'; Do = { $folds[0].ConfusionMatrix } }
        @{ Name = 'a plot of Roc'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind Roc -Title $nasty } }
        @{ Name = 'a plot of precision and recall'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind PrecisionRecall -Title $nasty } }
        @{ Name = 'a plot of calibration'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind Calibration -Title $nasty } }
        @{ Name = 'a plot of partial dependence'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind PartialDependence -Feature "c$nasty" } }
        @{ Name = 'a plot of weights'; Do = { Show-MlpPlot -Model $classifier -Data $rows -Kind Weights -Title $nasty } }
        @{ Name = 'a plot of a sweep'; Do = { $rows | Find-MlpLearningRate (New-Mlp 2 2) -Target k -Step 10 | Show-MlpPlot -Title $nasty } }
        @{ Name = 'a warning'; Do = { $null = $huge | Start-MlpTraining (New-Mlp 2 1) -Target y -Epoch 1 3>&1 | Tee-Object -Variable all; $all | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } } }
        @{ Name = 'a verbose message'; Do = { $null = $rows | Start-MlpTraining (New-Mlp 2 2) -Target k -Epoch 1 -Verbose 4>&1 | Tee-Object -Variable all; $all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Select-Object -First 1 } }
        @{ Name = 'a warning of a value that is not finite'; Do = { (New-GradValue -1 -Label $nasty).Log() | Invoke-Backward 3>&1 } }
    )
    $script:errors = @(
        @{ Name = 'a target that is not there'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target nothere } }
        @{ Name = 'a feature that is not there'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target k -Feature $nasty } }
        @{ Name = 'a class that is not known'; Do = { [pscustomobject]@{ x = 1; "c$nasty" = 2; k = "new$nasty" } | Measure-Mlp $classifier } }
        @{ Name = 'a cell that is no number'; Do = { [pscustomobject]@{ x = $nasty; "c$nasty" = 2 } | Invoke-Mlp $classifier } }
        @{ Name = 'a column that is missing'; Do = { @([pscustomobject]@{ "c$nasty" = 2; x = 1 }; [pscustomobject]@{ x = 1 }) | Invoke-Mlp $classifier | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } }
        @{ Name = 'a value that is no number'; Do = { New-GradValue $nasty } }
        @{ Name = 'an object that is no value'; Do = { Clear-Gradient $nasty } }
        @{ Name = 'a path that is not there'; Do = { Import-Mlp "$TestDrive/$nasty" } }
        @{ Name = 'a loss that fails'; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target x -Epoch 1 -Loss { param($prediction, $target) $null = $prediction, $target; throw $nasty } } }
        @{ Name = 'a file that is no model'; Do = { Set-Content -LiteralPath "$TestDrive/$file.json" "{`"format`":`"$nasty`"}"; Import-Mlp -LiteralPath "$TestDrive/$file.json" } }
        @{ Name = 'an enum of a file'; Do = { $text = [System.Text.Encoding]::UTF8.GetString([System.Text.Encoding]::UTF8.GetBytes(((ConvertTo-Json $nasty)))); (Get-Content -Raw $plain) -replace '"Tanh"', $text | Set-Content "$TestDrive/enum.json"; Import-Mlp "$TestDrive/enum.json" } }
        @{ Name = 'a path to write to'; Do = { Export-Mlp "$TestDrive/none$nasty/x.json" $classifier } }
        @{ Name = 'an extension'; Do = { Export-Mlp "$TestDrive/x.$nasty" $classifier } }
        @{ Name = 'a file that exists'; Do = { Export-Mlp "$TestDrive/e$nasty.json" $classifier -Force; Export-Mlp "$TestDrive/e$nasty.json" $classifier } }
        @{ Name = 'a result file'; Do = { $rows | Find-MlpSetting { New-Mlp 2 2 } @search -Setting @{ LearningRate = 1 } -ResultPath "$TestDrive/none$nasty/x" } }
        @{ Name = 'a setting'; Do = { $rows | Find-MlpSetting { New-Mlp 2 2 } @search -Setting @{ $nasty = 1 } } }
        @{ Name = 'a recipe that fails'; Do = { $rows | Find-MlpSetting { throw $nasty } @search -Setting @{ LearningRate = 1 } } }
        @{ Name = 'a trial that fails'; Do = { $rows | Find-MlpSetting { New-Mlp 2 3 } @search -Setting @{ LearningRate = 1 } } }
        @{ Name = 'a column of groups'; Do = { $rows | Split-MlpRow -Fraction 0.5 -GroupColumn "g$nasty" } }
        @{ Name = 'a column of weights'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target k -WeightColumn "g$nasty" } }
        @{ Name = 'a column of dates'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target x -Date k -Feature k } }
        @{ Name = 'a weight of a class'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target k -ClassWeight @{ "z$nasty" = 1 } } }
        @{ Name = 'a delimited file'; Do = { [IO.File]::WriteAllText("$TestDrive/d$file.csv", "a,b`n1,`"$nasty`n"); Start-MlpTraining (New-Mlp 1 1) -LiteralPath "$TestDrive/d$file.csv" -Target b } }
        @{ Name = 'a cell of a delimited file'; Do = { [IO.File]::WriteAllText("$TestDrive/d$file.csv", "a$nasty,b`n$nasty,1`n$nasty,2"); Start-MlpTraining (New-Mlp 1 1) -LiteralPath "$TestDrive/d$file.csv" -Target b } }
        @{ Name = 'a label twice'; Do = { (New-GradMatrix 1 1 -Label $nasty), (New-GradMatrix 1 1 -Label $nasty) | Export-GradMatrix "$TestDrive/m.safetensors" } }
        @{ Name = 'a function that fails'; Do = { New-GradFunction { param($x) $x * [double]::Parse($nasty) } } }
        @{ Name = 'a kind of data'; Do = { New-GradDataset $nasty } }
        @{ Name = 'a kind of plot'; Do = { $epochs | Show-MlpPlot -Kind $nasty } }
        @{ Name = 'an optimizer'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target k -Optimizer "$nasty" } }
        @{ Name = 'controls to hide'; Do = { $rows | Export-MlpPlayground "$TestDrive/p.html" -Model $classifier -Target k -Hide "a$nasty", 'b' } }
        @{ Name = 'a delimiter'; Do = { Start-MlpTraining (New-Mlp 2 2) -Path x.csv -Target k -Delimiter $nasty } }
        @{ Name = 'a culture'; Do = { $rows | Start-MlpTraining (New-Mlp 2 2) -Target k -Culture $nasty } }
        @{ Name = 'a number that is none'; Do = { New-Mlp $nasty 2 } }
    )
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $e = [char] 27
    $script:nasty = "a$e]8;;http://evil$e\link$e]0;owned$([char] 7)$e[31mb$([char] 0x9B)2J`r$([char] 0x202E)gpj$([char] 0x2066)"
    $script:file = $nasty -replace '[/\\]'
    $script:steering = '[\x00-\x08\x0B-\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]|\r(?!\n)'
    $script:rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; "c$nasty" = $_ % 3; k = $_ % 2 ? "one$nasty" : "two$nasty" } }
    $script:huge = 1..20 | ForEach-Object { [pscustomobject]@{ "x$nasty" = 1e6 * $_; "c$nasty" = $_ / 1000; y = $_ } }
    $script:classifier = New-Mlp 2 2 -Seed 1
    $null = $rows | Start-MlpTraining $classifier -Target k -Epoch 1
    $script:flags = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; "l$nasty" = $_ % 2; "m$nasty" = [int] ($_ % 3 -eq 0) } }
    $script:labelled = New-Mlp 1 2 -Seed 1
    $null = $flags | Start-MlpTraining $labelled -Feature x -Target "l$nasty", "m$nasty" -Loss BinaryCrossEntropy -Epoch 1
    $script:epochs = @($rows | Start-MlpTraining (New-Mlp 2 2) -Target k -Epoch 2)
    $search = @{ Target = 'k'; Fold = 2; ThrottleLimit = 1; Training = @{ Epoch = 1 } }
    $script:trials = @($rows | Find-MlpSetting { New-Mlp 2 $_."s$nasty", 2 } @search -Setting ([ordered] @{ "s$nasty" = 2, 3 }))
    $script:diverged = @($rows | Find-MlpSetting { New-Mlp 2 $_."s$nasty", 2 } @search -Setting ([ordered] @{ "s$nasty" = 2, 3; LearningRate = 1e300 }))
    $script:folds = @($rows | Measure-Mlp { New-Mlp 2 2 } -Fold 2 -Target k -Training @{ Epoch = 1 })
    $script:plain = "$TestDrive/plain.json"
    Export-Mlp $plain (New-Mlp 2 2, 1)
    $script:search = $search
    $script:value = New-GradValue 1 -Label $nasty
    $script:root = $value * 2
    $root.Label = "root$nasty"
    $root | Invoke-Backward

    function Get-Plain($Objects, $View = 'ConciseView') {
        $rendering = $PSStyle.OutputRendering
        $ErrorView = $View
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $Objects | Out-String -Width 300
        } finally {
            $PSStyle.OutputRendering = $rendering
        }
    }
}

Describe 'Control characters' {
    It 'are visible in <Name>' -ForEach $shown {
        $text = Get-Plain (& $Do)
        $text | Should -Not -BeNullOrEmpty
        $text | Should -Not -Match $steering
        $text -replace '&#9243;|#9243;', "`u{241B}" | Should -Match "`u{241B}|<U\+202E>"
    }

    It 'are visible in the error of <Name>' -ForEach $errors {
        $problem = @(try { & $Do 2>&1 } catch { $_ })[-1]
        $problem | Should -BeOfType System.Management.Automation.ErrorRecord
        "$problem" | Should -Not -Match $steering
        "$problem".Length | Should -BeLessOrEqual 1000
        $problem.Exception.Message | Should -Not -Match $steering
        if ($problem.Exception -is [MicroGrad.GradException]) {
            $problem.CategoryInfo.ToString() | Should -Not -Match $steering
        }
    }

    It 'stay in the data itself, which PowerShell shows by its own views' {
        $classifier.Schema.Classes | Should -BeExactly "one$nasty", "two$nasty"
        $classifier.FeatureNames | Should -BeExactly 'x', "c$nasty"
        ($rows[0] | Invoke-Mlp $classifier).Prediction | Should -BeIn "one$nasty", "two$nasty"
    }

    It 'are visible in every text of a view, which goes through the same method' {
        $format = [xml] (Get-Content -Raw (Join-Path (Get-Module MicroGrad).ModuleBase 'MicroGrad.Format.ps1xml'))
        $texts = foreach ($view in $format.Configuration.ViewDefinitions.View) {
            $name = @($view.ViewSelectedBy.TypeName)[0]
            $type = $name -as [type]
            foreach ($item in $view.SelectNodes('.//PropertyName')) {
                # A view of rows has a name that is no type, and any column of them is text.
                if (-not $type) { "$name.$($item.InnerText)"; continue }
                $of = $type.GetProperty($item.InnerText).PropertyType
                if ($of -eq [string] -or $of -eq [object] -or [System.Collections.Generic.IEnumerable[string]].IsAssignableFrom($of)) { "$($type.Name).$($item.InnerText)" }
            }
        }
        # Symbols of operations are the module's own.
        $texts | Should -BeExactly 'GradValue.Op', 'GradValue.Op', 'GradNode.Op'
    }
}

Describe 'Names' {
    It 'are no more than about ten in a view and in an error, and no message is longer than 1,000 characters' {
        $wide = [ordered]@{}
        foreach ($i in 1..2000) { $wide["column with a long name $i"] = $i }
        $wide = [pscustomobject] $wide
        $problem = try { $wide | Start-MlpTraining (New-Mlp 2 1) -Target nothere 2>&1 } catch { $_ }
        "$problem".Length | Should -BeLessThan 1000
        $model = New-Mlp 1999 1
        $verbose = $wide, $wide | Start-MlpTraining $model -Target '*name 7' -Epoch 1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $verbose | ForEach-Object { "$_".Length | Should -BeLessOrEqual 1000 }
        (Get-Plain $model).Length | Should -BeLessThan 2000
        (Get-Plain $model.Schema).Length | Should -BeLessThan 2000
    }
}

Describe 'A message' {
    BeforeAll {
        $script:long = 'n' * 20000
        $script:folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
        $wide = [ordered]@{}
        foreach ($i in 1..300) { $wide["c$i$('x' * 300)"] = $i }
        $wide.k = 'a'
        $script:one = [pscustomobject] $wide
        $wide.k = 'b'
        $script:wide = $one, [pscustomobject] $wide
        $script:many = 1..300 | ForEach-Object { [pscustomobject]@{ x = $_; k = "class$_$('z' * 200)" } }
        $script:xor = New-GradDataset Xor
        function Get-Word([int] $Count, [string] $Beginning) { 1..$Count | ForEach-Object { "$Beginning$_$('y' * 100)" } }
        function Get-Setting($Names) { $all = @{}; foreach ($name in $Names) { $all[$name] = 1 }; $all }
        $script:setting = @{ Target = 'Label'; Setting = @{ LearningRate = 1 }; Fold = 2; ThrottleLimit = 1; Training = @{ Epoch = 1 } }
        $script:text = { param($Name, $Content) [IO.File]::WriteAllText("$folder/$Name", $Content); "$folder/$Name" }
    }

    It 'has at most 1,000 characters and about ten names: <_>' -ForEach @(
        { $wide | Start-MlpTraining (New-Mlp 300 2) -Target k -Epoch 1 -Verbose }
        { $wide | Start-MlpTraining (New-Mlp 2 2) -Target k -Epoch 1 -Verbose }
        { $wide | Start-MlpTraining (New-Mlp 2 1) -Target nothere }
        { $wide | Start-MlpTraining (New-Mlp 2 1) -Target k -Feature $long }
        { $wide | Start-MlpTraining (New-Mlp 2 1) -Target k -Feature (Get-Word 500 z) }
        { $wide | Start-MlpTraining (New-Mlp 2 1) -Target (Get-Word 500 z) }
        { $wide | New-Mlp -Target k -Categorical $long }
        { $wide | New-Mlp -Target k -Date $long }
        { $wide | Split-MlpRow -Fraction 0.5 -GroupColumn $long }
        { $wide | Start-MlpTraining (New-Mlp 2 1) -Target k -WeightColumn $long }
        { $many | Start-MlpTraining (New-Mlp 1 300) -Target k -Epoch 1 -Verbose }
        { $many | Start-MlpTraining (New-Mlp 1 3) -Target k -Epoch 1 }
        { $many | Start-MlpTraining (New-Mlp 1 300) -Target k -Epoch 1 -ClassWeight (Get-Setting (Get-Word 1000 q)) }
        { $many | Measure-Mlp { New-Mlp 1 300 } -Fold 2 -Target k -Training @{ Epoch = 1 } }
        { $xor | Find-MlpSetting { New-Mlp 2 1 } -Target Label -Setting (Get-Setting $long) }
        { $xor | Find-MlpSetting { New-Mlp 2 $_.none } -Target Label -Setting (Get-Setting (Get-Word 1000 q)) }
        { $setting.Training = Get-Setting $long; $xor | Find-MlpSetting { New-Mlp 2 1 } @setting }
        { $setting.Training = @{ Loss = $long }; $xor | Find-MlpSetting { New-Mlp 2 1 } @setting }
        { $xor | Find-MlpSetting { throw $long } @setting }
        { $xor | Find-MlpSetting { New-Mlp 2 1 } @setting -ResultPath $long }
        { $xor | Find-MlpSetting ([scriptblock]::Create("New-Mlp 2 1; $((1..500 | ForEach-Object { "`$_.a$_;" }))")) @setting }
        { $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Loss $long }
        { $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Loss { throw $long } }
        { $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 1 -Verbose -Loss ([scriptblock]::Create("param(`$p, `$t) `$null = '$long'.Substring(1); (`$p - `$t).Pow(2)")) }
        { Import-Mlp $long }
        { Export-Mlp "$long.json" (New-Mlp 2 1) }
        { Export-Mlp ("d/" * 3000 + 'x.json') (New-Mlp 2 1) }
        { Export-Mlp "x.$long" (New-Mlp 2 1) }
        { $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -CheckpointPath $long }
        { Start-MlpTraining (New-Mlp 2 1) -Path $long -Target Label }
        { Start-MlpTraining (New-Mlp 1 1) -Path (& $text a.csv "a,b`n$long,1`n$long,2") -Target b }
        { Start-MlpTraining (New-Mlp 1 1) -Path (& $text b.csv "$long,$long`n1,1") -Target b }
        { Start-MlpTraining (New-Mlp 1 1) -Path (& $text c.csv (((1..100000 | ForEach-Object { "c$_" }) -join ',') + "`n1")) -Target b }
        { Start-MlpTraining (New-Mlp 1 1) -Path (& $text d.csv ((, 'c' * 100000 -join ',') + "`n1")) -Target b }
        { [pscustomobject]@{ X1 = $long; X2 = 1; Label = 1 } | Start-MlpTraining (New-Mlp 2 1) -Target Label }
        { @{ X1 = $long; X2 = 1 } | Invoke-Mlp (New-Mlp 2 1) }
        { $value = New-GradValue -1 -Label $long; $value.Log() | Invoke-Backward; $value | Test-Gradient }
        { (New-GradMatrix 1 1 -Label $long), (New-GradMatrix 1 1 -Label $long) | Export-GradMatrix "$folder/m.safetensors" }
        { New-GradFunction ([scriptblock]::Create("param(`$$long) `$$long.None()")) }
        { $f = New-GradFunction ([scriptblock]::Create("param($((1..300 | ForEach-Object { "`$p$_" }) -join ','))  `$p1 * 2")); @{ p1 = 1 } | Invoke-GradFunction $f; 1 | Find-GradMinimum $f; $f | Export-MlpPlot }
        { New-GradDataset $long }
        { New-GradDataset Moons $long }
        { New-GradDataset Moons -Noise $long }
        { New-GradDataset Moons -Seed $long }
        { $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Culture $long }
        { Start-MlpTraining (New-Mlp 2 1) -Path x.csv -Target Label -Delimiter $long }
        { Import-Mlp (& $text e.json "{`"format`":`"$long`"}") }
        { $xor | Invoke-Mlp (New-Mlp 2 1) -Explain -Baseline (Get-Setting $long) }
        { Clear-Gradient $long }
        { [pscustomobject]@{ Epoch = $long; Loss = 1 } | Export-MlpPlot }
        { $one | Start-MlpTraining (New-Mlp 2 1) -Target k -ValidationData (Get-Setting (Get-Word 500 v)) }
    ) {
        $said = try { & $_ 2>&1 3>&1 4>&1 } catch { $_ }
        $said = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -or $_ -is [System.Management.Automation.InformationalRecord] })
        $said | Should -Not -BeNullOrEmpty
        foreach ($message in $said) {
            "$message".Length | Should -BeLessOrEqual 1000
            [regex]::Matches("$message", ', ').Count | Should -BeLessThan 25 -Because "$message"
            if ($message -is [System.Management.Automation.ErrorRecord]) {
                $message.Exception.Message.Length | Should -BeLessOrEqual 1000
                $message.CategoryInfo.ToString().Length | Should -BeLessOrEqual 1000
            }
        }
    }
}

Describe 'Text of a result' {
    It 'is the same in every culture: <_>' -ForEach @(
        { "$($epochs[0])" }
        { "$(((New-GradValue 1.5) * 2 | Invoke-Backward -Trace)[0])" }
        { "$(((New-GradValue 1.5) * 2 | Test-Gradient)[0])" }
        { "$(Find-GradMinimum { param($x) $x * $x } 1.5 | Select-Object -First 1)" }
        { "$($classifier.Schema.Features[0])" }
        { "$($rows | Measure-Mlp $classifier)" }
        { "$($classifier.Training)" }
        { "$value" }
    ) {
        $expected = & $_
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            & $_ | Should -BeExactly $expected
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'is written by the module, in every record that a user meets' {
        $assemblies = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'MicroGrad.*' }
        # What the assemblies pass to one another lies in the namespaces of their folders.
        $records = $assemblies.GetExportedTypes() | Where-Object {
            $_.GetMethod('<Clone>$') -and ($_.Namespace -eq 'MicroGrad' -or $_.Namespace -like 'MicroGrad.PowerShell*')
        }
        $records.Count | Should -BeGreaterThan 10
        $records | Where-Object { $_.GetMethod('ToString', [type[]] @()).GetCustomAttributes([System.Runtime.CompilerServices.CompilerGeneratedAttribute], $false) } |
            Should -BeNullOrEmpty
    }
}
