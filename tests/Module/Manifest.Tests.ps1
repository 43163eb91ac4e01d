BeforeDiscovery {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:cmdlets = (Get-Command -Module MicroGrad -CommandType Cmdlet).Name
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:module = Get-Module MicroGrad
    $script:assemblies = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'MicroGrad.*' }
    $script:classes = ($assemblies | Where-Object { $_.GetName().Name -eq 'MicroGrad.PowerShell' }).GetExportedTypes() |
        Where-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) }
    $script:repository = (Resolve-Path "$PSScriptRoot/../..").Path
}

Describe 'The manifest' {
    It 'is valid' {
        $manifest = Test-ModuleManifest "$($module.ModuleBase)/MicroGrad.psd1"
        $manifest.Name | Should -BeExactly 'MicroGrad'
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Author | Should -Not -BeNullOrEmpty
        $manifest.Guid | Should -Not -Be ([guid]::Empty)
    }

    It 'has the version of the build and of its folder' {
        $version = ([xml] (Get-Content -Raw "$repository/Directory.Build.props")).SelectSingleNode('//Version').InnerText
        "$($module.Version)" | Should -BeExactly $version
        Split-Path -Leaf $module.ModuleBase | Should -BeExactly $version
    }

    It 'has the binary as its root module' {
        (Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1").RootModule | Should -BeExactly 'MicroGrad.PowerShell.dll'
        $module.ModuleType | Should -Be 'Binary'
    }

    It 'exports every cmdlet class, and nothing else' {
        $named = foreach ($class in $classes) {
            $attribute = $class.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            "$($attribute.VerbName)-$($attribute.NounName)"
        }
        $manifest = Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1"
        $manifest.CmdletsToExport | Sort-Object | Should -BeExactly ($named | Sort-Object)
        $module.ExportedCmdlets.Keys | Sort-Object | Should -BeExactly ($named | Sort-Object)
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'lists what it exports, without wildcards' {
        $manifest = Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1"
        foreach ($key in 'CmdletsToExport', 'FunctionsToExport', 'VariablesToExport', 'AliasesToExport') {
            $manifest.ContainsKey($key) | Should -BeTrue
            "$($manifest[$key])" | Should -Not -Match '\*'
        }
        $module.ExportedAliases.Keys | Sort-Object | Should -Be ($manifest.AliasesToExport | Sort-Object)
    }

    It 'names only files that are in the package' {
        $manifest = Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1"
        foreach ($file in @($manifest.RootModule) + $manifest.FormatsToProcess) {
            "$($module.ModuleBase)/$file" | Should -Exist
        }
    }
}

Describe 'The package' {
    It 'has no assembly but its own' {
        $libraries = Get-ChildItem $module.ModuleBase -Recurse -Include *.dll, *.so, *.dylib, *.exe
        $libraries.Count | Should -BeGreaterThan 0
        $libraries | Where-Object Name -NotLike 'MicroGrad.*.dll' | Should -BeNullOrEmpty
    }

    It 'is what the tests run' {
        foreach ($assembly in $assemblies) {
            Split-Path $assembly.Location | Should -BeExactly $module.ModuleBase
        }
    }

    It 'brings no other module with it' {
        $shell = [powershell]::Create()
        try {
            $loaded = $shell.AddScript('
                param($Path)
                $before = (Get-Module).Name
                Import-Module $Path
                (Get-Module).Name | Where-Object { $_ -notin $before }
            ').AddArgument("$($module.ModuleBase)/MicroGrad.psd1").Invoke()
            $shell.Streams.Error.Count | Should -Be 0
            $shell.Streams.Warning.Count | Should -Be 0
            $loaded | Should -BeExactly 'MicroGrad'
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'The cmdlet <_>' -ForEach $cmdlets {
    BeforeAll {
        $script:command = Get-Command $_ -Module MicroGrad
        $script:name = $_
        $script:common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $script:own = $command.Parameters.Values | Where-Object Name -NotIn $common
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $command.Verb
    }

    It 'has a sealed class named after it, in a file of the same name' {
        $class = "$($command.Verb)$($command.Noun)Command"
        $command.ImplementingType.Name | Should -BeExactly $class
        $command.ImplementingType.IsSealed | Should -BeTrue
        $command.ImplementingType.Namespace | Should -BeExactly 'MicroGrad.PowerShell.Commands'
        "$repository/src/MicroGrad.PowerShell/Commands/$class.cs" | Should -Exist
    }

    It 'says what it emits' {
        $command.OutputType.Count | Should -BeGreaterThan 0
    }

    It 'takes a path as it stands where it takes a path' {
        if ($command.Parameters.ContainsKey('Path')) {
            $command.Parameters.Keys | Should -Contain 'LiteralPath'
            $command.Parameters['LiteralPath'].Aliases | Sort-Object | Should -BeExactly 'LP', 'PSPath'
        } else {
            $command.Parameters.Keys | Should -Not -Contain 'LiteralPath'
        }
    }

    It 'asks before it writes a file, and only then' {
        $writes = $command.Parameters.ContainsKey('Path') -and $command.Verb -in 'Export', 'Out', 'Save', 'Set'
        $command.Parameters.ContainsKey('WhatIf') | Should -Be $writes
        $command.Parameters.ContainsKey('Confirm') | Should -Be $writes
    }

    It 'offers -Force where it writes a file, a checkpoint too' {
        if ($command.Parameters.ContainsKey('WhatIf') -or $command.Parameters.ContainsKey('CheckpointPath')) {
            $command.Parameters.Keys | Should -Contain 'Force'
        } else {
            $command.Parameters.Keys | Should -Not -Contain 'Force'
        }
    }

    It 'has parameters in PascalCase, singular' {
        foreach ($parameter in $own) {
            $parameter.Name | Should -MatchExactly '^[A-Z][A-Za-z0-9]*$'
            $parameter.Name | Should -Not -MatchExactly '(?<!s|Bia)s$'
        }
    }

    It 'shows its syntax in help' {
        (Get-Help $name).Name | Should -BeExactly $name
    }

    It 'has a test file' {
        "$repository/tests/Commands/$name.Tests.ps1" | Should -Exist
    }
}

Describe 'Conventions' {
    It 'keep a test file for each cmdlet and for topics of one, and no others' {
        $files = (Get-ChildItem "$repository/tests/Commands" -Filter *.Tests.ps1).Name -replace '\.Tests\.ps1$'
        $files -notmatch '\.' | Sort-Object | Should -BeExactly ($module.ExportedCmdlets.Keys | Sort-Object)
        foreach ($topic in $files -match '\.') {
            $topic | Should -MatchExactly '^[A-Za-z]+-[A-Za-z]+\.[A-Z][A-Za-z]+$'
            $module.ExportedCmdlets.Keys | Should -Contain ($topic -split '\.')[0]
        }
    }

    It 'keep a class file for each cmdlet, and no others but base classes' {
        $files = (Get-ChildItem "$repository/src/MicroGrad.PowerShell/Commands" -Filter *.cs).BaseName
        foreach ($class in $classes.Name) {
            $files | Should -Contain $class
        }
        foreach ($file in $files | Where-Object { $_ -notin $classes.Name }) {
            Get-Content -Raw "$repository/src/MicroGrad.PowerShell/Commands/$file.cs" | Should -Match "abstract class $file\b"
        }
    }

    It 'keep every public type from unrolling in the pipeline' {
        $types = $assemblies.GetExportedTypes()
        $types.Count | Should -BeGreaterThan 10
        $types.Name | Should -Contain 'Mlp'
        $types | Where-Object { $_.GetInterface('System.Collections.IEnumerable') } | Should -BeNullOrEmpty
    }

    It 'give a view to every type that a cmdlet emits, and to those that their properties hold' {
        $views = ([xml] (Get-Content -Raw "$($module.ModuleBase)/MicroGrad.Format.ps1xml")).SelectNodes('//TypeName').InnerText
        $shown = [Collections.Generic.HashSet[type]]::new()
        $waiting = [Collections.Generic.Queue[type]]::new()
        $module.ExportedCmdlets.Values.OutputType.Type | ForEach-Object { $waiting.Enqueue($_) }
        while ($waiting.Count -gt 0) {
            $type = $waiting.Dequeue()
            if ($type.HasElementType) { $waiting.Enqueue($type.GetElementType()) }
            $type.GenericTypeArguments | ForEach-Object { $waiting.Enqueue($_) }
            if ($type.Namespace -ceq 'MicroGrad' -and -not $type.IsEnum -and -not $type.HasElementType -and $shown.Add($type)) {
                $type.GetProperties() | ForEach-Object { $waiting.Enqueue($_.PropertyType) }
            }
        }
        $shown.Name | Should -Contain 'ConfusionMatrix' -Because 'a measurement holds one'
        $shown.FullName | Where-Object { $_ -notin $views } | Should -BeNullOrEmpty
    }

    It 'keep the engine from knowing PowerShell' {
        foreach ($name in 'MicroGrad.Engine', 'MicroGrad.Rendering') {
            $assembly = $assemblies | Where-Object { $_.GetName().Name -eq $name }
            $assembly.GetReferencedAssemblies().Name | Should -Not -Contain 'System.Management.Automation'
            $assembly.GetReferencedAssemblies().Name | Should -Not -Contain 'MicroGrad.PowerShell'
        }
    }
}
