# What a person at a prompt pipes: objects of the system, of files, of dictionaries, of JSON. Each gives a model, or one
# clear error.

BeforeDiscovery {
    $script:models = @(
        @{ Name = 'processes'; Rows = { Get-Process }; Given = @{ Target = 'WS'; Feature = 'CPU', 'Handles', 'NPM'; MissingValue = 'Mean' } }
        @{ Name = 'processes by name'; Rows = { Get-Process }; Given = @{ Target = 'WS'; Feature = 'ProcessName', 'Id'; Categorical = 'ProcessName' } }
        @{ Name = 'chosen of processes'; Rows = { Get-Process | Select-Object CPU, WS, @{ n = 'Threads'; e = { $_.Threads.Count } } }; Given = @{ Target = 'WS'; MissingValue = 'Mean' } }
        @{ Name = 'files'; Rows = { Get-ChildItem $PSHOME -File }; Given = @{ Target = 'Extension'; Feature = 'Length', 'LastWriteTime'; MissingValue = 'Skip' } }
        @{ Name = 'dates'; Rows = { 1..30 | ForEach-Object { [datetime]::new(2024, 1, $_) } }; Given = @{ Target = 'DayOfWeek'; Feature = 'DayOfYear', 'Day' } }
        @{ Name = 'hashtables'; Rows = { 1..20 | ForEach-Object { @{ A = $_; B = 2 * $_; Y = $_ % 2 } } }; Given = @{ Target = 'Y'; Classification = $true } }
        @{ Name = 'ordered dictionaries'; Rows = { 1..20 | ForEach-Object { [ordered]@{ A = $_; Y = "c$($_ % 2)" } } }; Given = @{ Target = 'Y' } }
        @{ Name = 'JSON'; Rows = { '[{"A":1,"Y":"p"},{"A":2.5,"Y":"q"}]' | ConvertFrom-Json }; Given = @{ Target = 'Y' } }
        @{ Name = 'JSON as hashtables'; Rows = { '[{"A":1,"Y":"p"},{"A":2.5,"Y":"q"}]' | ConvertFrom-Json -AsHashtable }; Given = @{ Target = 'Y' } }
        @{ Name = 'JSON with nothing in places'; Rows = { '[{"A":1,"Y":"p"},{"A":null,"Y":"q"},{"Y":"p"}]' | ConvertFrom-Json }; Given = @{ Target = 'Y'; MissingValue = 'Mean' } }
        @{ Name = 'times'; Rows = { 1..10 | ForEach-Object { [pscustomobject]@{ T = [timespan]::FromMinutes($_); U = [TimeOnly]::new($_, 0); Y = $_ } } }; Given = @{ Target = 'Y' } }
        @{ Name = 'wide numbers'; Rows = { 1..10 | ForEach-Object { [pscustomobject]@{ N = [Int128]$_; P = [IntPtr]$_; B = [bigint]$_; Y = $_ } } }; Given = @{ Target = 'Y' } }
        @{ Name = 'enums'; Rows = { 1..20 | ForEach-Object { [pscustomobject]@{ Status = [DayOfWeek]($_ % 7); CanStop = [bool]($_ % 2) } } }; Given = @{ Target = 'CanStop' } }
        @{ Name = 'characters to predict'; Rows = { 1..10 | ForEach-Object { [pscustomobject]@{ A = $_; Y = [char](65 + $_ % 2) } } }; Given = @{ Target = 'Y' } }
        @{ Name = 'script properties'; Rows = { 1..20 | ForEach-Object { [pscustomobject]@{ A = $_; Y = $_ } | Add-Member ScriptProperty P { 3 + $this.A } -PassThru } }; Given = @{ Target = 'Y' } }
        @{ Name = 'groups'; Rows = { 'a', 'b', 'a' | Group-Object }; Given = @{ Target = 'Count'; Feature = 'Name'; Categorical = 'Name' } }
        @{ Name = 'measures'; Rows = { 1..5 | ForEach-Object { 1..$_ | Measure-Object -AllStats } }; Given = @{ Target = 'Sum'; Feature = 'Count', 'Average' } }
        @{ Name = 'tuples'; Rows = { 1..10 | ForEach-Object { [Tuple]::Create($_, 2.0 * $_) } }; Given = @{ Target = 'Item2' } }
        @{ Name = 'a list in the pipeline'; Rows = { , @(1..10 | ForEach-Object { @{ A = $_; Y = $_ } }) }; Given = @{ Target = 'Y' } }
        @{ Name = 'what a job brings'; Rows = { Start-ThreadJob { 1..10 | ForEach-Object { [pscustomobject]@{ A = $_; Y = $_ % 2 -eq 0 } } } | Receive-Job -Wait -AutoRemoveJob }; Given = @{ Target = 'Y' } }
        @{ Name = 'elements of XML'; Rows = { ([xml]'<r><i a="1" y="p"/><i a="2" y="q"/></r>').r.i }; Given = @{ Target = 'y'; Feature = 'a' } }
    )
    $script:mistakes = @(
        @{ Name = 'all properties of processes'; Rows = { Get-Process }; Id = 'UnreadableColumn'; Like = "*columns can't be learnt from*The other features can*CPU*-Feature*" }
        @{ Name = 'all properties of files'; Rows = { Get-ChildItem $PSHOME -File }; Target = 'Length'; Id = 'UnreadableColumn'; Like = "*columns can't be learnt from*The other features can*LastWriteTime*-Feature*" }
        @{ Name = 'all properties of commands'; Rows = { Get-Command -Module Microsoft.PowerShell.Utility }; Id = 'UnreadableColumn'; Like = "*columns can't be learnt from*-Feature*" }
        @{ Name = 'a property that fails in each row'; Rows = { 1..20 | ForEach-Object { [pscustomobject]@{ A = $_; Name = $_ } | Add-Member ScriptProperty P { throw 'no disk' } -PassThru } }; Id = 'FailingColumn'; Like = "*'P' fails in 20 of 20 rows*no disk*-Feature*" }
        @{ Name = 'objects in objects'; Rows = { 1..20 | ForEach-Object { [pscustomobject]@{ A = $_; N = [pscustomobject]@{ Q = $_ }; Name = $_ } } }; Id = 'ObjectColumn'; Like = "*'N' holds objects*20 of 20 rows*PSCustomObject*Select-Object*-Feature*" }
        @{ Name = 'lists as categories'; Rows = { 1..20 | ForEach-Object { [pscustomobject]@{ A = $_; N = 1, 2; Name = $_ } } }; Given = @{ Categorical = 'N' }; Id = 'ObjectColumn'; Like = "*'N' holds objects*Object*" }
        @{ Name = 'lists to predict'; Rows = { 1..20 | ForEach-Object { [pscustomobject]@{ A = $_; Name = 1, 2 } } }; Id = 'ObjectColumn'; Like = "*'Name' holds objects*" }
        @{ Name = 'arrays in JSON'; Rows = { '[{"A":1,"V":[1,2],"Name":"p"},{"A":2,"V":[3],"Name":"q"}]' | ConvertFrom-Json }; Id = 'ObjectColumn'; Like = "*'V' holds objects*2 of 2 rows*" }
        @{ Name = 'JSON one level up'; Rows = { '{"items":[{"A":1,"Name":"p"}]}' | ConvertFrom-Json }; Id = 'TargetNotFound'; Like = "*'Name'*items*" }
        @{ Name = 'plain numbers'; Rows = { 1..10 }; Id = 'NoFeature'; Like = '*no column besides Name*' }
        @{ Name = 'the target alone'; Rows = { 1..10 | ForEach-Object { [pscustomobject]@{ Name = $_ } } }; Id = 'NoFeature'; Like = '*no column besides Name*' }
        @{ Name = 'lines of text'; Rows = { 'one', 'two' }; Id = 'TextAsRow'; Like = "*'one'*-Path*" }
        @{ Name = 'lines of CSV'; Rows = { 'A,Name', '1,2' }; Id = 'TextAsRow'; Like = '*ConvertFrom-Csv*' }
        @{ Name = 'a foreign delimiter'; Rows = { "A;Name`n1;2" | ConvertFrom-Csv }; Id = 'WrongDelimiter'; Like = "*'A;Name'*" }
        @{ Name = 'identifiers'; Rows = { 1..10 | ForEach-Object { [pscustomobject]@{ Id = [guid]::NewGuid(); A = $_; Name = $_ } } }; Id = 'TextColumn'; Like = "*'Id' holds text*-Feature*" }
        @{ Name = 'nothing'; Rows = { }; Id = 'EmptyData'; Like = '*No rows came in*' }
    )
}

BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'Rows at a prompt' {
    It 'makes a model from <Name>, which trains and answers' -ForEach $models {
        $rows = @(& $Rows)
        $model = $rows | New-Mlp @Given
        $results = $rows | Start-MlpTraining $model -Epoch 2 -WarningAction SilentlyContinue
        $results | Should -HaveCount 2
        $results[-1].Loss | Should -BeGreaterOrEqual 0
        $answers = $rows | Invoke-Mlp $model
        @($answers).Prediction | Should -Not -BeNullOrEmpty
    }

    It 'gives one clear error for <Name>' -ForEach $mistakes {
        $given = $Given ?? @{}
        $problem = @(try { & $Rows | New-Mlp -Target ($Target ?? 'Name') @given 2>&1 } catch { $_ })
        $problem | Should -HaveCount 1
        $problem[0].FullyQualifiedErrorId | Should -BeExactly "$Id,MicroGrad.PowerShell.Commands.NewMlpCommand"
        "$($problem[0]) $($problem[0].ErrorDetails.RecommendedAction)" | Should -BeLike $Like
    }

    It 'can learn from the columns that the error names' {
        $rows = 1..9 | ForEach-Object { [pscustomobject]@{ A = $_; B = "word $_"; C = 2 * $_; D = 1, 2; Y = $_ } }
        $problem = try { $rows | New-Mlp -Target Y } catch { $_ }
        "$problem" | Should -BeLike '*The other features can: A, C.*'
        ($rows | New-Mlp -Target Y -Feature A, C).InputCount | Should -Be 2
    }

    It 'leaves a row out by its number where a property fails now and then' {
        $rows = 1..20 | ForEach-Object {
            [pscustomobject]@{ A = $_; Y = $_ } | Add-Member ScriptProperty P { if ($this.A -gt 18) { throw 'no disk' } $this.A } -PassThru
        }
        $model = $rows | New-Mlp -Target Y -ErrorVariable problems -ErrorAction SilentlyContinue
        $model.InputCount | Should -Be 2
        $own = $problems.Where({ $_.FullyQualifiedErrorId -like '*NewMlpCommand' })
        "$($own[0])" | Should -BeLike "Row 19 does not give its 'P'*no disk*"
        $own | Should -HaveCount 2
    }

    It 'asks whether -Data was meant where rows are given as -<_>' -ForEach Date, Feature, Categorical, Target {
        $given = @{ $_ = 1..3 | ForEach-Object { [pscustomobject]@{ A = $_; Y = $_ } } }
        { New-Mlp @given } | Should -Throw -ExpectedMessage "*'$_'*Was -Data meant?"
        $given = @{ $_ = [pscustomobject]@{ A = 1; Y = 2 } }
        { New-Mlp @given } | Should -Throw -ExpectedMessage '*Was -Data meant?'
        $given = @{ $_ = [System.Data.DataTable]::new() }
        { New-Mlp @given } | Should -Throw -ExpectedMessage '*Was -Data meant?'
    }
}

Describe 'Rows that are left out' {
    BeforeAll {
        $script:holey = 0..19 | ForEach-Object { [pscustomobject]@{ A = if ($_ -lt 3) { $null } else { $_ }; Y = $_ } }
    }

    It 'are counted in a warning where they are more than a tenth' {
        $model = $holey | New-Mlp -Target Y -MissingValue Skip -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeExactly '3 of 20 rows are left out, because something is missing in them: row 1 (A), row 2 (A), row 3 (A).'
        $null = $holey | Start-MlpTraining $model -Epoch 1 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '3 of 20 rows are left out*'
        $null = $holey | Measure-Mlp $model -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '3 of 20 rows are left out*'
    }

    It 'are no warning where they are a tenth or fewer, or where the mean is filled in' {
        $null = $holey[1..19] + $holey[3] | New-Mlp -Target Y -MissingValue Skip -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $null = $holey | New-Mlp -Target Y -MissingValue Mean -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }
}

Describe 'A data reader' {
    BeforeAll {
        $script:table = [System.Data.DataTable]::new()
        $null = foreach ($column in @{ D = [double] }, @{ I = [int] }, @{ S = [short] }, @{ L = [long] }, @{ F = [float] }, @{ M = [decimal] }, @{ W = [DateTime] }, @{ Y = [double] }) {
            $table.Columns.Add("$($column.Keys)", @($column.Values)[0])
        }
        foreach ($i in 1..12) {
            $null = $table.Rows.Add($i / 8, $i, [short]($i % 5), [long]$i * 4000000000, [float](0.1 * $i), [decimal]$i / 3, [datetime]::new(2024, 1, $i), $i)
        }
        $table.Rows[4]['D'] = [DBNull]::Value
    }

    It 'gives the same bits as the table that it reads' {
        $parameters = foreach ($source in { $table }, { , $table.CreateDataReader() }) {
            $model = & $source | New-Mlp -Target Y -MissingValue Mean
            $null = & $source | Start-MlpTraining $model -Epoch 3
            $model.Parameters.Data -join ' '
        }
        $parameters[1] | Should -BeExactly $parameters[0]
    }

    It 'names categories by whole numbers of any size' {
        $model = , $table.CreateDataReader() | New-Mlp -Target Y -Feature L, F -Categorical L, F
        $model.Schema.Features[0].Categories[2] | Should -BeExactly '12000000000'
        $model.Schema.Features[1].Categories[0] | Should -BeExactly '0.1'
    }
}

Describe 'A cell that a statement left without a value' {
    It 'is missing, as null is: <Name>' -ForEach @(
        @{ Name = 'an object'; Make = { param($i) [pscustomobject]@{ X = $(if ($i % 4) { $i }); Y = 2 * $i } } }
        @{ Name = 'a hashtable'; Make = { param($i) @{ X = $(if ($i % 4) { $i }); Y = 2 * $i } } }
        @{ Name = 'a calculated property'; Make = { param($i) $i | Select-Object @{ n = 'X'; e = { if ($_ % 4) { $_ } } }, @{ n = 'Y'; e = { 2 * $_ } } } }
    ) {
        $rows = 1..12 | ForEach-Object { & $Make $_ }
        { $rows | New-Mlp -Target Y } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage '3 of 12 rows*'
        $model = $rows | New-Mlp -Target Y -MissingValue Mean
        $model.FeatureNames | Should -Be 'X'
        $null = $rows | Start-MlpTraining $model -Epoch 2
        ($rows | Measure-Mlp $model).Filled | Should -Be 3
        $model.Schema.Features[0].Mean | Should -Be (1, 2, 3, 5, 6, 7, 9, 10, 11 | Measure-Object -Average).Average
    }
}

# A row that is refused for one cell leaves nothing of its others: no category, no class, no number in a mean.
Describe 'A refused row' {
    BeforeAll {
        $script:row = { param($Color, $Number, $Day, $Class, $Weight = 1) [pscustomobject]@{ color = $Color; number = $Number; day = $Day; class = $Class; weight = $Weight; y = 1.5 } }
        $script:good = 1..8 | ForEach-Object { & $row ('red', 'blue')[$_ % 2] "$_" "2024-01-0$_" ('odd', 'even')[$_ % 2] }
        $script:refused = (& $row 'GHOST' 'oops' '2024-01-01' 'GHOST'), (& $row 'GHOST' '3' 'no date' 'GHOST'), (& $row 'GHOST' "1,5,5'" '2024-01-01' 'even')
        $script:columns = @{ Feature = 'color', 'number', 'day'; Categorical = 'color'; Date = 'day'; Target = 'class' }
        $script:known = New-Mlp 8 2 -Seed 1
        $null = $good | Start-MlpTraining $known @columns -Standardize -Epoch 1
        $script:before = "$($known.Schema.Features)"
    }

    It 'leaves nothing behind in <Name>, wherever it stands' -ForEach @(
        @{ Name = 'Start-MlpTraining'; Do = { $m = New-Mlp 8 2 -Seed 1; $null = $rows | Start-MlpTraining $m @columns -Standardize -Epoch 1; $m } }
        @{ Name = 'Start-MlpTraining -WeightColumn'; Also = { & $row 'GHOST' '1' '2024-01-01' 'GHOST' 'heavy' }; Do = { $m = New-Mlp 8 2 -Seed 1; $null = $rows | Start-MlpTraining $m @columns -WeightColumn weight -Standardize -Epoch 1; $m } }
        @{ Name = 'New-Mlp'; Do = { $m = $rows | New-Mlp @columns -HiddenSize 2 -Seed 1; $m } }
        @{ Name = 'Find-MlpLearningRate'; Do = { $null = $rows | Find-MlpLearningRate (New-Mlp 8 2 -Seed 1) @columns -Step 10 } }
        @{ Name = 'Find-MlpSetting'; Do = { ($rows | Find-MlpSetting { New-Mlp 8 2 -Seed 1 } @columns -Setting @{ LearningRate = 0.1 } -Fold 2 -Training @{ Epoch = 1 } -ThrottleLimit 1) | Select-Object Score, MeanLoss } }
        @{ Name = 'Measure-Mlp -Fold'; Do = { $rows | Measure-Mlp { New-Mlp 8 2 -Seed 1 } -Fold 2 @columns -Training @{ Epoch = 1 } | Select-Object Fold, Count, Loss } }
        @{ Name = 'Measure-Mlp'; Do = { $rows | Measure-Mlp $known | Select-Object Count, Loss, Accuracy } }
        @{ Name = 'Measure-MlpFeature'; Do = { $rows | Measure-MlpFeature $known -Repeat 2 } }
        @{ Name = 'Invoke-Mlp'; Do = { ($rows | Invoke-Mlp $known).Probability } }
        @{ Name = 'Export-Mlp -Data'; Do = { Export-Mlp "$TestDrive/refused.html" $known -Data $rows -Force; (Get-Content -Raw "$TestDrive/refused.html").Replace('$rows', '') } }
        @{ Name = 'Export-MlpPlot'; Do = { $rows | Export-MlpPlot -Model $known -Kind Confusion } }
        @{ Name = 'Show-MlpPlot'; Do = { $rows | Show-MlpPlot -Model $known -Kind Confusion } }
    ) {
        $ErrorActionPreference = 'Continue'

        # What a model knows, or what is given, of the good rows alone and of all.
        function Get-Outcome { @(. $Do 2>$null 3>$null).ForEach({ $_ -is [MicroGrad.Mlp] ? "$($_.Schema.Features)$($_.Schema.Classes)$($_.Schema.Targets)" : "$($_ | Out-String)" }) -join '' }
        $script:rows = $good
        $expected = Get-Outcome
        $bad = @($refused) + @(if ($Also) { & $Also })
        foreach ($mixed in ($bad + $good), ($good + $bad), ($good[0..2] + $bad + $good[3..7])) {
            $script:rows = $mixed
            $problems = @(& $Do 2>&1 3>$null | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
            $problems.Count | Should -Be $bad.Count
            $outcome = Get-Outcome
            $outcome | Should -Not -Match 'GHOST'
            $outcome | Should -BeExactly $expected
        }
        "$($known.Schema.Features)" | Should -BeExactly $before
    }
}

Describe 'Text after a closing quote' {
    It 'is kept as Import-Csv keeps it: <_>' -ForEach '"1"0', '"1"', '1"0"', '""5', '"a""b"c', '"a,b"c', ' "1"', '"1" ', "`"1`n`"0", '"x"""', '"a"b"c"' {
        [IO.File]::WriteAllText("$TestDrive/quotes.csv", "a,b`n$_,1`nother,2`n")
        $expected = (Import-Csv "$TestDrive/quotes.csv").a
        (New-Mlp -Path "$TestDrive/quotes.csv" -Target a -Feature b -Classification).Schema.Classes | Sort-Object | Should -BeExactly ($expected | Sort-Object)
    }
}
