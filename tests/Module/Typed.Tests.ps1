# Numbers as people type them: what they look like, or an error that says what was typed.

BeforeDiscovery {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $script:typed = foreach ($command in Get-Command -Module MicroGrad -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            $type = $parameter.ParameterType
            $element = $type.IsArray ? $type.GetElementType() : $type
            $kind = if ($element -in [int], [long]) { 'WholeNumberAttribute' }
            elseif ($element -in [double], [float], [decimal]) { 'NumberAttribute' }
            elseif ($element -eq [timespan]) { 'DurationAttribute' }
            elseif ($element.IsEnum) { 'ChoiceAttribute' }
            if ($kind) {
                @{ Cmdlet = $command.Name; Parameter = $parameter.Name; Kind = $kind; IsArray = $type.IsArray; Attributes = $parameter.Attributes }
            }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:rows = @(New-GradDataset Xor)

    function Get-Problem([scriptblock] $Script) {
        try { & $Script 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } catch { $_ }
    }
}

Describe 'The parameter -<Parameter> of <Cmdlet>' -ForEach $typed {
    It 'reads what is typed' {
        $attribute = $Attributes | Where-Object { $_.GetType().Name -eq $Kind }
        $attribute | Should -HaveCount 1
        $attribute.IsList | Should -Be $IsArray
    }
}

# A class has one base, so that cmdlets with different bases declare the same option of a training each.
Describe 'The option -<_> of a training' -ForEach @(
    'BatchSize', 'Beta1', 'Beta2', 'Epsilon', 'L2', 'LearningRate', 'Momentum', 'Nesterov', 'Optimizer', 'Seed', 'Standardize'
    'ValidationFraction', 'WeightDecay'
) {
    It 'is declared in the same way by every cmdlet that has it' {
        $name = $_
        $having = Get-Command -Module MicroGrad -CommandType Cmdlet |
            Where-Object { $_.Name -match 'Training$|Playground$|LearningRate$|Optimizer$' -and $_.Parameters.ContainsKey($name) }
        $declared = foreach ($command in $having) {
            $parameter = $command.Parameters[$name]
            $typed = $parameter.Attributes.Where{ $_.GetType().Namespace -like 'MicroGrad*' }
            $default = $command.ImplementingType::new().$name
            "$($parameter.ParameterType) = $default, aliases '$($parameter.Aliases)', $($typed.ForEach{ "$($_.GetType().Name) $($_.IsList)" })"
        }
        $having.Name | Should -Contain 'Start-MlpTraining'
        $declared | Sort-Object -Unique | Should -HaveCount 1
    }
}

Describe 'What is typed' {
    It 'is refused where it looks like something else: <Like>' -ForEach @(
        @{ Like = '*3 was given where a name is expected*commas*'; Do = { New-Mlp 4 16 3 } }
        @{ Like = '*2.6 was given where a whole number is expected.'; Do = { New-Mlp 2.6 3, 1 } }
        @{ Like = '*3.5 was given where a whole number is expected.'; Do = { New-Mlp 2 3.5, 1 } }
        @{ Like = "*'16,3' was given where a whole number is expected."; Do = { New-Mlp 4 '16,3' } }
        @{ Like = '*Nothing (*null) was given where a whole number is expected.'; Do = { New-Mlp 4 16, $null } }
        @{ Like = '*A list of 2 was given where a whole number is expected.'; Do = { New-Mlp (4, 16) 3 } }
        @{ Like = '*True was given where a whole number is expected.'; Do = { New-Mlp 4 $true } }
        @{ Like = '*30000000000 was given where a whole number up to 2147483647 is expected.'; Do = { New-Mlp 3e10 1 } }
        @{ Like = '*0.4 was given where a whole number is expected.'; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -BatchSize 0.4 } }
        @{ Like = '*Nothing (*null) was given where a whole number is expected.'; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -BatchSize $null } }
        @{ Like = "*'0,01' was given where a number is expected."; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -LearningRate '0,01' } }
        @{ Like = '*Nothing (*null) was given where a number is expected.'; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -Momentum $null } }
        @{ Like = "*'a while' was given where a number of seconds, or a time such as 00:01:30, is expected."; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -TimeLimit 'a while' } }
        @{ Like = '*2 was given where a name is expected*'; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -Optimizer 2 } }
        @{ Like = "*'2' is no loss*"; Do = { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -Loss '2' } }
        @{ Like = "*'1,5' was given where a number is expected."; Do = { Find-GradMinimum { param($x) $x * $x } '1,5' } }
        @{ Like = '*1.5 was given where a whole number is expected.'; Do = { $rows | Measure-Mlp { New-Mlp 2 1 } -Fold 1.5 -Target Label } }
    ) {
        $problem = Get-Problem $Do
        $problem | Should -HaveCount 1
        "$problem" | Should -BeLike $Like
        $problem.FullyQualifiedErrorId | Should -Not -BeLike 'System.*'
    }

    It 'is named where nothing was given to a method or an operator: <_>' -ForEach @(
        { $x.Pow($null) }, { $x * $null }, { $x.Max($null) }, { [MicroGrad.GradValue]::Sum($null) }, { $x / $null }
        { (New-Mlp 1 1).Predict($null) }, { (New-GradFunction { param($x) $x * $x }).Gradient($null) }
    ) {
        $x = New-GradValue 2
        $x | Should -Not -BeNullOrEmpty
        $problem = Get-Problem $_
        "$problem" | Should -BeLike '*Nothing (null) was given where a*number* is expected.*'
        "$problem" | Should -Not -BeLike '*Parameter *'
        $problem.Exception.GetBaseException().ErrorId | Should -BeExactly 'NothingGiven'
    }

    It 'is a number in every culture and of every type' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            (New-Mlp '4' ([long] 16), 3.0, '2').ParameterCount | Should -Be (New-Mlp 4 16, 3, 2).ParameterCount
            (New-Mlp ([bigint] 4) ([decimal] 3)).ParameterCount | Should -Be 15
            $steps = @(Find-GradMinimum { param($x) $x * $x } '1.5' -MaximumIteration '0')
            $steps[0].Point | Should -Be 1.5
            (@('1.5', 2.5, 3) | Find-GradMinimum { param($x) $x * $x } -MaximumIteration 0).Point | Should -Be 1.5, 2.5, 3
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'is a time in seconds where it is a number: <Given>' -ForEach @(
        @{ Given = 60; Seconds = 60 }
        @{ Given = '60'; Seconds = 60 }
        @{ Given = 1.5; Seconds = 1.5 }
        @{ Given = '1:00'; Seconds = 3600 }
        @{ Given = '00:01:30'; Seconds = 90 }
        @{ Given = [timespan]::FromMinutes(2); Seconds = 120 }
    ) {
        $attribute = (Get-Command Start-MlpTraining).Parameters['TimeLimit'].Attributes | Where-Object { $_.GetType().Name -eq 'DurationAttribute' }
        $attribute.Transform($ExecutionContext, $Given).TotalSeconds | Should -Be $Seconds
        @($rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 20 -TimeLimit $Given).Count | Should -Be 20
    }
}

Describe 'A culture that was typed' {
    BeforeAll {
        $script:culture = (Get-Command Start-MlpTraining).Parameters['Culture'].Attributes | Where-Object { $_.GetType().Name -eq 'CultureNameAttribute' }
    }

    It 'is refused where .NET would make one up: <_>' -ForEach 'deDE', 'german', 'Deutsch', 'ed-DE', 'xx', '1031', 'de-XX' {
        { $rows | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 1 -Culture $_ } | Should -Throw "*'$_' is no culture*such as de-DE*"
        { $culture.Transform($ExecutionContext, [cultureinfo] $_) } | Should -Throw '*is no culture*'
    }

    It 'is asked back where it is nearly one' {
        { $culture.Transform($ExecutionContext, 'deDE') } | Should -Throw "*Did you mean 'de-DE'?*"
    }

    It 'is taken by its name in any case, and with formats of its own: <_>' -ForEach 'de-DE', 'DE-de', 'de', 'zh-CN', 'sr-Latn-RS', '' {
        $culture.Transform($ExecutionContext, $_).Name | Should -Be $_
        $own = [cultureinfo]::GetCultureInfo($_).Clone()
        $own.NumberFormat.NumberDecimalSeparator = ';'
        $culture.Transform($ExecutionContext, $own).NumberFormat.NumberDecimalSeparator | Should -BeExactly ';'
    }
}
