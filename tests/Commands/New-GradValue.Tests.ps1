BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'New-GradValue' {
    It 'makes a leaf without a gradient, a label or an operation' {
        $value = New-GradValue 2.5
        $value | Should -BeOfType MicroGrad.GradValue
        $value.Data | Should -BeExactly 2.5
        $value.Grad | Should -BeExactly 0
        $value.Label | Should -BeNullOrEmpty
        $value.Op | Should -BeExactly ''
        $value.IsLeaf | Should -BeTrue
        $value.Inputs.Count | Should -Be 0
    }

    It 'takes number and label by position' {
        $value = New-GradValue -3 a
        $value.Data | Should -BeExactly -3
        $value.Label | Should -BeExactly 'a'
    }

    It 'takes number and label by name' {
        $value = New-GradValue -Label w1 -Data 0.25
        $value.Data | Should -BeExactly 0.25
        $value.Label | Should -BeExactly 'w1'
    }

    It 'makes a leaf for each of many numbers' {
        (New-GradValue 1, 2.5, -3).Data | Should -BeExactly 1, 2.5, -3
    }

    It 'makes a leaf for each number in the pipeline' {
        $values = 1..3 | New-GradValue
        $values.Count | Should -Be 3
        $values.Data | Should -BeExactly 1, 2, 3
    }

    It 'emits each leaf before it takes the next number' {
        $script:taken = 0
        $first = 1..5 | ForEach-Object { $script:taken++; $_ } | New-GradValue | Select-Object -First 1
        $first.Data | Should -BeExactly 1
        $script:taken | Should -Be 1
    }

    It 'deals labels out in order over the arguments' {
        $values = New-GradValue 1, 2, 3 -Label a, b
        $values[0].Label | Should -BeExactly 'a'
        $values[1].Label | Should -BeExactly 'b'
        $values[2].Label | Should -BeNullOrEmpty
    }

    It 'deals labels out in order over the pipeline' {
        (1..3 | New-GradValue -Label a, b, c).Label | Should -BeExactly 'a', 'b', 'c'
    }

    It 'leaves a number without a label where the label is empty' {
        (New-GradValue 1, 2 -Label '', 'b')[0].Label | Should -BeNullOrEmpty
    }

    It 'reads <Text> as <Number>' -ForEach @(
        @{ Text = '1.5'; Number = 1.5 }
        @{ Text = '-2e-3'; Number = -0.002 }
        @{ Text = ' 7 '; Number = 7 }
        @{ Text = 'NaN'; Number = [double]::NaN }
        @{ Text = '-Infinity'; Number = [double]::NegativeInfinity }
    ) {
        (New-GradValue $Text).Data.Equals([double] $Number) | Should -BeTrue
    }

    It 'takes numbers of the type <Name>' -ForEach @(
        @{ Name = 'decimal'; Number = 2.5d; Data = 2.5 }
        @{ Name = 'long'; Number = 3000000000; Data = 3e9 }
        @{ Name = 'single'; Number = [float] 0.5; Data = 0.5 }
        @{ Name = 'byte'; Number = [byte] 7; Data = 7 }
        @{ Name = 'bigint'; Number = [bigint] 12; Data = 12 }
        @{ Name = 'bool'; Number = $true; Data = 1 }
    ) {
        (New-GradValue $Number).Data | Should -BeExactly ([double] $Data)
    }

    It 'reads text the same under a comma culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            (1.5).ToString() | Should -BeExactly '1,5'
            $value = New-GradValue '1.5'
            $value.Data | Should -BeExactly 1.5
            $value.ToString() | Should -BeExactly 'GradValue(data=1.5, grad=0)'
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'makes a new leaf from the data of another value' {
        $old = New-GradValue 4
        $new = New-GradValue $old
        $new.Data | Should -BeExactly 4
        [object]::ReferenceEquals($old, $new) | Should -BeFalse
    }

    It 'goes on after what is no number, and says what was given' {
        $values = '1', 'two', '3' | New-GradValue -ErrorVariable problems -ErrorAction SilentlyContinue
        $values.Data | Should -BeExactly 1, 3
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'NotANumber,MicroGrad.PowerShell.Commands.NewGradValueCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -BeExactly 'two'
        $problems[0].Exception.Message | Should -BeLike "*'two'*number*1.5*"
    }

    It 'keeps labels with their numbers where one is no number' {
        $values = New-GradValue 1, 'two', 3 -Label a, b, c -ErrorAction SilentlyContinue
        $values.Label | Should -BeExactly 'a', 'c'
    }

    It 'takes no label as none: <Name>' -ForEach @{ Name = '$null'; Given = $null }, @{ Name = '@($null)'; Given = @($null) }, @{ Name = "''"; Given = '' } {
        (New-GradValue 1 -Label $Given).Label | Should -BeNullOrEmpty
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'null'; Given = $null }
        @{ Name = 'empty text'; Given = '' }
        @{ Name = 'white space'; Given = '  ' }
    ) {
        { New-GradValue $Given -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotANumber,MicroGrad.PowerShell.Commands.NewGradValueCommand' -ExpectedMessage '*nothing was given*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a decimal comma'; Given = '1,5' }
        @{ Name = 'a date'; Given = [datetime] '2024-01-01' }
    ) {
        { New-GradValue $Given -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotANumber,MicroGrad.PowerShell.Commands.NewGradValueCommand'
    }
}
