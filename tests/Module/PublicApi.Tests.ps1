# The public surface of the assemblies is in one file, src/PublicApi.txt. After an intended change, run this file once with
# MICROGRAD_UPDATE_GOLDEN=1, and look at the difference.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:file = "$PSScriptRoot/../../src/PublicApi.txt"

    # The members that the compiler writes for every record.
    $script:ofRecords = 'ToString', 'Equals', 'GetHashCode', '<Clone>$', 'Deconstruct', 'EqualityContract', 'op_Equality', 'op_Inequality'

    function Get-MemberLine([type] $Type) {
        $flags = [Reflection.BindingFlags] 'Public, Instance, Static, DeclaredOnly'
        foreach ($member in $Type.GetMembers($flags) | Sort-Object Name, { "$_" } -Culture '') {
            $isAccessor = $member -is [Reflection.MethodInfo] -and $member.IsSpecialName -and $member.Name -notlike 'op_*'
            if ($isAccessor -or $member -is [type] -or $member.Name -in $ofRecords) {
                continue
            }

            $isStatic = $member -is [Reflection.MethodInfo] -and $member.IsStatic
            $access = if ($member -is [Reflection.PropertyInfo]) {
                $set = $member.SetMethod
                $isInit = $set -and $set.ReturnParameter.GetRequiredCustomModifiers().Name -contains 'IsExternalInit'
                -not $set -or -not $set.IsPublic ? ' { get; }' : $isInit ? ' { get; init; }' : ' { get; set; }'
            }
            '    ' + ($isStatic ? 'static ' : '') + (Format-Name "$member") + $access
        }
    }

    function Format-Name([string] $Text) {
        $Text -replace '\b(System\.Collections\.Generic|System\.Management\.Automation|System\.Numerics|System|MicroGrad)\.(?=[A-Z])' -replace '`\d'
    }

    function Get-PublicApi {
        foreach ($name in 'MicroGrad.Engine', 'MicroGrad.Rendering', 'MicroGrad.PowerShell') {
            $assembly = [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq $name }[0]
            "# $name"
            # Cmdlets and their parameters are in the help pages, which other tests compare.
            $types = $assembly.GetExportedTypes().Where{ -not $_.IsAssignableTo([System.Management.Automation.Cmdlet]) }
            foreach ($type in $types | Sort-Object FullName -Culture '') {
                if ($type.IsEnum) {
                    "$($type.FullName): $([enum]::GetNames($type) -join ', ')"
                }
                else {
                    $type.FullName
                    Get-MemberLine $type
                }
            }
            ''
        }
    }
}

Describe 'The public surface' {
    It 'is what src/PublicApi.txt says' {
        $actual = @(Get-PublicApi)
        if ($env:MICROGRAD_UPDATE_GOLDEN) {
            Set-Content -LiteralPath $file -Value $actual
        }
        $actual | Should -BeExactly (Get-Content -LiteralPath $file)
    }

    It 'of the engine and the renderers is in the namespace MicroGrad' {
        $types = foreach ($name in 'MicroGrad.Engine', 'MicroGrad.Rendering') {
            [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq $name }[0].GetExportedTypes()
        }
        $types.Namespace | Sort-Object -Unique | Should -BeExactly MicroGrad
    }
}
