# The nupkg: packed from the module that is tested, installed into a profile where nothing is, and used there.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:module = Get-Module MicroGrad
    $packaging = (Resolve-Path "$PSScriptRoot/../../packaging").ProviderPath
    $folders = 'one', 'two', 'profile' | ForEach-Object { (New-Item -ItemType Directory "$TestDrive/$_").FullName }
    $script:nupkg = & "$packaging/New-ModulePackage.ps1" -ModulePath $module.ModuleBase -Destination $folders[0]
    $script:again = & "$packaging/New-ModulePackage.ps1" -ModulePath $module.ModuleBase -Destination $folders[1]
    $script:found = & "$packaging/Install-IntoEmptyProfile.ps1" -Package $nupkg -ProfilePath $folders[2]
    $script:profilePath = $folders[2]

    $zip = [IO.Compression.ZipFile]::OpenRead($nupkg)
    try {
        $script:entries = $zip.Entries | ForEach-Object { @{ Name = $_.FullName; Time = $_.LastWriteTime.DateTime; Length = $_.Length } }
        $reader = [IO.StreamReader]::new($zip.GetEntry('MicroGrad.nuspec').Open())
        $script:nuspec = ([xml] $reader.ReadToEnd()).package.metadata
        $reader.Dispose()
    } finally {
        $zip.Dispose()
    }
}

Describe 'The nupkg' {
    It 'is named by the module and its version' {
        $nupkg.Name | Should -BeExactly "MicroGrad.$($module.Version).nupkg"
    }

    It 'is the same, byte by byte, when it is packed again' {
        (Get-FileHash $again).Hash | Should -BeExactly (Get-FileHash $nupkg).Hash
    }

    It 'holds every file of the module, and beside them only what makes it a nupkg' {
        $files = Get-ChildItem $module.ModuleBase -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($module.ModuleBase, $_.FullName) -replace '\\', '/' }
        $entries.Name | Sort-Object | Should -BeExactly (@($files) + '[Content_Types].xml', '_rels/.rels', 'MicroGrad.nuspec' | Sort-Object)
    }

    It 'has the licence, and nothing that only a build needs' {
        "$($module.ModuleBase)/LICENSE" | Should -Exist
        Get-ChildItem $module.ModuleBase -Recurse -Include *.pdb, *.deps.json, *.runtimeconfig.json, *.cs, *.psm1 | Should -BeNullOrEmpty
    }

    It 'tells no time and no path of the machine that built it' {
        $entries.Time | Sort-Object -Unique | Should -Be ([datetime] '1980-01-01')
        foreach ($assembly in Get-ChildItem $module.ModuleBase -Filter *.dll) {
            $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($assembly))
            $text | Should -Match '/_/src/' -Because "$($assembly.Name) names its sources"
            $text | Should -Not -Match ([regex]::Escape((Resolve-Path "$PSScriptRoot/../..").ProviderPath))
        }
    }

    It 'says of itself what the manifest says' {
        $manifest = Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1"
        $nuspec.id | Should -BeExactly 'MicroGrad'
        $nuspec.version | Should -BeExactly $manifest.ModuleVersion
        $nuspec.authors | Should -BeExactly $manifest.Author
        $nuspec.description | Should -BeExactly $manifest.Description
        $nuspec.projectUrl | Should -BeExactly $manifest.PrivateData.PSData.ProjectUri
        $nuspec.licenseUrl | Should -BeExactly $manifest.PrivateData.PSData.LicenseUri
        $nuspec.releaseNotes | Should -BeExactly $manifest.PrivateData.PSData.ReleaseNotes
        $tags = $nuspec.tags -split ' '
        $tags | Should -Contain 'PSModule'
        foreach ($tag in $manifest.PrivateData.PSData.Tags + ($manifest.CmdletsToExport -replace '^', 'PSCmdlet_')) {
            $tags | Should -Contain $tag
        }
    }
}

Describe 'The module, installed into an empty profile' {
    It 'is the one that was installed' {
        $found.Base | Should -BeLike "*$(Split-Path -Leaf $profilePath)*MicroGrad*$($module.Version)*"
        $found.Version | Should -BeExactly "$($module.Version)"
    }

    It 'exports its cmdlets' {
        $found.Cmdlets | Sort-Object | Should -BeExactly ($module.ExportedCmdlets.Keys | Sort-Object)
    }

    It 'differentiates and trains' {
        $found.Gradient | Should -Be 6
        $found.Epochs | Should -Be 5
    }

    It 'brings its help, its topics and its views' {
        $found.Synopsis | Should -Match '^[A-Z].*\.$'
        $found.Examples | Should -BeGreaterOrEqual 3
        $found.Topic.Trim() | Should -BeExactly 'about_MicroGrad_Operators'
        $found.View | Should -Match '^x +3 +6'
    }
}

Describe 'The manifest, for the Gallery' {
    It 'has all that a page there shows' {
        $data = (Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1").PrivateData.PSData
        $data.Tags | Should -Contain 'PSEdition_Core'
        ($data.Tags -match '\s') | Should -BeNullOrEmpty
        $data.ProjectUri | Should -Match '^https://github\.com/'
        $data.LicenseUri | Should -Match '^https://github\.com/.*LICENSE$'
        $data.ReleaseNotes | Should -Match '\w{3}'
    }

    It 'asks for the PowerShell that it needs' {
        $manifest = Import-PowerShellDataFile "$($module.ModuleBase)/MicroGrad.psd1"
        $manifest.PowerShellVersion | Should -BeExactly '7.6'
        $manifest.CompatiblePSEditions | Should -BeExactly 'Core'
    }
}
