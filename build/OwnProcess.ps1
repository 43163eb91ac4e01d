# As a .NET tool, PowerShell runs in a process called dotnet, which can't be started the way PowerShell is: scripts that
# start further sessions go on in PowerShell's own program, which the tool's package holds.

function Test-ToolProcess {
    (Get-Process -Id $PID).ProcessName -eq 'dotnet'
}

# Runs a script with parameters in PowerShell's own program; its exit code is in LASTEXITCODE.
function Invoke-InOwnProcess {
    param([string] $Script, [Collections.IDictionary] $Parameter)

    $own = Get-Command "$PSHOME/pwsh" -CommandType Application -ErrorAction Ignore
    if (-not $own -or $IsMacOS) {
        [Console]::Error.WriteLine("$(Split-Path -Leaf $Script): PowerShell's .NET tool has no program of its own on this system: install PowerShell, and run the script by 'pwsh'.")
        $global:LASTEXITCODE = 1
        return
    }
    if (Test-ToolProcess) {
        $env:DOTNET_ROOT ??= Split-Path (Get-Process -Id $PID).Path
    }
    $arguments = foreach ($name in $Parameter.Keys) {
        $values = foreach ($value in $Parameter[$name]) {
            $value -is [switch] ? "`$$value" : "'$([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value))'"
        }
        "-${name}:$($values -join ',')"
    }
    $call = "& '$([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Script))' $arguments; exit [int] (-not `$?)"
    & $own -NoProfile -Command $call
}
