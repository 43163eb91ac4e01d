# Each error id of the source is documented and tested; those that no other test asks for are asked for here.

BeforeDiscovery {
    $script:cases = @(
        @{ Id = 'FeatureIsTarget'; Command = { $rows | Start-MlpTraining (New-Mlp 2 1) -Feature X1, Label -Target Label } }
        @{ Id = 'FeatureNotFound'; Command = { @{ X1 = 1 } | Invoke-Mlp (New-Mlp 1 1) -Feature '[' } }
        @{ Id = 'BrowserTimeout'; Command = { & $draw Browser '<svg width="9" height="9"/>' ([timespan]::FromMilliseconds(50)) } }
        @{ Id = 'GraphvizTimeout'; Command = { & $draw Graphviz 'digraph {}' ([timespan]::FromMilliseconds(50)) } }
        @{ Id = 'InvalidCount'; Command = { New-GradDataset Moons ([int]::MaxValue) } }
        @{ Id = 'InvalidFold'; Command = { $rows | Measure-Mlp { New-Mlp 2 1 } -Fold 1 -Target Label } }
        @{ Id = 'InvalidFold'; Command = { $rows | Measure-Mlp { New-Mlp 2 1 } -Fold 5 -Target Label } }
        @{ Id = 'InvalidInputObject'; Command = { $rows | Start-MlpTraining -Model { New-Mlp 2 1 } -Target Label } }
        @{ Id = 'InvalidRecipe'; Command = { $rows | Measure-Mlp { throw 'no model' } -Fold 2 -Target Label } }
        @{ Id = 'InvalidRecipe'; Command = { $rows | Measure-Mlp { 'a model' } -Fold 2 -Target Label } }
        @{ Id = 'InvalidRecipe'; Command = { $rows | Measure-Mlp { $trained } -Fold 2 -Target Label } }
        @{ Id = 'InvalidRow'; Command = { Invoke-Mlp (New-Mlp 2 1) -InputObject (, [double[, ]]::new(2, 2)) } }
        @{ Id = 'InvalidRow'; Command = { Invoke-Mlp (New-Mlp 2 1) -InputObject @((1, 2), $null) } }
        @{ Id = 'EmptyHistory'; Command = { [pscustomobject]@{ Epoch = 1 } | Add-Member ScriptProperty Loss { throw 'no loss' } -PassThru | Show-MlpPlot -ErrorAction SilentlyContinue } }
        @{ Id = 'InvalidRow'; Command = { [pscustomobject]@{ X1 = 1 } | Add-Member ScriptProperty X2 { throw 'no number' } -PassThru | Invoke-Mlp (New-Mlp 2 1) } }
        @{ Id = 'ModelTooLarge'; Command = { New-Mlp 100000 100000 } }
        @{ Id = 'ParameterArgumentValidationError'; Command = { $rows | Invoke-Mlp (New-Mlp 2 1) -Feature $null } }
        @{ Id = 'ParameterArgumentValidationError'; Command = { $rows | Measure-Mlp (New-Mlp 2 1) -Target $null } }
        @{ Id = 'ParameterArgumentValidationError'; Command = { $rows | Start-MlpTraining (New-Mlp 2 1) -Categorical $null -Target Label } }
        @{ Id = 'ParameterArgumentValidationError'; Command = { $rows | Show-MlpPlot -Model (New-Mlp 2 1) -Feature $null } }
        @{ Id = 'ParameterArgumentValidationError'; Command = { $rows | Measure-Mlp { New-Mlp 2 1 } -Fold 2 -Training $null -Target Label } }
        @{ Id = 'PathNotFound'; Command = { Import-Mlp '[' } }
        @{ Id = 'ReadFailed'; Command = { Import-Mlp $locked } }
        @{ Id = 'TrainingFailed'; Command = {
                $stopped = { throw [System.Management.Automation.PipelineStoppedException]::new() }
                $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -Loss $stopped -AsJob | Receive-Job -Wait -AutoRemoveJob
            }
        }
        @{ Id = 'UnknownActivation'; Command = { New-Mlp 2 1 -OutputActivation ([enum]::ToObject([MicroGrad.Activation], 99)) } }
        @{ Id = 'UnknownCategory'; Command = { @{ Kind = 'third' } | Invoke-Mlp $sorted } }
        @{ Id = 'UnknownInitialization'; Command = { New-Mlp 2 1 -Initialization ([enum]::ToObject([MicroGrad.Initialization], 99)) } }
        @{ Id = 'UnknownRandomKind'; Command = { New-GradRandom ([enum]::ToObject([MicroGrad.RandomKind], 99)) } }
        @{ Id = 'WriteFailed'; Command = { Export-Mlp "$TestDrive/a`0b.json" $trained } }
    )
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:repository = (Resolve-Path "$PSScriptRoot/../..").ProviderPath

    # What stands first in a call that makes an error: a word of several words, in PascalCase.
    $call = '(?:GradException\(|Require\w*(?:<\w+>)?\([^;"]*?|Resolve\([^;"]*?|=>\s*new\(|\bbase\(|new ErrorRecord\([^;"]*?)'
    $script:thrown = Get-ChildItem "$repository/src" -Recurse -Filter *.cs |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
        ForEach-Object { [regex]::Matches((Get-Content -Raw $_), $call + '\s*"(?<id>[A-Z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)+)"') } |
        ForEach-Object { $_.Groups['id'].Value } |
        Sort-Object -Unique
    $script:documented = [regex]::Matches((Get-Content -Raw "$repository/docs/en-US/about_MicroGrad_Errors.md"), '(?m)^\| (?<id>[A-Z]\w+) \| (?<text>.+) \|$') |
        Where-Object { $_.Groups['id'].Value -ne 'Id' }
}

Describe 'The error ids of the source' {
    It 'are found' {
        $thrown.Count | Should -BeGreaterThan 60
        $thrown | Should -Contain 'NotANumber'
        $thrown | Should -Contain 'InvalidEpsilon'
        $thrown | Should -Contain 'TrainingDiverged'
        $thrown | Should -Contain 'TargetNotFound'
    }

    It 'are those that about_MicroGrad_Errors lists, each once, and with a sentence' {
        ($documented | ForEach-Object { $_.Groups['id'].Value } | Sort-Object) | Should -BeExactly $thrown
        foreach ($row in $documented) {
            $row.Groups['text'].Value | Should -Match '^[A-Z0-9].{10,}\.$' -Because $row.Groups['id'].Value
        }
    }

    It 'are each asked for by a test' {
        $tests = Get-ChildItem "$repository/tests" -Recurse -Include *.Tests.ps1, *.cs |
            Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
            ForEach-Object { Get-Content -Raw $_ }
        $text = $tests -join "`n"
        $thrown | Where-Object { $text -cnotmatch "['`"]$_\b" } | Should -BeNullOrEmpty
    }
}

Describe 'Words' {
    BeforeAll {
        # Literals of the source, without comments.
        function Get-Literal([string] $Folder) {
            foreach ($file in Get-ChildItem "$repository/src/$Folder" -Recurse -Filter *.cs | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]') {
                $code = (Get-Content -Raw $file) -replace '(?m)^\s*//.*$'
                foreach ($literal in [regex]::Matches($code, '"(?<text>(?:[^"\\\r\n]|\\.)*)"')) {
                    [pscustomobject]@{ File = $file.Name; Text = $literal.Groups['text'].Value }
                }
            }
        }

        $script:parameter = '(?<![\w-])-[A-Z][a-z]\w+'
        $script:verbNoun = "\b(?:$((Get-Verb).Verb -join '|'))-[A-Z][a-z]\w+"
        $assembly = [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'MicroGrad.PowerShell' })[0]
        $script:advice = $assembly.GetType('MicroGrad.PowerShell.Errors.Advice').GetField('Rows', 'NonPublic, Static').GetValue($null)
    }

    It 'of PowerShell stand in no text of <_>' -ForEach 'MicroGrad.Engine', 'MicroGrad.Rendering' {
        $literals = @(Get-Literal $_)
        $literals.Count | Should -BeGreaterThan 100

        # What is written in other languages is code, not words.
        $literals | Where-Object { $_.File -notlike '*Export.cs' } | Where-Object { $_.Text -cmatch $parameter -or $_.Text -cmatch $verbNoun } | ForEach-Object { "$($_.File): $($_.Text)" } |
            Should -BeNullOrEmpty
    }

    It 'of advice name the parameters that the cmdlet must have, and some cmdlet has them' {
        $advice.Count | Should -BeGreaterThan 5
        $commands = @(Get-Command -Module MicroGrad)
        foreach ($row in $advice) {
            $thrown | Should -Contain $row.Item1
            $row.Item3 | Should -Match '^[A-Z].*\.$'
            $row.Item3.Length | Should -BeLessThan 200

            # A parameter behind a cmdlet's name is that cmdlet's.
            $own = [regex]::Matches(($row.Item3 -creplace "$verbNoun(?: $parameter)*"), $parameter) | ForEach-Object { $_.Value.TrimStart('-') }
            $row.Item2 | Sort-Object | Should -BeExactly ($own | Sort-Object -Unique) -Because $row.Item3
            $commands.Where({ $keys = $_.Parameters.Keys; -not $row.Item2.Where({ $_ -notin $keys }) }) | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'An error' {
    BeforeAll {
        $script:rows = @(New-GradDataset Xor)
        $script:trained = New-Mlp 2 1
        $null = $rows | Start-MlpTraining $trained -Target Label -Epoch 1
        $script:sorted = New-Mlp 2 1
        $null = @{ Kind = 'first'; Y = 1 }, @{ Kind = 'second'; Y = 2 } | Start-MlpTraining $sorted -Target Y -Categorical Kind -Epoch 1

        # A stand-in for Graphviz that is slower than it may be; two minutes is what it gets from the cmdlet.
        $script:slow = "$TestDrive/slow" + ($IsWindows ? '.cmd' : '')
        [IO.File]::WriteAllText($slow, $IsWindows ? "@ping -n 60 127.0.0.1 >nul`r`n" : "#!/bin/sh`nexec sleep 60`n")
        if (-not $IsWindows) {
            [IO.File]::SetUnixFileMode($slow, 'UserRead, UserWrite, UserExecute')
        }
        $script:draw = {
            param([string] $Program, [string] $Text, [timespan] $Limit)
            $assembly = (Get-Command Export-GradGraph).ImplementingType.Assembly
            $method = $assembly.GetType("MicroGrad.PowerShell.Pictures.$Program").GetMethod('Draw')
            $format = [enum]::Parse($method.GetParameters()[2].ParameterType, 'Png')
            $options = [activator]::CreateInstance($method.GetParameters()[3].ParameterType)
            try {
                $method.Invoke($null, @($slow, $Text, $format, $options, [Threading.CancellationToken]::None, $Limit))
            } catch {
                $cause = $_.Exception.GetBaseException()
                throw [System.Management.Automation.ErrorRecord]::new($cause, $cause.ErrorId, 'InvalidResult', $null)
            }
        }

        $script:locked = "$TestDrive/locked.json"
        $trained | Export-Mlp $locked
        $script:lock = [IO.File]::Open($locked, 'Open', 'ReadWrite', 'None')
    }

    AfterAll {
        $lock.Dispose()
    }

    It 'has the id <Id>: <Command>' -ForEach $cases {
        $problem = $null
        try {
            $problem = & $Command 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
        } catch {
            $problem = $_
        }
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id*"
        $problem.Exception.Message | Should -Not -BeNullOrEmpty
    }

    It 'says which parameter helps, where the cmdlet has it: <Like>' -ForEach @(
        @{ Like = '*exists already. Use -Force to *'; Command = { Export-Mlp $locked $trained } }
        @{ Like = '*.txt*.svg*Or say with -Format*'; Command = { New-GradValue 1 | Export-GradGraph "$TestDrive/a.txt" } }
        @{ Like = '*choose -MissingValue Skip to leave the rows out, or Mean*'; Command = { @{ X1 = 1; Y = $null }, @{ X1 = 1; Y = 2 } | Start-MlpTraining (New-Mlp 1 1) -Target Y } }
    ) {
        $problem = try { & $Command 2>&1 } catch { $_ }
        $advice = $problem.ErrorDetails.RecommendedAction
        $advice | Should -Not -BeNullOrEmpty
        "$problem $advice" | Should -BeLike $Like
        $shown = ($problem | Out-String -Width 400) -replace '\e\[[\d;]*m' -replace '\s*\n\s+\| ', ' '
        [regex]::Matches($shown, [regex]::Escape($problem.Exception.Message)).Count | Should -Be 1 -Because $shown
        [regex]::Matches($shown, [regex]::Escape($advice)).Count | Should -Be 1 -Because $shown
    }

    It 'names no parameter that the cmdlet lacks' {
        $problem = try { @{ A = 1; B = $null } | Invoke-GradFunction { param($a, $b) $a * $b } 2>&1 } catch { $_ }
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -Not -Match '-MissingValue'
    }

    It 'is one line of at most 1,000 characters without control characters, whatever data gave to it' {
        $nasty = "$([char]27)]8;;http://x$([char]7)$([char]0x202E)`r`n" * 500
        $problem = try { New-GradValue $nasty 2>&1 } catch { $_ }
        "$problem".Length | Should -BeLessOrEqual 1000
        "$problem" | Should -Not -Match '[\p{Cc}\u202E]'
        "$problem" | Should -BeLike '*such as 1.5.'
    }
}
