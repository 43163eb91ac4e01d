# The folders of the house use what CONTRIBUTING says, and the projects point one way.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:projects = @(Get-ChildItem "$root/src" -Directory).Name
    $script:folders = foreach ($line in Get-Content "$root/CONTRIBUTING.md") {
        if ($line -match '^\| Folder of `([\w.]+)`') {
            $project = $Matches[1]
        }
        elseif ($line -match '^\| `(\w+)` \| (.*?) \|') {
            @{ Project = $project; Folder = $Matches[1]; Allowed = @([regex]::Matches($Matches[2], '`(\w+)`').ForEach({ $_.Groups[1].Value })) }
        }
    }
}

Describe 'The house' {
    BeforeAll {
        $script:source = (Resolve-Path "$PSScriptRoot/../../src").ProviderPath
        function Get-SourceFile([string] $Path) {
            Get-ChildItem $Path -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
        }
        function Get-UsedNamespace([string] $Path) {
            Get-SourceFile $Path |
                Select-String -Pattern '^using (?:static )?(MicroGrad[\w.]*);' |
                ForEach-Object { $_.Matches[0].Groups[1].Value } |
                Sort-Object -Unique
        }
        # MicroGrad.Rendering.Plots is in MicroGrad.Rendering's folder Plots; the engine's namespaces have its name left out.
        function Get-FolderOf([string] $Namespace, [string] $Project) {
            $prefix = $Project -replace '\.Engine$'
            if ($Namespace -match "^$([regex]::Escape($prefix))\.(\w+)" -and (Test-Path "$source/$Project/$($Matches[1])")) {
                $Matches[1]
            }
        }
    }

    It 'has a row for each folder of <_>' -ForEach $projects {
        $project = $_
        $named = @($folders | Where-Object Project -EQ $project).Folder | Sort-Object
        $there = @(Get-ChildItem "$source/$project" -Directory | Where-Object { Get-SourceFile $_.FullName }).Name | Sort-Object
        $named | Should -BeExactly $there
    }

    It 'lets <Folder> of <Project> use what CONTRIBUTING says, and has it use all of that' -ForEach $folders {
        $used = Get-UsedNamespace "$source/$Project/$Folder" |
            ForEach-Object { Get-FolderOf $_ $Project } |
            Where-Object { $_ -ne $Folder } |
            Sort-Object -Unique
        $used | Should -BeExactly ($Allowed | Sort-Object)
    }

    It 'has no circle in <_> but those that CONTRIBUTING names' -ForEach $projects {
        $project = $_
        $uses = @{}
        $folders | Where-Object Project -EQ $project | ForEach-Object { $uses[$_.Folder] = $_.Allowed }
        $named = [regex]::Matches((Get-Content "$source/../CONTRIBUTING.md" -Raw), '(?m)^- `(\w+)` and `(\w+)`:')
        foreach ($circle in $named) {
            # Without the way back, what is left must have an order.
            $first, $second = $circle.Groups[1, 2].Value
            if ($uses[$first] -contains $second) {
                $uses[$first] = @($uses[$first] -ne $second)
            }
        }
        while ($free = @($uses.Keys.Where{ -not ($uses[$_] | Where-Object { $uses.ContainsKey($_) }) })) {
            $free.ForEach{ $uses.Remove($_) }
        }
        $uses.Keys | Should -BeNullOrEmpty
    }

    It 'has each type of <_> in the namespace of its folder, or of the types for users' -ForEach $projects {
        $project = $_
        $stray = foreach ($file in Get-SourceFile "$source/$project") {
            $folder = [IO.Path]::GetRelativePath("$source/$project", $file.DirectoryName) -split '[\\/]' | Select-Object -First 1
            $own = ($project -replace '\.Engine$') + ($folder -eq '.' ? '' : ".$folder")
            $namespace = (Select-String -LiteralPath $file.FullName -Pattern '^namespace ([\w.]+);').Matches[0].Groups[1].Value
            if ($namespace -notin $own, 'MicroGrad') {
                "$($file.Name): $namespace"
            }
        }
        $stray | Should -BeNullOrEmpty
    }

    It 'has <Project> use no <Above>' -ForEach @(
        @{ Project = 'MicroGrad.Engine'; Above = 'Rendering' }
        @{ Project = 'MicroGrad.Engine'; Above = 'PowerShell' }
        @{ Project = 'MicroGrad.Rendering'; Above = 'PowerShell' }
    ) {
        Get-UsedNamespace "$source/$Project" | Where-Object { $_ -like "MicroGrad.$Above*" } | Should -BeNullOrEmpty
    }

    It 'shows what is internal to tests and benchmarks alone: <_>' -ForEach $projects {
        $friends = ([xml] (Get-Content "$source/$_/$_.csproj" -Raw)).SelectNodes('//InternalsVisibleTo').Include
        $friends | Where-Object { $_ -notmatch '\.Tests$' -and $_ -ne 'MicroGrad.Benchmarks' } | Should -BeNullOrEmpty
        Get-SourceFile "$source/$_" | Select-String -Pattern 'InternalsVisibleTo|IgnoresAccessChecksTo' | Should -BeNullOrEmpty
    }
}
