<#
.SYNOPSIS
    Adds -HaveGradient and -BeApproximately to Pester's Should, and the same as commands for Pester 6.
.DESCRIPTION
    The module runs this script when it is imported and Pester is there. Pester keeps an operator's script block and calls it
    with what was piped to Should, so each of them is complete in itself. The commands call the same script blocks.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseApprovedVerbs', '', Scope = 'Function', Target = 'Should-*', Justification = 'Assertions of Pester 6 are named so.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseProcessBlockForPipelineCommand', '', Scope = 'Function', Target = 'Should-*', Justification = 'What was piped is compared as a whole.')]
[CmdletBinding()]
param()

$beApproximately = {
    # What was piped in ('actual') against what is expected: GradValues or numbers, one of each or as many.
    param($ActualValue, [object[]] $Expected, [double] $RelativeTolerance = 1e-9, [double] $AbsoluteTolerance = 1e-12,
        [switch] $Negate, [string] $Because, $CallerSessionState)

    $null = $CallerSessionState
    $culture = [cultureinfo]::InvariantCulture
    $numbers = foreach ($side in @(, @($ActualValue)), @(, @($Expected))) {
        $read = foreach ($item in $side[0]) {
            $value = $item -is [psobject] ? $item.PSObject.BaseObject : $item
            if ($value -is [MicroGrad.GradValue]) { $value.Data }
            elseif ($value -is [ValueType] -and $value -isnot [bool] -and $value -isnot [char] -and $value -is [IConvertible]) { [double] $value }
            else { $null }
        }
        , @($read)
    }
    $texts = foreach ($side in $numbers) {
        $parts = @($side | ForEach-Object { $null -eq $_ ? 'no number' : ([double] $_).ToString('R', $culture) })
        $parts.Count -eq 1 ? $parts[0] : "[$($parts -join ', ')]"
    }
    $actual, $wanted = $numbers
    $reason = $Because ? " because $($Because -replace '^because\s+')," : ''
    $within = [string]::Format($culture, 'within a relative tolerance of {0:R} or an absolute one of {1:R}', $RelativeTolerance, $AbsoluteTolerance)

    $problem = ''
    if ($actual.Count -ne $wanted.Count) {
        $problem = "there are $($actual.Count) numbers instead of $($wanted.Count)"
    }
    for ($i = 0; $i -lt $wanted.Count -and -not $problem; $i++) {
        $place = $wanted.Count -gt 1 ? "at index $i " : ''
        if ($null -eq $actual[$i] -or $null -eq $wanted[$i]) {
            $type = $null -eq @($ActualValue)[$i] ? 'null' : @($ActualValue)[$i].GetType().Name
            $problem = "${place}a number or a GradValue is missing (a $type was given)"
            $Negate = $false
            break
        }
        [double] $a, [double] $e = $actual[$i], $wanted[$i]
        # Equal covers infinities; NaN is taken as equal to NaN, so that it can be asked for.
        if ($a.Equals($e) -or $a -eq $e) { continue }
        $apart = [math]::Abs($a - $e)
        $size = [math]::Max([math]::Abs($a), [math]::Abs($e))
        if (-not ([double]::IsFinite($apart) -and $apart -le [math]::Max($AbsoluteTolerance, $RelativeTolerance * $size))) {
            $problem = [string]::Format($culture, '{0}{1:R} stands for {2:R}, an error of {3:G3} ({4:G3} relative)', $place, $a, $e, $apart, ($apart / $size))
        }
    }
    if (-not $Negate -and $problem) {
        return [pscustomobject]@{ Succeeded = $false; FailureMessage = "Expected $($texts[1]) $within,$reason but got $($texts[0]): $problem." }
    }
    if ($Negate -and -not $problem) {
        return [pscustomobject]@{ Succeeded = $false; FailureMessage = "Expected anything but $($texts[1]) $within,$reason but got $($texts[0])." }
    }
    [pscustomobject]@{ Succeeded = $true; FailureMessage = '' }
}

$haveGradient = {
    # GradValues against the gradients expected, in order.
    param($ActualValue, [double[]] $Expected, [double] $Tolerance = 1e-9, [switch] $Negate, [string] $Because, $CallerSessionState)

    $null = $CallerSessionState
    $culture = [cultureinfo]::InvariantCulture
    $reason = $Because ? " because $($Because -replace '^because\s+')," : ''
    $values = @($ActualValue)
    if ($values.Count -ne $Expected.Count) {
        return [pscustomobject]@{ Succeeded = $false; FailureMessage = "Expected $($Expected.Count) gradients,$reason but got $($values.Count) values." }
    }
    $problem = ''
    $all = for ($i = 0; $i -lt $values.Count; $i++) {
        $value = $values[$i] -is [psobject] ? $values[$i].PSObject.BaseObject : $values[$i]
        if ($value -isnot [MicroGrad.GradValue]) {
            $type = $null -eq $value ? 'null' : $value.GetType().Name
            return [pscustomobject]@{ Succeeded = $false; FailureMessage = "Expected a GradValue with the gradient $($Expected[$i].ToString('R', $culture)),$reason but got '$value' ($type), which has none." }
        }
        [double] $grad, [double] $wanted = $value.Grad, $Expected[$i]
        $label = $value.Label ? "'$($value.Label)'" : ($values.Count -gt 1 ? "value $i" : 'the value')
        if ($grad.Equals($wanted) -or $grad -eq $wanted) { continue }
        $apart = [math]::Abs($grad - $wanted)
        if ([double]::IsFinite($apart) -and $apart -le $Tolerance * [math]::Max(1, [math]::Abs($wanted))) { continue }

        $times = $wanted -ne 0 ? $grad / $wanted : 0
        $hint = if ($grad -eq 0) {
            ' A gradient of 0 may mean that no backward pass has reached it.'
        } elseif ($times -ge 2 -and [math]::Abs($times - [math]::Round($times)) -le 1e-9) {
            " That is $([math]::Round($times)) times as much: gradients add up over passes until Clear-Gradient."
        }
        if (-not $problem) {
            $problem = [string]::Format($culture, 'Expected {0} to have the gradient {1:R} within {2:R} (relative above 1),{3} but got {4:R}, an error of {5:G3}.{6}', $label, $wanted, $Tolerance, $reason, $grad, $apart, $hint)
        }
    }
    if ($all) {
        return $all
    }
    if ($Negate) {
        $given = @($Expected | ForEach-Object { $_.ToString('R', $culture) }) -join ', '
        return [pscustomobject]@{ Succeeded = [bool] $problem; FailureMessage = $problem ? '' : "Expected any gradient but $given,$reason but got it." }
    }
    [pscustomobject]@{ Succeeded = -not $problem; FailureMessage = $problem }
}

Pester\Add-ShouldOperator -Name BeApproximately -Test $beApproximately -SupportsArrayInput
Pester\Add-ShouldOperator -Name HaveGradient -Test $haveGradient -SupportsArrayInput

# Pester 6 has a command for each assertion, and can switch the operators of Should off.
if (Get-Command Pester\New-ShouldAssertion -ErrorAction Ignore) {
    Get-Module MicroGrad.Assertions | Remove-Module
    New-Module -Name MicroGrad.Assertions -ArgumentList $haveGradient, $beApproximately -ScriptBlock {
        param([scriptblock] $HaveGradient, [scriptblock] $BeApproximately)

        $gradients, $numbers = $HaveGradient, $BeApproximately

        # Collects what was piped or given, and fails as Pester's own commands do.
        function Assert-Operator {
            param([scriptblock] $Test, [Management.Automation.PSCmdlet] $Caller, [object] $Buffer, [Collections.IDictionary] $Given, [switch] $Negate)

            $assert = Pester\New-ShouldAssertion -Caller $Caller -Actual $Given['Actual'] -Buffer $Buffer -As CollectionItems
            $settings = @{}
            foreach ($name in $Given.Keys -match '^(Expected|Because|.*Tolerance)$') {
                $settings[$name] = $Given[$name]
            }
            $result = & $Test -ActualValue $assert.Actual() -Negate:$Negate @settings
            if (-not $result.Succeeded) {
                $assert.Fail($result.FailureMessage)
            }
        }

        function Should-HaveGradient {
            [CmdletBinding()]
            param(
                [Parameter(Position = 1, ValueFromPipeline)] $Actual,
                [Parameter(Position = 0, Mandatory)] [double[]] $Expected,
                [double] $Tolerance,
                [string] $Because
            )
            Assert-Operator -Test $gradients -Caller $PSCmdlet -Buffer $local:Input -Given $PSBoundParameters
        }

        function Should-NotHaveGradient {
            [CmdletBinding()]
            param(
                [Parameter(Position = 1, ValueFromPipeline)] $Actual,
                [Parameter(Position = 0, Mandatory)] [double[]] $Expected,
                [double] $Tolerance,
                [string] $Because
            )
            Assert-Operator -Test $gradients -Caller $PSCmdlet -Buffer $local:Input -Given $PSBoundParameters -Negate
        }

        function Should-BeApproximately {
            [CmdletBinding()]
            param(
                [Parameter(Position = 1, ValueFromPipeline)] $Actual,
                [Parameter(Position = 0, Mandatory)] [object[]] $Expected,
                [double] $RelativeTolerance,
                [double] $AbsoluteTolerance,
                [string] $Because
            )
            Assert-Operator -Test $numbers -Caller $PSCmdlet -Buffer $local:Input -Given $PSBoundParameters
        }

        function Should-NotBeApproximately {
            [CmdletBinding()]
            param(
                [Parameter(Position = 1, ValueFromPipeline)] $Actual,
                [Parameter(Position = 0, Mandatory)] [object[]] $Expected,
                [double] $RelativeTolerance,
                [double] $AbsoluteTolerance,
                [string] $Because
            )
            Assert-Operator -Test $numbers -Caller $PSCmdlet -Buffer $local:Input -Given $PSBoundParameters -Negate
        }

        Export-ModuleMember -Function Should-*
    } | Import-Module -Global -DisableNameChecking
}
