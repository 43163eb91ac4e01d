# Where build.ps1 takes the browser from: in order, and by itself.

BeforeAll {
    . "$PSScriptRoot/../../build/Tools.ps1"
    . "$PSScriptRoot/../../build/Browser.ps1"
    $script:before = $env:PATH, $env:PLAYWRIGHT_BROWSERS_PATH, $env:MICROGRAD_CHROMIUM

    # A program that starts, or one that doesn't.
    function Add-Program {
        param([string] $Path, [int] $ExitCode = 0)

        $null = New-Item -ItemType Directory (Split-Path $Path) -Force
        $file = $IsWindows ? "$Path.exe" : $Path
        Set-Content $file "#!/bin/sh`nexit $ExitCode"
        if (-not $IsWindows) {
            [IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, UserExecute')
        }
        $file
    }
}

AfterAll {
    $env:PATH, $env:PLAYWRIGHT_BROWSERS_PATH, $env:MICROGRAD_CHROMIUM = $before
}

Describe 'Find-Chromium' {
    BeforeEach {
        $folder = "$TestDrive/$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $folder
        $env:PATH = "$folder/bin"
        $env:PLAYWRIGHT_BROWSERS_PATH = "$folder/playwright"
        $env:MICROGRAD_CHROMIUM = $null
        $script:cached = "$folder/playwright/chromium-1200/$($IsWindows ? 'chrome-win' : ($IsMacOS ? 'chrome-mac/Chromium.app/Contents/MacOS' : 'chrome-linux'))/chrome"
        Mock Install-PlaywrightBrowser { }
        Mock Install-DebianBrowser { }
    }

    It 'takes the one that MICROGRAD_CHROMIUM names before any other' {
        $null = Add-Program "$folder/bin/chromium"
        $env:MICROGRAD_CHROMIUM = Add-Program "$folder/own/browser"
        Find-Chromium | Should -BeExactly $env:MICROGRAD_CHROMIUM
    }

    It 'takes none instead of the one that MICROGRAD_CHROMIUM names' {
        $null = Add-Program "$folder/bin/chromium"
        $env:MICROGRAD_CHROMIUM = "$folder/nothing"
        { Find-Chromium } | Should -Throw "MICROGRAD_CHROMIUM names '$folder/nothing', which is no browser that starts."
    }

    It 'takes one on the path before Playwright''s' {
        $null = Add-Program $cached
        $expected = Add-Program "$folder/bin/google-chrome"
        Find-Chromium | Should -BeExactly $expected
    }

    It 'takes what Playwright installed before, the newest first' {
        $null = Add-Program ($cached -replace '1200', '999')
        $expected = Add-Program $cached
        Find-Chromium | Should -Be $expected
        Should -Invoke Install-PlaywrightBrowser -Times 0 -Exactly
    }

    # Windows would open a window.
    if (-not $IsWindows) {
        It 'passes over one that does not start' {
            $null = Add-Program "$folder/bin/chromium" -ExitCode 127
            $expected = Add-Program $cached
            Find-Chromium | Should -Be $expected
        }
    }

    It 'has Playwright install one, before it asks Debian' {
        Mock Install-PlaywrightBrowser { Add-Program $cached }
        Find-Chromium | Select-Object -Last 1 | Should -Be ($IsWindows ? "$cached.exe" : $cached)
        Should -Invoke Install-DebianBrowser -Times 0 -Exactly
    }

    It 'has Debian install one where Playwright can''t' {
        Mock Install-DebianBrowser { Add-Program "$folder/bin/chromium" }
        Find-Chromium | Select-Object -Last 1 | Should -Be ($IsWindows ? "$folder/bin/chromium.exe" : "$folder/bin/chromium")
        Should -Invoke Install-PlaywrightBrowser -Times 1 -Exactly
    }

    It 'says in one line that there is none, and what to do' {
        $problem = { Find-Chromium } | Should -Throw -PassThru
        $problem.Exception.Message | Should -Match 'MICROGRAD_CHROMIUM' -Because 'that is a way'
        $problem.Exception.Message | Should -Match 'apt-get install chromium'
        $problem.Exception.Message | Should -Not -Match '\n'
    }

    It 'is asked before anything is built' {
        $task = (Get-Command -Name "$PSScriptRoot/../../build/Test.ps1").ScriptBlock.Ast.ToString()
        $task.IndexOf('Find-Chromium') | Should -BeLessThan $task.IndexOf('Invoke-BuildTask')
    }
}

Describe 'Debian''s browser' {
    It 'is asked of apt-get by root alone' {
        Mock Test-DebianRoot { $false }
        Mock Install-DebianPackage { }
        Install-DebianBrowser
        Should -Invoke Install-DebianPackage -Times 0 -Exactly
        Mock Test-DebianRoot { $true }
        Install-DebianBrowser
        Should -Invoke Install-DebianPackage -Times 1 -Exactly -ParameterFilter { $Name -eq 'chromium' }
    }
}
