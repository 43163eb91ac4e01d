# The package: binaries beside the manifest, views and help.

function Invoke-BuildTask {
    param([switch] $Clean)

    if (Test-Path "$root/output") {
        Remove-Item "$root/output" -Recurse -Force
    }
    if ($Clean) {
        Invoke-Dotnet build "$root/src/MicroGrad.PowerShell" --configuration Release --nologo --verbosity quiet --no-incremental
    }
    $package = Get-PackagePath
    Export-ModulePackage $package
    Write-Host "Built $package"
}

# Publishes the binaries and puts them beside the manifest, whose version comes from Directory.Build.props.
function Export-ModulePackage {
    param([string] $Path)

    Invoke-Dotnet publish "$root/src/MicroGrad.PowerShell" --configuration Release --nologo --verbosity quiet --output $Path
    Get-ChildItem $Path -Include '*.pdb', '*.deps.json', '*.xml' -Recurse | Remove-Item
    Copy-Item "$root/module/*" $Path -Recurse
    Copy-Item "$root/LICENSE" $Path
    $manifest = "$Path/MicroGrad.psd1"
    (Get-Content -Raw $manifest) -replace "ModuleVersion(\s*)= '[^']*'", "ModuleVersion`$1= '$(Get-ProjectVersion)'" |
        Set-Content $manifest -NoNewline
    & "$root/docs/Export-AboutTopic.ps1" -Source "$root/docs/en-US" -Destination "$Path/en-US"
}

# Puts a finished package in the place of a build.
function Expand-ModulePackage {
    param([string] $PackagePath)

    # Read before the folder goes that it may lie in.
    $content = [IO.MemoryStream]::new([IO.File]::ReadAllBytes((Resolve-Path $PackagePath).ProviderPath))
    if (Test-Path "$root/output") {
        Remove-Item "$root/output" -Recurse -Force
    }
    $folder = Get-PackagePath
    [IO.Compression.ZipFile]::ExtractToDirectory($content, $folder)
    foreach ($name in '_rels', '[Content_Types].xml', 'MicroGrad.nuspec') {
        Remove-Item -LiteralPath "$folder/$name" -Recurse -Force
    }
    Write-Host "Took $PackagePath as it is"
}

# Builds and packs twice: the same source gives the same bytes. Then the package is tried in an empty profile.
function Invoke-PackageTask {
    $version = Get-ProjectVersion
    $scratch = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $null = New-Item -ItemType Directory -Path "$scratch/feed", "$scratch/profile"
    try {
        Invoke-BuildTask
        $first = & "$root/packaging/New-ModulePackage.ps1" -ModulePath (Get-PackagePath) -Destination "$scratch/feed"
        Invoke-BuildTask -Clean
        $second = & "$root/packaging/New-ModulePackage.ps1" -ModulePath (Get-PackagePath) -Destination "$root/output"
        $hash = (Get-FileHash -LiteralPath $second -Algorithm SHA256).Hash
        if ((Get-FileHash -LiteralPath $first -Algorithm SHA256).Hash -ne $hash) {
            throw 'Two builds of the same source gave two different packages.'
        }

        $found = & "$root/packaging/Install-IntoEmptyProfile.ps1" -Package $first -ProfilePath "$scratch/profile"
        if ($null -eq $found -or $found.Version -ne $version -or $found.Gradient -ne 6 -or $found.Epochs -ne 5 -or $found.Examples -lt 3) {
            throw "The installed package does not work as it should: $($found | ConvertTo-Json -Compress)"
        }
    } finally {
        Remove-Item -LiteralPath $scratch -Recurse -Force
    }
    Write-Host "Packed $second"
    Write-Host "SHA256 $hash"
}
