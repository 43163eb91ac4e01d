# Each tutorial is also a script. What its blocks print is compared in DocumentationExamples.Tests.ps1.

BeforeDiscovery {
    $script:tutorials = Get-ChildItem "$PSScriptRoot/../../docs/tutorials" -Filter *.md |
        ForEach-Object { @{ Name = $_.BaseName } }
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:folder = (Resolve-Path "$PSScriptRoot/../../docs/tutorials").ProviderPath
    $script:made = (New-Item -ItemType Directory "$TestDrive/scripts").FullName
    & "$PSScriptRoot/../../docs/Update-Tutorials.ps1" -Destination $made
}

Describe 'The script of tutorial <Name>' -ForEach $tutorials {
    It 'holds what the tutorial has to paste' {
        Get-Content -Raw "$folder/$Name.ps1" |
            Should -BeExactly (Get-Content -Raw "$made/$Name.ps1") -Because 'docs/Update-Tutorials.ps1 brings it in step'
    }

    It 'is named in the tutorial' {
        Get-Content -Raw "$folder/$Name.md" | Should -Match ([regex]::Escape("($Name.ps1)"))
    }

    It 'does not go on without the module' {
        $said = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command {
            param($Script)
            $env:PSModulePath = "$PSHOME/Modules"
            try { . $Script } catch { $_.FullyQualifiedErrorId }
        } -args "$folder/$Name.ps1"
        $said | Should -BeExactly 'ScriptRequiresMissingModules'
    }

    It 'runs to its end, with no errors but those that it shows' {
        $directory = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $directory
        Copy-Item "$PSScriptRoot/../../examples" $directory -Recurse
        $run = {
            param($Module, $Script, $Directory)
            $env:PSModulePath = $Module + [IO.Path]::PathSeparator + $env:PSModulePath
            Set-Location $Directory
            . $Script *> $null
            'ended'
            $Error.ForEach({ $_.ToString() })
        }
        $given = (Split-Path (Split-Path (Get-Module MicroGrad).ModuleBase)), "$folder/$Name.ps1", $directory
        $printed = @(& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $run -args $given)
        $printed | Should -Contain 'ended'
        $text = (Get-Content -Raw "$folder/$Name.md") -replace '\s+', ' '
        foreach ($problem in $printed -ne 'ended') {
            $text | Should -Match ([regex]::Escape(($problem -replace '\s+', ' ').Trim()))
        }
    }
}
