# The browser that the pages are tested in: Chromium or one of its kind.

# The first that starts of: the one that MICROGRAD_CHROMIUM names, one on the path, one that Playwright installed before, one
# that Playwright installs now, and Debian's where apt-get may be used.
function Find-Chromium {
    if ($env:MICROGRAD_CHROMIUM) {
        if (-not (Test-Browser $env:MICROGRAD_CHROMIUM)) {
            throw "MICROGRAD_CHROMIUM names '$env:MICROGRAD_CHROMIUM', which is no browser that starts."
        }
        return $env:MICROGRAD_CHROMIUM
    }
    $found = @(Find-BrowserOnPath) + @(Find-PlaywrightBrowser) | Where-Object { Test-Browser $_ } | Select-Object -First 1
    if ($found) {
        return $found
    }
    Install-PlaywrightBrowser
    $found = Find-PlaywrightBrowser | Where-Object { Test-Browser $_ } | Select-Object -First 1
    if ($found) {
        return $found
    }
    Install-DebianBrowser
    $found = Find-BrowserOnPath | Where-Object { Test-Browser $_ } | Select-Object -First 1
    if (-not $found) {
        throw 'The pages are tested in Chromium, and none was found nor could be installed: install it (on Debian: apt-get install chromium), or name its program in MICROGRAD_CHROMIUM.'
    }
    $found
}

# Starts it for its version. On Windows that would open a window.
function Test-Browser {
    param([string] $Path)

    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) {
        return $false
    }
    if ($IsWindows) {
        return $true
    }
    try {
        & $Path --version *> $null
        $LASTEXITCODE -eq 0
    } catch {
        $false
    }
}

function Find-BrowserOnPath {
    Get-Command chromium, chromium-browser, google-chrome, chrome, msedge -CommandType Application -ErrorAction Ignore |
        ForEach-Object Source
}

# Playwright keeps its browsers in a cache of the user's, a folder for each build.
function Find-PlaywrightBrowser {
    $cache = if ($env:PLAYWRIGHT_BROWSERS_PATH) {
        $env:PLAYWRIGHT_BROWSERS_PATH
    } elseif ($IsWindows) {
        "$env:LOCALAPPDATA/ms-playwright"
    } elseif ($IsMacOS) {
        "$HOME/Library/Caches/ms-playwright"
    } else {
        "$($env:XDG_CACHE_HOME ?? "$HOME/.cache")/ms-playwright"
    }
    $programs = 'chrome-linux*/chrome', 'chrome-win*/chrome.exe', 'chrome-mac*/*.app/Contents/MacOS/*', 'chrome-*/headless_shell*', 'chrome-headless-shell-*/chrome-headless-shell*'
    Get-ChildItem $cache -Directory -Filter 'chromium*-*' -ErrorAction Ignore |
        Sort-Object { [int] ($_.Name -replace '^.*-') } -Descending |
        ForEach-Object { Resolve-Path ($programs -replace '^', "$($_.FullName)/") -ErrorAction Ignore } |
        ForEach-Object ProviderPath
}

# By the installer in Playwright's package, which the pages' tests need anyway.
function Install-PlaywrightBrowser {
    $project = "$root/tests/MicroGrad.Browser.Tests"
    Invoke-Dotnet restore $project --nologo --verbosity quiet
    $found = & dotnet msbuild $project -nologo -getProperty:NuGetPackageRoot -getItem:PackageVersion | ConvertFrom-Json
    $version = ($found.Items.PackageVersion | Where-Object Identity -EQ 'Microsoft.Playwright').Version
    $driver = "$($found.Properties.NuGetPackageRoot)microsoft.playwright/$version/.playwright"
    $processor = "$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
    $node = $IsWindows ? "$driver/node/win32_x64/node.exe" : "$driver/node/$($IsMacOS ? 'darwin' : 'linux')-$processor/node"
    if (-not (Test-Path $node)) {
        return
    }
    Write-Host 'Installing Chromium by Playwright'
    $env:PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT ??= '10000'
    & $node "$driver/package/cli.js" install chromium *> $null
    if ($LASTEXITCODE -eq 0 -and (Test-DebianRoot)) {
        & $node "$driver/package/cli.js" install-deps chromium *> $null
    }
}

function Test-DebianRoot {
    $IsLinux -and [Environment]::UserName -eq 'root' -and (Get-Command apt-get -CommandType Application -ErrorAction Ignore)
}

function Install-DebianBrowser {
    if (Test-DebianRoot) {
        Install-DebianPackage chromium
    }
}

function Install-DebianPackage {
    param([string[]] $Name)

    Write-Host "Installing $($Name -join ' and ') by apt-get"
    & apt-get update -qq *> $null
    & env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends @Name *> $null
}
