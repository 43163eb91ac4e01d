# What users meet of the assemblies is in one file, src/PublicApi.txt, and what the projects above use besides in another,
# src/SiblingApi.txt. After an intended change, run this file once with MICROGRAD_UPDATE_GOLDEN=1, and look at the difference.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:source = (Resolve-Path "$PSScriptRoot/../../src").ProviderPath
    $script:projects = 'MicroGrad.Engine', 'MicroGrad.Rendering', 'MicroGrad.PowerShell'

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

    function Get-Assembly([string] $Name) {
        [AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq $Name }[0]
    }

    # Types of folders, of the engine and the renderers: MicroGrad.Data.SampleTable, but not MicroGrad.Mlp.
    function Test-Sibling([string] $Text) {
        $Text -match '\b(Compilation|Data|Datasets|Exports|Formulas|Generators|Graphs|Inference|Kernels|Messages|Minimization|Networks|Operations|Persistence|Rendering|Selection|Training|Values)\.[A-Z]'
    }

    # Users meet the types in MicroGrad, but for the members that give or take a type of a folder.
    function Get-PublicApi([switch] $OfSiblings) {
        foreach ($name in $projects) {
            "# $name"
            # Cmdlets and their parameters are in the help pages, which other tests compare.
            $types = (Get-Assembly $name).GetExportedTypes().Where{ -not $_.IsAssignableTo([System.Management.Automation.Cmdlet]) }
            foreach ($type in $types | Sort-Object FullName -Culture '') {
                $ofFolder = $name -ne 'MicroGrad.PowerShell' -and $type.Namespace -ne 'MicroGrad'
                if ($type.IsEnum) {
                    if ($ofFolder -eq $OfSiblings) {
                        "$($type.FullName): $([enum]::GetNames($type) -join ', ')"
                    }
                    continue
                }

                $members = @(Get-MemberLine $type).Where{ ($ofFolder -or (Test-Sibling $_)) -eq $OfSiblings }
                if ($ofFolder -eq $OfSiblings -or $members) {
                    $type.FullName
                    $members
                }
            }
            ''
        }
    }

    # A record's members are its data, and belong together.
    function Test-Record([type] $Type) {
        [bool] $Type.GetMethod('PrintMembers', [Reflection.BindingFlags] 'NonPublic, Instance')
    }

    # The members of other assemblies that an assembly refers to, as Type.Member.
    function Get-Reference([string] $Name) {
        $stream = [IO.File]::OpenRead((Get-Assembly $Name).Location)
        $file = [System.Reflection.PortableExecutable.PEReader]::new($stream)
        try {
            $reader = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($file)
            foreach ($handle in $reader.MemberReferences) {
                $member = $reader.GetMemberReference($handle)
                if ($member.Parent.Kind -eq 'TypeReference') {
                    $type = $reader.GetTypeReference([System.Reflection.Metadata.TypeReferenceHandle] $member.Parent)
                    "$($reader.GetString($type.Namespace)).$($reader.GetString($type.Name)).$($reader.GetString($member.Name))"
                }
            }
        }
        finally {
            $file.Dispose()
        }
    }
}

Describe 'The public surface' {
    It 'is what src/<File> says' -ForEach @(
        @{ File = 'PublicApi.txt'; OfSiblings = $false }
        @{ File = 'SiblingApi.txt'; OfSiblings = $true }
    ) {
        $actual = @(Get-PublicApi -OfSiblings:$OfSiblings)
        if ($env:MICROGRAD_UPDATE_GOLDEN) {
            Set-Content -LiteralPath "$source/$File" -Value $actual
        }
        $actual | Should -BeExactly (Get-Content -LiteralPath "$source/$File")
    }

    It 'has a user in the projects above for each member of a type of <_>''s folders' -ForEach 'MicroGrad.Engine', 'MicroGrad.Rendering' {
        $name = $_
        $used = [Collections.Generic.HashSet[string]] @($projects | Where-Object { $_ -ne $name } | ForEach-Object { Get-Reference $_ })
        $flags = [Reflection.BindingFlags] 'Public, Instance, Static, DeclaredOnly'
        $idle = foreach ($type in (Get-Assembly $_).GetExportedTypes().Where{ $_.Namespace -ne 'MicroGrad' -and -not $_.IsEnum -and -not (Test-Record $_) }) {
            foreach ($member in $type.GetMembers($flags)) {
                # The compiler copies constants, and calls virtual members by their base.
                $accessor = $member -is [Reflection.PropertyInfo] ? $member.GetMethod : $member
                $isOwn = $member.MemberType -eq 'Constructor' -or -not $member.IsSpecialName
                $isCounted = $isOwn -and $member -isnot [type] -and -not $accessor.IsVirtual -and -not $accessor.IsLiteral
                $names = $member -is [Reflection.PropertyInfo] ? ('get_' + $member.Name), ('set_' + $member.Name) : @($member.Name)
                if ($isCounted -and -not $names.Where{ $used.Contains("$($type.FullName).$_") }) {
                    "$($type.FullName).$($member.Name)"
                }
            }
        }
        $idle | Should -BeNullOrEmpty
    }
}
