# Help pages in step with the cmdlets, the help that the package ships, and the pictures of the README.

function Invoke-DocsTask {
    Import-DeveloperModule Microsoft.PowerShell.PlatyPS
    Invoke-BuildTask
    # In a process of its own, as the module's assemblies would stay loaded in this one.
    $update = {
        param($ModulePath, $Root)
        $docs = "$Root/docs"
        & "$docs/Update-HelpPage.ps1" -ModulePath $ModulePath -Source "$docs/en-US" | Where-Object Changed |
            ForEach-Object { "Brought up to date: $($_.Name)" }
        & "$docs/Export-CommandHelp.ps1" -Source "$docs/en-US" -Destination "$Root/module/en-US"
        & "$docs/Update-Images.ps1" -ModulePath $ModulePath -Destination "$docs/images"
    }
    Invoke-PowerShell -Command $update -args "$(Get-PackagePath)/MicroGrad.psd1", $root
    if ($LASTEXITCODE -ne 0) {
        throw "The pages could not be brought up to date (exit code $LASTEXITCODE)."
    }
    Copy-Item "$root/module/en-US/*" "$(Get-PackagePath)/en-US"
}
