# Rows of a database: SQLite from NuGet, in a process of its own, since its assemblies stay loaded.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:sqlite = "$TestDrive/sqlite"
    $output = & dotnet build "$PSScriptRoot/../Sqlite/Sqlite.csproj" --configuration Release --nologo --verbosity quiet --output $sqlite
    if ($LASTEXITCODE -ne 0) {
        throw "SQLite could not be restored from NuGet: $($output -join ' ')"
    }

    $script:manifest = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"

    # A shop's stock, and a command over it as $command.
    $script:database = @'
        $ErrorActionPreference = 'Stop'
        $PSStyle.OutputRendering = 'PlainText'
        Get-ChildItem $Sqlite -Filter *.dll | Where-Object Name -NE Sqlite.dll | ForEach-Object { Add-Type -Path $_.FullName }
        Import-Module $Manifest
        $shop = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=shop.db')
        $shop.Open()
        $insert = $shop.CreateCommand()
        $insert.CommandText = 'CREATE TABLE IF NOT EXISTS stock (amount REAL, age INTEGER, kind TEXT, sell INTEGER)'
        $null = $insert.ExecuteNonQuery()
        foreach ($i in 1..40) {
            $insert.CommandText = "INSERT INTO stock VALUES ($($i / 4), $(50 - $i), '$(('fruit', 'bread')[$i % 2])', $([int] ($i -gt 20)))"
            $null = $insert.ExecuteNonQuery()
        }
'@

    function Invoke-WithDatabase([string] $Script) {
        Push-Location (New-Item -ItemType Directory "$TestDrive/$([guid]::NewGuid())")
        try {
            $text = "param(`$Sqlite, `$Manifest)`n$database`n$Script"
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command ([scriptblock]::Create($text)) -args $sqlite, $manifest
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Rows of a database' {
    It 'train a model as the tutorial says' {
        $tutorial = Get-Content -Raw "$PSScriptRoot/../../docs/tutorials/06-your-own-rows.md"
        $block = [regex]::Match($tutorial, '(?s)```pwsh\r?\n(?<code>[^`]*SqliteConnection.*?)```').Groups['code'].Value
        $block | Should -Match 'ExecuteReader'
        $answers = Invoke-WithDatabase "`$epochs = . {`n$block`n}; (Measure-Mlp `$model -Data `$command.ExecuteReader()).Accuracy, `$model.Classes.Count"
        $answers[0] | Should -BeGreaterThan 0.9
        $answers[1] | Should -Be 2
    }

    It 'give the same model as objects with the same cells' {
        $losses = Invoke-WithDatabase @'
            $command = $shop.CreateCommand()
            $command.CommandText = 'SELECT amount, age, kind, sell FROM stock'
            $options = @{ Target = 'sell'; Categorical = 'kind'; Classification = $true; Seed = 1 }
            $reader = $command.ExecuteReader()
            $rows = foreach ($record in $reader) {
                [pscustomobject]@{ amount = $record['amount']; age = $record['age']; kind = $record['kind']; sell = $record['sell'] }
            }
            $reader.Close()
            $fromReader = New-Mlp -Data $command.ExecuteReader() @options
            $fromObjects = $rows | New-Mlp @options
            (Start-MlpTraining $fromReader -Data $command.ExecuteReader() -Epoch 20)[-1].Loss
            ($rows | Start-MlpTraining $fromObjects -Epoch 20)[-1].Loss
            (Invoke-Mlp $fromReader -Data $command.ExecuteReader()).Count
'@
        $losses[0] | Should -BeLessThan 1
        $losses[0] | Should -Be $losses[1]
        $losses[2] | Should -Be 40
    }

    It 'are divided into folds as a table is' {
        $losses = Invoke-WithDatabase @'
            $command = $shop.CreateCommand()
            $command.CommandText = 'SELECT amount, age, sell FROM stock'
            $options = @{ Fold = 3; Target = 'sell'; Seed = 1; Training = @{ Epoch = 10 } }
            $table = [System.Data.DataTable]::new()
            $table.Load($command.ExecuteReader())
            (Measure-Mlp { $_ | New-Mlp -Target sell -Seed 1 } -Data $command.ExecuteReader() @options).Loss
            (Measure-Mlp { $_ | New-Mlp -Target sell -Seed 1 } -Data $table @options).Loss
'@
        $losses | Should -HaveCount 6
        $losses[0..2] | Should -Be $losses[3..5]
    }

    It 'may have empty cells, which are missing' {
        $message = Invoke-WithDatabase @'
            $insert.CommandText = 'INSERT INTO stock VALUES (NULL, 3, NULL, 1)'
            $null = $insert.ExecuteNonQuery()
            $command = $shop.CreateCommand()
            $command.CommandText = 'SELECT amount, age, sell FROM stock'
            try { New-Mlp -Data $command.ExecuteReader() -Target sell } catch { $_.FullyQualifiedErrorId }
            (New-Mlp -Data $command.ExecuteReader() -Target sell -MissingValue Mean).InputCount
'@
        $message | Should -Be 'MissingValue,MicroGrad.PowerShell.Commands.NewMlpCommand', 2
    }
}
