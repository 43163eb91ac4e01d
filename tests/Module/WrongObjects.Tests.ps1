# The obvious wrong object: rows where a model is expected, a model for rows, a path for either, several models for one, or
# nothing. Each is one error of the module, with what to do.

BeforeDiscovery {
    $script:missing = @(
        { $rows | Invoke-Mlp }
        { $rows | Invoke-Mlp $rows }
        { $rows | Invoke-Mlp 'model.json' }
        { $rows | Invoke-Mlp $model, 'model.json' }
        { $rows | Invoke-Mlp -Model $null }
        { Invoke-Mlp $rows $model }
        { Invoke-Mlp -Data $rows }
        { Invoke-Mlp -Path $path }
        { $model | Invoke-Mlp }
        { $model | Invoke-Mlp -Data $rows }
        { $model | Invoke-Mlp $rows }
        { $rows | Measure-Mlp }
        { $rows | Measure-Mlp $rows }
        { $rows | Measure-Mlp 'model.json' }
        { Measure-Mlp $rows $model }
        { Measure-Mlp -Data $rows }
        { Measure-Mlp -Path $path }
        { $model | Measure-Mlp }
        { $model | Measure-Mlp -Data $rows }
        { $rows | Measure-MlpFeature }
        { $rows | Measure-MlpFeature $rows }
        { $rows | Measure-MlpFeature 'model.json' }
        { Measure-MlpFeature $model, $model $rows }
        { Measure-MlpFeature -Path $path }
        { $model | Measure-MlpFeature }
        { $model | Measure-MlpFeature -Data $rows }
        { $rows | Find-MlpLearningRate }
        { $rows | Find-MlpLearningRate $rows }
        { $rows | Find-MlpLearningRate 'model.json' }
        { $model | Find-MlpLearningRate }
        { $model | Find-MlpLearningRate -Data $rows }
        { $rows | Start-MlpTraining -Target Label }
        { $rows | Start-MlpTraining }
        { Start-MlpTraining -Data $rows -Target Label }
        { Start-MlpTraining -Path $path -Target Label }
        { $rows | Export-MlpPlayground "$TestDrive/page.html" }
        { $rows | Export-MlpPlayground "$TestDrive/page.html" -Model $rows }
        { $rows | Export-MlpPlayground "$TestDrive/page.html" -Model 'model.json' }
        { $rows | Export-MlpPlayground "$TestDrive/page.html" -Model $model, $model }
        { $model | Export-MlpPlayground "$TestDrive/page.html" }
        { $model | Export-MlpPlayground "$TestDrive/page.html" -Data $rows }
    ) | ForEach-Object { @{ Command = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:rows = @(New-GradDataset Moons 20 -Seed 1)
    $script:model = $rows | New-Mlp -Target Label -HiddenSize 3 -Seed 1
    $script:path = "$TestDrive/rows.csv"
    $rows | Export-Csv $path

    # All errors of a command: those that it writes, and the one that ends it.
    function Get-Failure([scriptblock] $Command) {
        $problems = [System.Collections.Generic.List[object]]::new()
        try {
            & $Command 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $problems.Add($_) }
        }
        catch {
            $problems.Add($_)
        }

        , $problems
    }
}

Describe 'A command that needs a model' {
    It 'says so once: <Command>' -ForEach $missing {
        $problems = Get-Failure $Command
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ModelMissing,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Model*New-Mlp*Import-Mlp*'
        "$TestDrive/page.html" | Should -Not -Exist
    }

    It 'says what came in the place of rows' {
        (Get-Failure { $model | Invoke-Mlp })[0] | Should -BeLike '*A model came through the pipeline*'
        (Get-Failure { $rows | Invoke-Mlp })[0] | Should -BeLike 'No model was given*'
        (Get-Failure { $rows | Invoke-Mlp $path })[0] | Should -BeLike 'Something else was given where a model*'
    }

    It 'says that there is no row where nothing comes through the pipeline, and no model was given: <Command>' -ForEach @(
        @{ Command = { @() | Measure-Mlp } }
        @{ Command = { @() | Measure-MlpFeature } }
        @{ Command = { @() | Find-MlpLearningRate } }
        @{ Command = { @() | Export-MlpPlayground "$TestDrive/page.html" } }
    ) {
        $problems = Get-Failure $Command
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Match '^(EmptyData|ModelMissing),'
    }

    It 'is asked for what a recipe lacks: the number of folds' -ForEach @(
        @{ Command = '$rows | Measure-Mlp { New-Mlp 2 1 } -Target Label' }
        @{ Command = 'Measure-Mlp { New-Mlp 2 1 } -Data $rows -Target Label' }
        @{ Command = 'Measure-Mlp { New-Mlp 2 1 } -Path rows.csv -Target Label' }
    ) {
        # PowerShell asks for a mandatory parameter, or names it where nobody can answer.
        $shell = [powershell]::Create().AddScript("Import-Module '$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1'; `$rows = New-GradDataset Xor; $Command")
        $null = $shell.Invoke()
        $shell.Streams.Error | Should -BeLike '*missing mandatory parameters: Fold*'
        $shell.Dispose()
    }

    It 'takes one model in a list, and several where it asks several' {
        ($rows | Measure-Mlp @(, $model)).Count | Should -Be 20
        @($rows | Invoke-Mlp $model, $model) | Should -HaveCount 20
        @(Measure-MlpFeature (, $model)[0] $rows) | Should -HaveCount 2
    }
}

Describe 'A search that needs a recipe' {
    It 'says so once: <Command>' -ForEach @(
        @{ Command = { $rows | Find-MlpSetting $model -Setting @{ Epoch = 1, 2 } } }
        @{ Command = { $rows | Find-MlpSetting $model, $model -Setting @{ Epoch = 1, 2 } } }
        @{ Command = { Find-MlpSetting $rows -Data $rows -Setting @{ Epoch = 1, 2 } } }
        @{ Command = { Find-MlpSetting 'New-Mlp 2 1' -Path $path -Setting @{ Epoch = 1, 2 } } }
        @{ Command = { $rows | Find-MlpSetting { New-Mlp 2 1 }, { New-Mlp 2 2, 1 } -Setting @{ Epoch = 1, 2 } } }
    ) {
        $problems = Get-Failure $Command
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRecipe,*'
        "$($problems[0])" | Should -BeLike '*{ New-Mlp 4 $_.Size, 3 }*'
    }
}

Describe 'A path in the place of rows' {
    It 'is told as text, also by <Command>' -ForEach @(
        @{ Command = { Invoke-Mlp $model $path } }
        @{ Command = { $path, $path | Invoke-Mlp $model } }
        @{ Command = { Measure-Mlp $model $path } }
        @{ Command = { $path | Start-MlpTraining $model } }
        @{ Command = { $model | Start-MlpTraining $path } }
        @{ Command = { $path | New-Mlp -Target Label } }
    ) {
        $problems = Get-Failure $Command
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'TextAsRow,*'
        "$($problems[0])" | Should -BeLike '*-Path*'
    }
}
