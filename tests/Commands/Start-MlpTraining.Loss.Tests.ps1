BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../TrainingTools.ps1"

    $random = [random]::new(11)
    $script:rows = foreach ($i in 0..40) {
        [pscustomobject]@{ A = $random.NextDouble(); B = $random.NextDouble() - 0.5; W = $random.NextDouble(); Y = $random.NextDouble(); Z = $random.NextDouble() - 1; Label = 1 - 2 * ($i % 2) }
    }
    $script:columns = @{ Feature = 'A', 'B'; WarningAction = 'SilentlyContinue' }

    # How a loss runs, as -Verbose tells it.
    function Get-LossPlan($Loss, $Given = @{ Target = 'Y' }) {
        $output = $Given.Target.Count
        $said = try {
            $rows | Start-MlpTraining (New-Mlp 2 $output -Seed 1) @columns @Given -Loss $Loss -Epoch 1 -Verbose 4>&1
        } catch {
            $null
        }
        $said | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like 'The loss *' } | ForEach-Object Message
    }

    # The same loss as script that no trace follows.
    function ConvertTo-RowByRow([scriptblock] $Loss) {
        $text = "$Loss"
        $end = $Loss.Ast.ParamBlock.Extent.EndOffset - $Loss.Ast.Extent.StartOffset - 1
        [scriptblock]::Create($text.Insert($end, '; if ($false) { 1 };'))
    }

    # Trains with a loss compiled and row by row, and compares results and weights.
    function Test-EitherWay([scriptblock] $Loss, $Given, [double] $Tolerance = 1e-12, [int] $BatchSize = 9) {
        $output = if ($Given.Target -is [array]) { $Given.Target.Count } else { 1 }
        $fast, $slow = (New-Mlp 2 5, $output -Seed 3), (New-Mlp 2 5, $output -Seed 3)
        $training = $columns + $Given + @{ Epoch = 2; Optimizer = 'Sgd'; LearningRate = 0.01; BatchSize = $BatchSize; Verbose = $true }
        $a = $rows | Start-MlpTraining $fast @training -Loss $Loss 4>&1
        $b = $rows | Start-MlpTraining $slow @training -Loss (ConvertTo-RowByRow $Loss) 4>&1
        $a.Message -like 'The loss is compiled*' | Should -HaveCount 1
        $b.Message -like 'The loss runs row by row*' | Should -HaveCount 1
        $a, $b = ($a | Where-Object Epoch), ($b | Where-Object Epoch)
        $a | Should -HaveCount 2
        for ($i = 0; $i -lt 2; $i++) {
            foreach ($property in 'Loss', 'ValidationLoss', 'GradientNorm') {
                Test-Close $a[$i].$property $b[$i].$property -Tolerance $Tolerance | Should -BeTrue
            }
        }
        for ($i = 0; $i -lt $fast.ParameterCount; $i++) {
            Test-Close $fast.Parameters[$i].Data $slow.Parameters[$i].Data -Tolerance $Tolerance | Should -BeTrue
        }
    }
}

Describe 'A script block as -Loss is compiled' {
    It 'where it is <Name>' -ForEach @(
        @{ Name = 'arithmetic'; Loss = { param($prediction, $target) ($prediction - $target) * ($prediction - $target) / 2 } }
        @{ Name = 'methods'; Loss = { param($p, $t) ($p - $t).Abs().Pow(3) } }
        @{ Name = 'variables of its own'; Loss = { param($p, $t) $d = $p - $t; $square = $d * $d; (-$square) - $d } }
        @{ Name = 'static members'; Loss = { param($p, $t) [MicroGrad.GradValue]::Choose($p, $t, 3 * ($p - $t), $t - $p) * [math]::Sqrt(2) * [Math]::PI } }
        @{ Name = 'casts to values'; Loss = { param([MicroGrad.GradValue] $p, $t) $sum = [MicroGrad.GradValue] 0; $sum += ($p - $t).Pow(2); return $sum } }
        @{ Name = 'without names'; Loss = { ($args[0] - $args[1]).Pow(2) } }
        @{ Name = 'a loop'; Loss = { param($p, $t) $sum = 0; foreach ($power in 1..3) { $sum += ($p - $t).Abs().Pow($power) }; $sum } }
        @{ Name = 'a target as exponent'; Loss = { param($p, $t) (1 + $p * $p).Pow($t) } }
    ) {
        Get-LossPlan $Loss | Should -BeExactly 'The loss is compiled from one trace of the script block.'
    }

    It 'where there are several outputs: <Name>' -ForEach @(
        @{ Name = 'by place'; Loss = { param($p, $t) ($p[0] - $t[0]).Pow(2) + ($p[-1] - $t[1]).Abs() } }
        @{ Name = 'in a loop by place'; Loss = { param($p, $t) $sum = 0; foreach ($i in 0..($p.Count - 1)) { $sum += ($p[$i] - $t[$i]).Pow(2) }; $sum / $p.Length } }
        @{ Name = 'in a loop with a counter'; Loss = { param($p, $t) $i = 0; $sum = 0; foreach ($x in $p) { $sum += ($x - $t[$i]).Pow(2); $i++ }; $sum } }
        @{ Name = 'taken apart'; Loss = { param($p, $t) $a, $b = $p; ($a - $t[0]) * ($b - $t[1]) } }
        @{ Name = 'as lists'; Loss = { param($p, $t) [MicroGrad.GradValue]::LogSumExp($p) - [MicroGrad.GradValue]::Dot($p, $t) } }
    ) {
        Get-LossPlan $Loss @{ Target = 'Y', 'Z' } | Should -BeExactly 'The loss is compiled from one trace of the script block.'
    }

    It 'and gives what it gives row by row in batches of <_>' -ForEach 1, 7, 8, 9, 31, 0 {
        Test-EitherWay { param($p, $t) ($p - $t).Abs().Pow(3) + (1 + $p * $p).Pow($t) } @{ Target = 'Y' } -BatchSize $_
    }

    It 'and gives what it gives row by row for <Name>' -ForEach @(
        @{ Name = 'several outputs'; Given = @{ Target = 'Y', 'Z' } }
        @{ Name = 'weights of rows'; Given = @{ Target = 'Y', 'Z'; WeightColumn = 'W' } }
        @{ Name = 'validation rows'; Given = @{ Target = 'Y', 'Z'; ValidationFraction = 0.3 } }
        @{ Name = 'L2 and clipping'; Given = @{ Target = 'Y', 'Z'; L2 = 0.1; ClipNorm = 0.1 } }
    ) {
        Test-EitherWay { param($p, $t) [MicroGrad.GradValue]::LogSumExp($p) * ($t[0] + 2) - [MicroGrad.GradValue]::Dot($p, $t).Tanh() } $Given
    }

    It 'and gives what it gives row by row with -Precision Single' {
        Test-EitherWay { param($p, $t) ($p - $t).Softplus() * $t.Count } @{ Target = 'Y'; Precision = 'Single' } -Tolerance 1e-5
    }

    It 'and gives what it gives row by row for classes' {
        $classes = $rows | Select-Object A, B, @{ Name = 'Class'; Expression = { ('p', 'q', 'r')[[int] (2 * $_.Y)] } }
        $loss = { param($p, $t) $e = [MicroGrad.GradValue]::Softmax($p); 0 - $t[0] * $e[0].Log() - $t[1] * $e[1].Log() - $t[2] * $e[2].Log() }
        $training = $columns + @{ Target = 'Class'; Epoch = 3; BatchSize = 8 }
        $fast, $slow, $named = (New-Mlp 2 5, 3 -Seed 3), (New-Mlp 2 5, 3 -Seed 3), (New-Mlp 2 5, 3 -Seed 3)
        $a = $classes | Start-MlpTraining $fast @training -Loss $loss
        $b = $classes | Start-MlpTraining $slow @training -Loss (ConvertTo-RowByRow $loss)
        $c = $classes | Start-MlpTraining $named @training -Loss CrossEntropy
        for ($i = 0; $i -lt 3; $i++) {
            Test-Close $a[$i].Loss $b[$i].Loss -Tolerance 1e-11 | Should -BeTrue
            Test-Close $a[$i].Loss $c[$i].Loss -Tolerance 1e-9 | Should -BeTrue
        }
    }

    It 'and goes on to the same bits with -Resume' {
        $loss = { param($p, $t) ($p - $t).Abs().Pow(3) }
        $training = $columns + @{ Target = 'Y'; Epoch = 8; BatchSize = 7; Loss = $loss }
        $checkpoint = @{ CheckpointPath = "$TestDrive/loss.checkpoint"; CheckpointInterval = 1 }
        $straight, $resumed = (New-Mlp 2 4, 1 -Seed 1), (New-Mlp 2 4, 1 -Seed 9)
        $expected = $rows | Start-MlpTraining $straight @training
        $begun = $rows | Start-MlpTraining (New-Mlp 2 4, 1 -Seed 1) @training @checkpoint | Select-Object -First 3
        $rest = $rows | Start-MlpTraining $resumed @training @checkpoint -Resume
        @($begun.Loss) + @($rest.Loss) | Should -BeExactly $expected.Loss
        $resumed.Parameters.Data | Should -BeExactly $straight.Parameters.Data
    }

    It 'also in a job, which needs no session then' {
        $loss = { param($prediction, $target) ($prediction - $target).Abs().Pow(3) }
        $expected, $model = (New-Mlp 2 4, 1 -Seed 1), (New-Mlp 2 4, 1 -Seed 1)
        $null = $rows | Start-MlpTraining $expected @columns -Target Y -Epoch 5 -Loss $loss
        $said = $rows | Start-MlpTraining $model @columns -Target Y -Epoch 5 -Loss $loss -AsJob -Verbose 4>&1
        $said.Message -like 'The loss is compiled*' | Should -HaveCount 1
        $job = $said | Where-Object { $_ -is [System.Management.Automation.Job] }
        @($job | Receive-Job -Wait).Count | Should -Be 5
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
    }
}

Describe 'A script block as -Loss runs row by row' {
    It 'where a trace could not see <Name>' -ForEach @(
        @{ Name = 'a branch'; Text = 'if ($t -gt 0) { $p } else { -$p }' }
        @{ Name = 'a choice'; Text = '($t -eq 1) ? $p : -$p' }
        @{ Name = 'a comparison'; Text = '$p * ($t -eq 1)' }
        @{ Name = 'a logical operator'; Text = '$p * ($t -and 1)' }
        @{ Name = 'a negation'; Text = '$p * !$t' }
        @{ Name = 'a switch'; Text = 'switch ($t) { 1 { $p } default { -$p } }' }
        @{ Name = 'a while loop'; Text = 'while ($t -gt 0) { $p; break }' }
        @{ Name = 'a for loop'; Text = 'for ($i = 0; $i -lt $t; $i++) { $p }' }
        @{ Name = 'a try'; Text = 'try { $p } catch { $t }' }
        @{ Name = 'data'; Text = '$p * $p.Data' }
        @{ Name = 'a property'; Text = '$p * $p.Grad' }
        @{ Name = 'a detached value'; Text = '$p * $p.Detach()' }
        @{ Name = 'a cast'; Text = '$p * [double] $t' }
        @{ Name = 'text'; Text = '$p * "$t"' }
        @{ Name = 'a command'; Text = '$p | Write-Output' }
        @{ Name = 'another script'; Text = '& { $p }' }
        @{ Name = 'a look-up'; Text = '$p * $weights[$t]' }
        @{ Name = 'a look-up after a detour'; Text = '$i = 0; foreach ($n in 1..2) { $w = $weights[$i]; $i = $t }; $p * $w' }
        @{ Name = 'a range'; Text = '$sum = 0; foreach ($i in 0..$t) { $sum += $p }; $sum' }
        @{ Name = 'a changed list'; Text = '$list = @(1, 2); $list[0] = $p; $list[0]' }
        @{ Name = 'a variable of another scope'; Text = '$script:last = $p; $p' }
        @{ Name = 'static members of another type'; Text = '$p * [convert]::ToDouble($t)' }
        @{ Name = 'a method of another type'; Text = '$p * $t.CompareTo(0)' }
        @{ Name = 'a default value'; Text = $null }
    ) {
        $loss = [scriptblock]::Create($Text ? "param(`$p, `$t) $Text" : 'param($p, $t, $u = $t.ToString()) $p * $u')
        Get-LossPlan $loss | Should -BeLike "The loss runs row by row: a trace can't follow '*'."
    }

    It 'and says what stands in the way' {
        Get-LossPlan { param($p, $t) if ($t -eq 1) { $p } else { 2 * $p } } |
            Should -BeExactly "The loss runs row by row: a trace can't follow 'if (`$t -eq 1) { `$p } else { 2 * `$p }'."
    }

    It 'where a trace fails and a row does not' {
        $plan = Get-LossPlan { param($p, $t) ($p - [MicroGrad.GradValue]::new($t)).Pow(2) }
        $plan | Should -BeLike 'The loss runs row by row: a trace fails (*).'
    }

    It 'where numbers alone will do, and leaves no error behind' {
        $before = $global:Error.Count
        $plan = Get-LossPlan { param($p, $t) ($p - [math]::Abs($t)).Pow(2) }
        $plan | Should -BeExactly 'The loss runs row by row: a trace can''t follow ''[math]::Abs($t)''.'
        $global:Error.Count | Should -Be $before
    }

    It 'and follows branches on the target' {
        $loss = { param($p, $t) if ($t -eq 1) { $p * $p } else { 3 * $p * $p } }
        $model = New-Mlp 2 1 -Seed 4
        $cost = ($rows | ForEach-Object {
                $p = $model.Invoke(@($_.A, $_.B))[0].Data
                $_.Label -eq 1 ? $p * $p : 3 * $p * $p
            } | Measure-Object -Average).Average
        $result = $rows | Start-MlpTraining $model @columns -Target Label -Loss $loss -BatchSize 0 -Epoch 1
        Test-Close $result.Loss $cost | Should -BeTrue
    }

    It 'where a value from outside is to collect gradients' {
        $scale = New-GradValue 2
        $loss = { param($p, $t) ($scale * $p - $t).Pow(2) }
        Get-LossPlan $loss | Should -BeLike 'The loss runs row by row: it depends on values from outside*'
        $model = New-Mlp 2 1 -Seed 4
        $slope = ($rows | ForEach-Object {
                $p = $model.Invoke(@($_.A, $_.B))[0].Data
                2 * (2 * $p - $_.Y) * $p
            } | Measure-Object -Sum).Sum
        $scale.Grad = 0
        $null = $rows | Start-MlpTraining $model @columns -Target Y -Loss $loss -BatchSize 0 -Epoch 1
        Test-Close $scale.Grad $slope | Should -BeTrue
    }

    It 'in a job, where it reads variables' {
        $factor = 2
        $said = $rows | Start-MlpTraining (New-Mlp 2 1) @columns -Target Y -Epoch 1 -AsJob -Verbose -Loss { param($p, $t) $factor; ($p - $t).Pow(2) } 4>&1
        $said.Message -like '*a job does not see the variables of this session*' | Should -HaveCount 1
        $null = $said | Where-Object { $_ -is [System.Management.Automation.Job] } | Wait-Job
    }

    It 'where its error is found there: a number has no method of a value' {
        { $rows | Start-MlpTraining (New-Mlp 2 1) @columns -Target Y -Loss { param($p, $t) ($p - $t.Abs()).Pow(2) } } |
            Should -Throw -ErrorId 'LossFailed,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*Double*Abs*'
        { $rows | Start-MlpTraining (New-Mlp 2 1) @columns -Target Y -Loss { $args[1] } } |
            Should -Throw -ErrorId 'LossNotAGradValue,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
    }
}

Describe 'A script block as -Loss reads variables around it' {
    It 'as they are in each epoch' {
        $loss = { param($p, $t) $factor * ($p - $t).Pow(2) }
        function Get-Course($Loss) {
            $factor = 4.0
            $model = New-Mlp 2 3, 1 -Seed 1
            $rows | Start-MlpTraining $model @columns -Target Y -Loss $Loss -Epoch 4 | ForEach-Object { $factor /= 2; $_.Loss }
        }
        $fast, $slow = (Get-Course $loss), (Get-Course (ConvertTo-RowByRow $loss))
        for ($i = 0; $i -lt 4; $i++) {
            Test-Close $fast[$i] $slow[$i] -Tolerance 1e-11 | Should -BeTrue
        }
        $fast[3] / $fast[0] | Should -BeLessThan 0.2
    }

    It 'until one becomes a value that is to collect gradients' {
        $factors = @(4.0)
        $loss = { param($p, $t) $factors[0] * ($p - $t).Pow(2) }
        $losses = $rows | Start-MlpTraining (New-Mlp 2 3, 1 -Seed 1) @columns -Target Y -Loss $loss -Epoch 4 |
            ForEach-Object { if ($_.Epoch -eq 2) { $factors[0] = New-GradValue 4.0 }; $_.Loss }
        $factors[0].Grad | Should -BeGreaterThan 0
        $losses | Should -HaveCount 4
    }

    It 'until one makes it fail' {
        $factors = @(4.0)
        $loss = { param($p, $t) $factors[0] * ($p - $t).Pow(2) }
        $training = { $rows | Start-MlpTraining (New-Mlp 2 3, 1 -Seed 1) @columns -Target Y -Loss $loss -Epoch 4 | ForEach-Object { $factors[0] = 'no number' } }
        $training | Should -Throw -ErrorId 'LossFailed,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
    }
}
