# -Path reads a file as Import-Csv does, held against it over files that a seeded generator writes: names and cells row by
# row, or an error whose id says why not.

BeforeDiscovery {
    $script:batches = 0..11 | ForEach-Object { @{ First = 40 * $_; Last = 40 * $_ + 39 } }
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:model = New-Mlp 1 1 -Seed 1
    $null = Start-MlpTraining $model -Data @{ N = 1; Y = 1 }, @{ N = 2; Y = 2 } -Feature N -Target Y -Epoch 1 -WarningAction SilentlyContinue

    # A cell as it may stand in a file. Quotes may hold what would end a cell, and text may follow them.
    function Get-Cell([random] $Random, [char] $Delimiter) {
        $plain = 'a', 'b c', 'Ä', '日本', '', ' ', "`u{1F600}", '#x', "it's", '1.5', 'true', "x`ty"
        $held = "$Delimiter", '""', "`n", "`r`n", "`r", '', 'q', ' lead', 'trail ', "a$($Delimiter)b"
        switch ($Random.Next(10)) {
            { $_ -lt 5 } { $plain[$Random.Next($plain.Length)].Replace("$Delimiter", '.') }
            5 { ' ' + $plain[$Random.Next($plain.Length)].Replace("$Delimiter", '.') }
            6 { $plain[$Random.Next($plain.Length)].Replace("$Delimiter", '.') + ' ' }
            7 { 'in "the" middle' }
            8 { '"' + $held[$Random.Next($held.Length)] + $held[$Random.Next($held.Length)] + '"' }
            9 { '"' + $held[$Random.Next($held.Length)] + '"' + ('', ' ', 'after', ' after ', '"more"')[$Random.Next(5)] }
        }
    }

    function Get-DelimitedText([random] $Random, [char] $Delimiter) {
        $line = "`n", "`r`n", "`r"
        $end = { $Random.Next(8) -gt 0 ? $usual : $line[$Random.Next(3)] }
        $usual = $line[$Random.Next(3)]
        $text = [System.Text.StringBuilder]::new()
        if ($Random.Next(4) -eq 0) { $null = $text.Append('#TYPE System.Thing').Append((& $end)) }
        if ($Random.Next(5) -eq 0) { $null = $text.Append('#Software: a log').Append((& $end)) }
        $hasComment = $text.Length -gt 0
        $width = $Random.Next(1, 5)
        $known = 'A', 'two words', ' lead', '"quoted, name"', 'Ä', 'a"b', 'C', 'trail ', "`"new`nline`"", '', 'D', 'N'
        $names = [string[]]@('N') + @(for ($i = 0; $i -lt $width; $i++) { $known[$Random.Next($known.Length)] })
        if ($Random.Next(3) -gt 0) { $names = [string[]]@($names | Select-Object -Unique) }
        $null = $text.Append($hasComment -and $Random.Next(2) -eq 0 ? '#Fields: ' : '')
        $null = $text.Append($names -join $Delimiter).Append([string]$Delimiter * ($Random.Next(4) -eq 0 ? $Random.Next(3) : 0))
        foreach ($i in 1..$Random.Next(1, 6)) {
            $null = $text.Append((& $end))
            if ($Random.Next(10) -eq 0) { $null = $text.Append((& $end)) }
            $count = $Random.Next(12) -eq 0 ? $Random.Next($names.Length) : $names.Length - 1
            $cells = @("$i") + @(for ($j = 0; $j -lt $count; $j++) { Get-Cell $Random $Delimiter })
            $null = $text.Append($cells -join $Delimiter).Append([string]$Delimiter * ($Random.Next(8) -eq 0 ? $Random.Next(3) : 0))
            if ($Random.Next(40) -eq 0) { $null = $text.Append($Delimiter).Append('more') }
        }
        if ($Random.Next(3) -gt 0) { $null = $text.Append((& $end)) }
        $text.ToString()
    }

    # An empty cell and one that is not there are missing alike.
    function Get-Reading([object[]] $Rows) {
        foreach ($row in $Rows) {
            $cells = foreach ($property in $row.PSObject.Properties) {
                if ($property.Name -ne 'Prediction') { "$($property.Name)=$($property.Value)" }
            }
            $cells -join '|'
        }
    }

    function Compare-File([string] $Path, [char] $Delimiter) {
        $expected = try { @(Get-Reading @(Import-Csv $Path -Delimiter $Delimiter -ErrorAction Stop -WarningAction SilentlyContinue)) } catch { $_ }
        $problems = @()
        $actual = @(try { Get-Reading @(Invoke-Mlp $model -Path $Path -Delimiter $Delimiter -ErrorVariable problems -ErrorAction SilentlyContinue) } catch { $problems += $_ })
        $ids = @($problems.ForEach({ $_.FullyQualifiedErrorId -replace ',.*' }).Where({ $_ }) | Sort-Object -Unique)
        [pscustomobject]@{ Expected = $expected; Actual = $actual; Ids = $ids; Same = ($expected -join "`n") -ceq ($actual -join "`n") -and -not $ids }
    }
}

Describe 'A file by -Path' {
    It 'has the names and cells that Import-Csv reads, or an error says why not: files <First> to <Last>' -ForEach $batches {
        $encodings = @{
            'UTF-8' = [System.Text.UTF8Encoding]::new($false); 'UTF-8 with a mark' = [System.Text.UTF8Encoding]::new($true)
            'UTF-16' = [System.Text.UnicodeEncoding]::new($false, $true); 'UTF-16, big end first' = [System.Text.UnicodeEncoding]::new($true, $true)
        }
        $kinds = $encodings.Keys | Sort-Object
        $same = 0
        foreach ($seed in $First..$Last) {
            $random = [random]::new($seed)
            $delimiter = [char](',', ';', "`t", '|')[$random.Next(4)]
            $text = Get-DelimitedText $random $delimiter
            $path = "$TestDrive/$seed.csv"
            [System.IO.File]::WriteAllText($path, $text, $encodings[$kinds[$random.Next(4)]])
            $found = Compare-File $path $delimiter
            $same += $found.Same
            if (-not $found.Same) {
                $found.Ids | Should -Not -BeNullOrEmpty -Because "file $seed, $($text | ConvertTo-Json), is read as`n$($found.Actual -join "`n")`nand not as`n$($found.Expected -join "`n")"
                $found.Ids | Should -BeIn 'DuplicateColumn', 'RaggedRow', 'FeatureNotFound', 'EmptyData', 'InvalidCsv', 'MissingValue', 'NotANumber' -Because "file $seed is $($text | ConvertTo-Json)"
            }
        }
        $same | Should -BeGreaterThan 20
    }

    It 'takes the names of <Name>, where Import-Csv takes other lines for the names' -ForEach @(
        @{ Name = 'a #Fields: line that stands first'; Text = "#Fields: N,A`n1,x`n2,y`n" }
        @{ Name = 'the first line behind empty ones'; Text = "`r`n`r`nN,A`r`n1,x`r`n2,y`r`n" }
    ) {
        [System.IO.File]::WriteAllText("$TestDrive/first.csv", $Text)
        Get-Reading @(Invoke-Mlp $model -Path "$TestDrive/first.csv") | Should -BeExactly 'N=1|A=x', 'N=2|A=y'
    }

    It 'says why it is not read: <Id>' -ForEach @(
        @{ Id = 'InvalidCsv'; Bytes = [System.Text.Encoding]::UTF32.GetPreamble() + [System.Text.Encoding]::UTF32.GetBytes("N,A`n1,2`n") }
        @{ Id = 'InvalidCsv'; Bytes = [System.Text.Encoding]::UTF8.GetBytes("N,A`n1,`"2`n") }
        @{ Id = 'DuplicateColumn'; Bytes = [System.Text.Encoding]::UTF8.GetBytes("N,A,a`n1,2,3`n") }
        @{ Id = 'EmptyData'; Bytes = [byte[]]@() }
    ) {
        [System.IO.File]::WriteAllBytes("$TestDrive/why.csv", $Bytes)
        (Compare-File "$TestDrive/why.csv" ',').Ids | Should -BeExactly $Id
    }

    It 'gives the answers to the rows before one that can''t be read' {
        $model = New-GradDataset Xor | New-Mlp -Target Label -Seed 1
        Set-Content "$TestDrive/broken.csv" "X1,X2`n0,0`n0,1`n1,0`n`"1,1"
        $answers = @(try { Invoke-Mlp $model -Path "$TestDrive/broken.csv" } catch { $_ })
        $answers | Should -HaveCount 4
        $answers[3].FullyQualifiedErrorId | Should -BeLike 'InvalidCsv,*'
        $answers[0..2].X1 | Should -BeExactly '0', '0', '1'
    }

    It 'says that the system can''t read it, by <Command>' -ForEach @(
        @{ Command = { Invoke-Mlp $model -Path $path } }
        @{ Command = { Measure-Mlp $model -Path $path } }
        @{ Command = { New-Mlp -Path $path -Target Label } }
        @{ Command = { Start-MlpTraining $model -Path $path } }
    ) {
        # Nothing lies at the beginning of a process's memory, so reading there fails. Only Linux has it as a file.
        if ($IsLinux) {
            $script:path = '/proc/self/mem'
            $model = New-GradDataset Xor | New-Mlp -Target Label -Seed 1
            $before = $model.Parameters.Data
            $Command | Should -Throw -ErrorId 'ReadFailed,*'
            $model.Parameters.Data | Should -BeExactly $before
        }
    }
}
