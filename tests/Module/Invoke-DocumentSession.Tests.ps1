# The judge of the documentation: it must tell a session that agrees from one that does not.

BeforeAll {
    $script:script = "$PSScriptRoot/Invoke-DocumentSession.ps1"

    function Invoke-Document([string[]] $Line) {
        $document = Join-Path $TestDrive document.md
        Set-Content $document $Line
        $session = {
            param($Script, $Path, $WorkingDirectory)
            & $Script -Path $Path -WorkingDirectory $WorkingDirectory
        }
        $given = $script, $document, "$TestDrive"
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $session -args $given
    }
}

Describe 'Invoke-DocumentSession' {
    It 'agrees where what is printed is shown, and disagrees where it is not' {
        $blocks = Invoke-Document @(
            '```powershell', 'PS> $x = 20', 'PS> $x + 1', '21', '```'
            '```powershell', 'PS> $x + 1', '22', '```'
            '```powershell', 'PS> $x + 1', '```'
            '```powershell', 'PS> $x + 1', '21', '21', '```'
            '```powershell', 'PS> $null', 'nothing', '```'
        )
        $blocks.Agrees | Should -Be $true, $false, $false, $false, $false
        $blocks.Line | Should -Be 1, 6, 10, 13, 18
    }

    It 'reads continued lines, blank lines around outputs, and an ellipsis for any lines' {
        $ellipsis = [char] 0x2026
        $blocks = Invoke-Document @(
            '```powershell', 'PS> foreach ($i in 1..5) {', '>>     $i', '>> }', '', '1', $ellipsis, '5', '', '```'
            '```powershell', 'PS> 1..5', '1', $ellipsis, '4', '```'
        )
        $blocks.Agrees | Should -Be $true, $false
    }

    It 'compares the messages of errors and warnings' {
        $blocks = Invoke-Document @(
            '```powershell', 'PS> New-GradDataset Moons 0', 'New-GradDataset: The count is 0; give at least 1 row.', '```'
            '```powershell', 'PS> New-GradDataset Moons 0', 'New-GradDataset: The count is 1; give at least 1 row.', '```'
            '```powershell', 'PS> Write-Warning careful', 'WARNING: careful', '```'
        )
        $blocks.Agrees | Should -Be $true, $false, $true
    }

    It 'runs a block without a prompt as a whole, and compares it with the block of output behind it' {
        $blocks = Invoke-Document @(
            '```powershell', '$x = 20', '$x + 1', '```', '', '```output', '21', '```'
            '```powershell', '$x + 1', '```', '```output', '22', '```'
            '```powershell', '$y = 1', '```', 'Text.', '```output', 'of nothing', '```'
            '```powershell', '$x', '```'
        )
        $blocks.Agrees | Should -Be $true, $false, $true, $false
        $blocks.Line | Should -Be 1, 9, 15, 22
    }

    It 'leaves out blocks of other languages' {
        $blocks = Invoke-Document '```pwsh', '1 + 1', '```', '```text', 'PS> 1', '```', '```powershell', 'PS> 2', '2', '```'
        $blocks.Line | Should -Be 7
    }
}
