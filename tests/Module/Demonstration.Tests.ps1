# What a person sees first: build.ps1 Demo, once the package is built.

BeforeAll {
    $script:root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath

    # Runs it where a desktop is there or not, with a program that notes what it is asked to open.
    function Show-Demonstration {
        param([string] $Destination, [string] $Display, [string] $Ci)

        $kept = $env:DISPLAY, $env:WAYLAND_DISPLAY, $env:CI, $env:PATH
        try {
            $env:DISPLAY, $env:WAYLAND_DISPLAY, $env:CI = $Display, '', $Ci
            $env:PATH = "$TestDrive$([IO.Path]::PathSeparator)$env:PATH"
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File "$root/examples/Show-IrisTraining.ps1" -Destination $Destination
        } finally {
            $env:DISPLAY, $env:WAYLAND_DISPLAY, $env:CI, $env:PATH = $kept
        }
    }

    Set-Content "$TestDrive/xdg-open" "#!/bin/sh`nprintf %s `"`$1`" > '$TestDrive/opened'"
    if (-not $IsWindows) {
        [IO.File]::SetUnixFileMode("$TestDrive/xdg-open", 'UserRead, UserWrite, UserExecute')
    }
    $script:folder = "$TestDrive/demo"
    $script:lines = @(Show-Demonstration -Destination $folder -Display ':0' -Ci 'true')
    $script:exit = $LASTEXITCODE
    $script:text = $lines -join "`n"
}

Describe 'The demonstration' {
    It 'ends well' {
        $exit | Should -Be 0
        $text | Should -Not -Match "`e" -Because 'it is no terminal that reads it'
    }

    It 'says in a line each what it does' {
        foreach ($word in 'Reading examples/iris.csv', 'Training a network', 'Asking it about', 'Drawing the network') {
            @($lines -match "^$word").Count | Should -Be 1 -Because $word
        }
    }

    It 'plots the loss over the epochs' {
        $text | Should -Match '[\u2801-\u28FF]{5}'
        $text | Should -Match '1 +epoch +100'
    }

    It 'shows the accuracy and the confusion matrix' {
        $text | Should -Match '30 flowers that it never saw: \d+ ?% are right'
        foreach ($class in 'setosa', 'versicolor', 'virginica') {
            $lines -match "^$class +\|" | Should -Not -BeNullOrEmpty
        }
    }

    It 'prints last where the picture and the pages are' {
        $paths = $lines | Select-Object -Last 3 | ForEach-Object Trim
        Split-Path -Leaf $paths | Should -BeExactly 'network.svg', 'lesson.html', 'training.html'
        foreach ($path in $paths) {
            [IO.Path]::IsPathFullyQualified($path) | Should -BeTrue
            (Get-Item $path).Length | Should -BeGreaterThan 1000
        }
        Get-Content -Raw $paths[2] | Should -Match 'type="range"'
    }

    It 'says what to type next, which works' {
        $start = $lines.IndexOf('To go on from here:')
        $typed = $lines[($start + 1)..($start + 3)] | ForEach-Object Trim
        $said = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command ($typed -join "`n") 2>&1 | Out-String
        $said | Should -Match '(?m)^x +3 +6'
        $said | Should -Match 'about_MicroGrad'
    }

    It 'opens nothing in CI' {
        "$TestDrive/opened" | Should -Not -Exist
    }

    # Elsewhere the page would open.
    if ($IsLinux) {
        It 'opens the training page where there is a desktop' {
            $null = Show-Demonstration -Destination $folder -Display ':0' -Ci ''
            # It opens while the script goes on.
            for ($i = 0; $i -lt 100 -and -not (Test-Path "$TestDrive/opened"); $i++) { Start-Sleep -Milliseconds 50 }
            Get-Content "$TestDrive/opened" | Should -Match 'training\.html$'
        }
    }
}
