# What the README promises of a machine with the .NET SDK alone.

BeforeAll {
    $script:root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:readme = (Get-Content -Raw "$root/README.md") -replace '\r\n', "`n"
    $script:powershell = (Get-Process -Id $PID).Path

    # The lines of the first fenced block after a heading.
    function Get-FirstBlock {
        param([string] $Heading)

        [regex]::Match($readme, "(?ms)^$Heading`n.*?^``````\w*\n(.*?)^``````").Groups[1].Value.TrimEnd() -split '\n'
    }

    # Runs a script in a new session that has the modules of some folders alone.
    function Invoke-BareSession {
        param([string] $ModulePath, [scriptblock] $Script, [object[]] $Argument)

        $bare = {
            param($ModulePath, $Text, $Argument)
            $ErrorActionPreference = 'Stop'
            $env:PSModulePath = $ModulePath
            & ([scriptblock]::Create($Text)) @Argument
        }
        & $powershell -NoProfile -NonInteractive -Command $bare -args $ModulePath, "$Script", $Argument
    }
}

Describe 'The README' {
    It 'builds and tests by two lines' {
        Get-FirstBlock '## Build and test' | Should -BeExactly @(
            'dotnet dnx -y powershell@7.6.* -- ./build.ps1 Demo'
            'dotnet dnx -y powershell@7.6.* -- ./build.ps1 Test'
        )
        $readme | Should -Match '(?s)## Build and test.*?`pwsh \./build\.ps1 Test` does the same'
    }

    It 'shows the demonstration in its first screen' {
        $screen = ($readme -split '\n' | Select-Object -First 40) -join "`n"
        $screen | Should -Match ([regex]::Escape((Get-FirstBlock '## Build and test')[0]))
    }

    It 'wants the PowerShell that the manifest wants' {
        $wanted = (Import-PowerShellDataFile "$root/module/MicroGrad.psd1").PowerShellVersion
        [regex]::Matches($readme, 'powershell@([\d.]+)\.\*').ForEach{ $_.Groups[1].Value } | Sort-Object -Unique | Should -BeExactly $wanted
    }
}

Describe 'The repository' {
    It 'runs the README''s test command in .ci/run' {
        $command = (Get-FirstBlock '## Build and test')[1]
        $lines = Get-Content "$root/.ci/run" | Where-Object { $_ -notmatch '^\s*(#|$)' }
        $lines[-1] | Should -BeExactly "exec $command"
        $lines | Should -Not -Match 'apt-get|pwsh'
    }

    It 'names versions of PowerShell nowhere else' {
        "$root/.config" | Should -Not -Exist
        $files = Get-ChildItem "$root/.github" -Recurse -File -Force
        $files.Count | Should -BeGreaterThan 1
        $files | Get-Content | Should -Not -Match '7\.\d+\.\d+|powershell@\d'
    }

    It 'names no host of packages' {
        $files = Get-ChildItem $root -Recurse -File -Force -Include *.csproj, *.props, *.sln, nuget.config, run, *.yml |
            Where-Object FullName -NotMatch '[\\/](bin|obj|output|\.modules)[\\/]'
        $files.Count | Should -BeGreaterThan 10
        $files | Select-String -Pattern 'nuget\.org|packageSources|RestoreSources' | Should -BeNullOrEmpty
    }

    It 'lints on GitHub as a step of its own' {
        Get-Content -Raw "$root/.github/workflows/ci.yml" | Should -Match '(?m)^ +- name: Lint\n +run: pwsh -NoProfile \./build\.ps1 Lint$'
    }
}

Describe 'A package built where there is no PlatyPS' {
    BeforeAll {
        $script:package = "$TestDrive/MicroGrad"
        $script:built = Invoke-BareSession "$PSHOME/Modules" {
            param($Root, $Package)
            foreach ($file in Get-ChildItem "$Root/build" -Filter *.ps1) { . $file.FullName }
            Export-ModulePackage $Package *> $null
            @(Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS).Count
        } -Argument $root, $package
        $script:help = Invoke-BareSession "$PSHOME/Modules" {
            param($Package)
            Import-Module "$Package/MicroGrad.psd1"
            (Get-Help Start-MlpTraining -Full | Out-String -Width 200), (Get-Help about_MicroGrad | Out-String)
        } -Argument $package
    }

    It 'was built so' {
        $built | Should -Be 0
    }

    It 'has the help of a cmdlet, with its parameters, examples and notes' {
        $page = Get-Content -Raw "$root/docs/en-US/Start-MlpTraining.md"
        $help[0] | Should -Match ([regex]::Match($page, '## SYNOPSIS\s+(\S+ \S+ \S+)').Groups[1].Value)
        foreach ($name in [regex]::Matches($page, '(?m)^### (-\w+)').ForEach{ $_.Groups[1].Value }) {
            $help[0] | Should -Match "(?m)^ +$name\b"
        }
        $help[0] | Should -Match 'Example 1: '
        $help[0] | Should -Match '(?m)^NOTES'
    }

    It 'has its topics' {
        $help[1] | Should -Match 'about_MicroGrad'
        $help[1] | Should -Match 'SHORT DESCRIPTION'
    }
}

Describe 'Invoke-ModuleTest' {
    BeforeAll {
        # What any other Pester would do to the tests.
        $other = New-Item -ItemType Directory "$TestDrive/other/Pester/99.0.0"
        Set-Content "$other/Pester.psm1" "throw 'The wrong Pester'"
        New-ModuleManifest "$other/Pester.psd1" -RootModule Pester.psm1 -ModuleVersion 99.0.0
        Set-Content "$TestDrive/Which.Tests.ps1" "Describe 'Pester' { It 'is the project''s own' {
            (Get-Module Pester).Version | Should -Be '$((Get-Module Pester).Version)'
            (Get-Process -Id `$PID).ProcessName | Should -Be pwsh } }"
    }

    It 'runs on the Pester of the project where another is installed' {
        $told = Invoke-BareSession "$TestDrive/other$([IO.Path]::PathSeparator)$PSHOME/Modules" {
            param($Root, $Folder)
            & "$Root/tests/Invoke-ModuleTest.ps1" -ResultPath "$Folder/which.json" -Path "$Folder/Which.Tests.ps1" *>&1 | Out-String
        } -Argument $root, $TestDrive
        Get-Content -Raw "$TestDrive/which.json" | ConvertFrom-Json | Select-Object -ExpandProperty Passed | Should -Be 1 -Because "$told"
    }

    It 'goes on in PowerShell''s own program, with what it was given' {
        . "$root/build/OwnProcess.ps1"
        Set-Content "$TestDrive/Given's.ps1" 'param([string[]] $Path, [string] $Name, [switch] $Quick)
            "$PSCommandPath $($Path.Count) $($Path -join "|") $Name $Quick $((Get-Process -Id $PID).ProcessName)"
            exit 3'
        $told = Invoke-InOwnProcess "$TestDrive/Given's.ps1" ([ordered]@{ Path = "it's", '$x'; Name = 'a b'; Quick = [switch] $true })
        $LASTEXITCODE | Should -Be 1
        $told | Should -BeLike "*Given's.ps1 2 it's|`$x a b True pwsh"
        foreach ($script in "$root/build.ps1", "$root/tests/Invoke-ModuleTest.ps1") {
            Get-Content -Raw $script | Should -Match '(?s)if \(Test-ToolProcess\) \{\s+Invoke-InOwnProcess \$PSCommandPath \$PSBoundParameters\s+exit \$LASTEXITCODE'
        }
    }
}
