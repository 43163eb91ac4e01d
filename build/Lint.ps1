# What the script analyzer says of every script.

function Invoke-LintTask {
    Import-DeveloperModule PSScriptAnalyzer
    $count = Invoke-ModuleTest -Part 'scripts' -ResultPath "$root/output/LintResults" -Argument '-Path', "$root/tests/Module/ScriptAnalyzer.Tests.ps1"
    if ($count.Failed -gt 0) {
        throw "The script analyzer finds fault with $($count.Failed) of the scripts: see above."
    }
}
