<#
.SYNOPSIS
    Packs the built module into a nupkg: the same module, the same bytes.
.DESCRIPTION
    A nupkg is a zip file with a description of what is in it. It is written here, and not by Compress-PSResource, because
    that one puts times and random names into it. Entries stand in ordinal order, all with one date.
.PARAMETER ModulePath
    The folder of the built module.
.PARAMETER Destination
    The folder to write MicroGrad.<version>.nupkg to.
.OUTPUTS
    System.IO.FileInfo: the package.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$utf8 = [Text.UTF8Encoding]::new($false)
$manifest = Import-PowerShellDataFile -LiteralPath "$ModulePath/MicroGrad.psd1"
$data = $manifest.PrivateData.PSData

function Get-Nuspec {
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }
    $tags = @('PSModule') + $data.Tags + 'PSIncludes_Cmdlet' + $cmdlets
    $fields = [ordered]@{
        id                       = 'MicroGrad'
        version                  = $manifest.ModuleVersion
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        projectUrl               = $data.ProjectUri
        description              = $manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    $lines = $fields.GetEnumerator() | ForEach-Object { "    <$($_.Key)>$([Security.SecurityElement]::Escape($_.Value))</$($_.Key)>" }
    @('<?xml version="1.0" encoding="utf-8"?>'
        '<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">'
        '  <metadata>'
        $lines
        '  </metadata>'
        '</package>'
        '') -join "`n"
}

function Get-ContentType {
    param([string[]] $Name)

    $extensions = @('rels', 'nuspec') + ($Name | ForEach-Object { [IO.Path]::GetExtension($_).TrimStart('.') } | Where-Object { $_ })
    $lines = $extensions | Sort-Object -Unique -Culture '' | ForEach-Object {
        $type = $_ -eq 'rels' ? 'application/vnd.openxmlformats-package.relationships+xml' : 'application/octet'
        "  <Default Extension=`"$_`" ContentType=`"$type`" />"
    }
    $bare = $Name | Where-Object { -not [IO.Path]::GetExtension($_) } | ForEach-Object { "  <Override PartName=`"/$_`" ContentType=`"application/octet`" />" }
    @('<?xml version="1.0" encoding="utf-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        $lines
        $bare
        '</Types>'
        '') -join "`n"
}

$relations = @('<?xml version="1.0" encoding="utf-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/MicroGrad.nuspec" Id="R1" />'
    '</Relationships>'
    '') -join "`n"

$root = (Resolve-Path -LiteralPath $ModulePath).ProviderPath
$contents = [Collections.Generic.SortedDictionary[string, byte[]]]::new([StringComparer]::Ordinal)
foreach ($file in Get-ChildItem -LiteralPath $root -Recurse -File) {
    $contents[[IO.Path]::GetRelativePath($root, $file.FullName).Replace('\', '/')] = [IO.File]::ReadAllBytes($file.FullName)
}
$types = Get-ContentType -Name $contents.Keys
$contents['MicroGrad.nuspec'] = $utf8.GetBytes((Get-Nuspec))
$contents['_rels/.rels'] = $utf8.GetBytes($relations)
$contents['[Content_Types].xml'] = $utf8.GetBytes($types)

$path = "$Destination/MicroGrad.$($manifest.ModuleVersion).nupkg"
$stream = [IO.File]::Create($path)
try {
    $zip = [IO.Compression.ZipArchive]::new($stream, 'Create', $true)
    foreach ($name in $contents.Keys) {
        $entry = $zip.CreateEntry($name, 'SmallestSize')
        $entry.LastWriteTime = [DateTimeOffset]::new(1980, 1, 1, 0, 0, 0, [timespan]::Zero)
        $entry.ExternalAttributes = 0
        $part = $entry.Open()
        $part.Write($contents[$name], 0, $contents[$name].Length)
        $part.Dispose()
    }
    $zip.Dispose()
} finally {
    $stream.Dispose()
}
Get-Item -LiteralPath $path
