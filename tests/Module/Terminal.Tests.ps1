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
        @{ Name = 'a number that is none'; Do = { New-Mlp $nasty 2 } }
    )
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $e = [char] 27
    $script:nasty = "a$e]8;;http://evil$e\link$e]0;owned$([char] 7)$e[31mb$([char] 0x9B)2J`r$([char] 0x202E)gpj$([char] 0x2066)"
    $script:steering = '[\x00-\x08\x0B-\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]|\r(?!\n)'
    $script:rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; "c$nasty" = $_ % 3; k = $_ % 2 ? "one$nasty" : "two$nasty" } }
    $script:huge = 1..20 | ForEach-Object { [pscustomobject]@{ "x$nasty" = 1e6 * $_; "c$nasty" = $_ / 1000; y = $_ } }
    $script:classifier = New-Mlp 2 2 -Seed 1
    $null = $rows | Start-MlpTraining $classifier -Target k -Epoch 1
    $script:flags = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; "l$nasty" = $_ % 2; "m$nasty" = [int] ($_ % 3 -eq 0) } }
    $script:labelled = New-Mlp 1 2 -Seed 1
    $null = $flags | Start-MlpTraining $labelled -Feature x -Target "l$nasty", "m$nasty" -Loss BinaryCrossEntropy -Epoch 1
    $script:epochs = @($rows | Start-MlpTraining (New-Mlp 2 2) -Target k -Epoch 2)
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
            $type = [type] @($view.ViewSelectedBy.TypeName)[0]
            foreach ($item in $view.SelectNodes('.//PropertyName')) {
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

    It 'is written by the module, in every record' {
        $assemblies = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'MicroGrad.*' }
        $records = $assemblies.GetExportedTypes() | Where-Object { $_.GetMethod('<Clone>$') }
        $records.Count | Should -BeGreaterThan 10
        $records | Where-Object { $_.GetMethod('ToString', [type[]] @()).GetCustomAttributes([System.Runtime.CompilerServices.CompilerGeneratedAttribute], $false) } |
            Should -BeNullOrEmpty
    }
}
