# The folders of the house use what CONTRIBUTING says, and the projects point one way.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:folders = foreach ($line in Get-Content "$root/CONTRIBUTING.md") {
        if ($line -match '^\| `(\w+)` \| (.*?) \|') {
            @{ Folder = $Matches[1]; Allowed = @([regex]::Matches($Matches[2], '`(\w+)`').ForEach({ $_.Groups[1].Value })) }
        }
    }
}

Describe 'The house' {
    BeforeAll {
        $script:source = (Resolve-Path "$PSScriptRoot/../../src").ProviderPath
        function Get-UsedNamespace([string] $Path) {
            Get-ChildItem $Path -Recurse -Filter *.cs |
                Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
                Select-String -Pattern '^using (?:static )?(MicroGrad[\w.]*);' |
                ForEach-Object { $_.Matches[0].Groups[1].Value } |
                Sort-Object -Unique
        }
    }

    It 'has a row for each folder of the core' {
        $folders.Folder | Sort-Object | Should -BeExactly Compilation, Graphs, Kernels, Minimization, Operations, Values
    }

    It 'lets <Folder> use what CONTRIBUTING says, and has it use all of that' -ForEach $folders {
        $used = Get-UsedNamespace "$source/MicroGrad.Engine/$Folder" |
            ForEach-Object { ($_ -split '\.')[1] } |
            Where-Object { $_ -and $_ -ne $Folder } |
            Sort-Object -Unique
        $used | Should -BeExactly ($Allowed | Sort-Object)
    }

    It 'has <Project> use no <Above>' -ForEach @(
        @{ Project = 'MicroGrad.Engine'; Above = 'Rendering' }
        @{ Project = 'MicroGrad.Engine'; Above = 'PowerShell' }
        @{ Project = 'MicroGrad.Rendering'; Above = 'PowerShell' }
    ) {
        Get-UsedNamespace "$source/$Project" | Where-Object { $_ -like "MicroGrad.$Above*" } | Should -BeNullOrEmpty
    }

    It 'shows what is internal to tests, benchmarks and the projects above alone: <_>' -ForEach 'MicroGrad.Engine', 'MicroGrad.Rendering' {
        $above = @{ 'MicroGrad.Engine' = 'MicroGrad.Rendering', 'MicroGrad.PowerShell'; 'MicroGrad.Rendering' = @('MicroGrad.PowerShell') }[$_]
        $friends = ([xml] (Get-Content "$source/$_/$_.csproj" -Raw)).SelectNodes('//InternalsVisibleTo').Include
        $friends | Where-Object { $_ -notmatch '\.Tests$' -and $_ -ne 'MicroGrad.Benchmarks' -and $_ -notin $above } | Should -BeNullOrEmpty
    }
}
