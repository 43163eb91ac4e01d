# What Get-Help shows of the packaged module: complete, and in agreement with the cmdlets.

BeforeDiscovery {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:cmdlets = (Get-Command -Module MicroGrad -CommandType Cmdlet).Name
    $script:topics = (Get-ChildItem "$PSScriptRoot/../../docs/en-US" -Filter about_*.md).BaseName
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:module = Get-Module MicroGrad
    $script:maml = [xml] (Get-Content -Raw "$($module.ModuleBase)/en-US/MicroGrad.PowerShell.dll-Help.xml")
    $script:pages = (Resolve-Path "$PSScriptRoot/../../docs/en-US").ProviderPath
    $script:common = @('WhatIf', 'Confirm') + [System.Management.Automation.PSCmdlet]::CommonParameters

    function Get-HelpText {
        param([object[]] $Item)

        (@($Item) | Where-Object { $null -ne $_ } | ForEach-Object { $_.Text }) -join "`n"
    }

    # Help may leave a property out where there is nothing.
    function Get-Part {
        param([object] $Item, [string] $Name)

        if ($null -ne $Item -and $Item.PSObject.Properties[$Name]) {
            $Item.$Name
        }
    }

    # Marks of Markdown, and what a page's skeleton leaves to fill in.
    $script:leftover = '\{\{|\}\}|`|\]\(|\u0080|(?m:^#)'
}

Describe 'The pages in docs/en-US' {
    It 'are one for each cmdlet, and no others' {
        (Get-ChildItem $pages -Filter *.md).BaseName -notlike 'about_*' | Sort-Object |
            Should -BeExactly ($module.ExportedCmdlets.Keys | Sort-Object)
    }

    It 'are all in the package' {
        $maml.helpItems.command.details.name | Sort-Object | Should -BeExactly ($module.ExportedCmdlets.Keys | Sort-Object)
        (Get-ChildItem "$($module.ModuleBase)/en-US" -Filter *.help.txt).Name -replace '\.help\.txt$' | Sort-Object |
            Should -BeExactly ((Get-ChildItem $pages -Filter about_*.md).BaseName | Sort-Object)
    }
}

Describe 'The help made from the page of <_>' -ForEach $cmdlets {
    It 'says what the page and the cmdlet say' {
        $differences = @(& "$PSScriptRoot/Compare-CommandHelp.ps1" -Command (Get-Command $_ -Module MicroGrad) -Page "$pages/$_.md" -Maml $maml)
        if ($differences) {
            throw "docs/en-US/$_.md, the cmdlet and the help in module/en-US don't agree: run 'build.ps1 Docs' after a change of either.`
$($differences -join "`n")"
        }
    }
}

Describe 'The comparison of page, help and cmdlet' {
    BeforeAll {
        function Get-Difference {
            param([string] $Pattern, [string] $Replacement, [string] $Name, [xml] $Help = $maml)

            $before = Get-Content -Raw "$pages/$Name.md"
            $after = $before -creplace $Pattern, $Replacement
            $after | Should -Not -BeExactly $before
            Set-Content "$TestDrive/$Name.md" $after
            & "$PSScriptRoot/Compare-CommandHelp.ps1" -Command (Get-Command $Name -Module MicroGrad) -Page "$TestDrive/$Name.md" -Maml $Help
        }
    }

    It 'finds an edit of <What>' -ForEach @(
        @{ What = 'the synopsis'; Pattern = 'Writes a model'; Replacement = 'Reads a model'; About = 'synopsis' }
        @{ What = 'the description'; Pattern = 'The extension decides'; Replacement = 'Chance decides'; About = 'description' }
        @{ What = 'an example''s output'; Pattern = '\nflowers\.json\n'; Replacement = "`nflower.json`n"; About = "example 'Example 2: Replace a file'" }
        @{ What = 'an example''s title'; Pattern = 'Replace a file'; Replacement = 'Replace it'; About = "example 'Example 2: Replace it'" }
        @{ What = 'a parameter''s text'; Pattern = 'Replaces a file that exists'; Replacement = 'Fails'; About = '-Force' }
        @{ What = 'a parameter''s name'; Pattern = '### -Force'; Replacement = '### -Power'; About = '-Power' }
        @{ What = 'a parameter''s type'; Pattern = 'Type: MicroGrad\.Mlp'; Replacement = 'Type: MicroGrad.Layer'; About = '-Model type' }
        @{ What = 'a default'; Pattern = '(?s)(### -Force.*?DefaultValue: )False'; Replacement = '$1True'; About = '-Force default' }
        @{ What = 'an alias'; Pattern = '- LP\n'; Replacement = "- LL`n"; About = '-LiteralPath aliases' }
        @{ What = 'a position'; Pattern = 'Position: 1'; Replacement = 'Position: 2'; About = '-Model in Path' }
        @{ What = 'the pipeline'; Pattern = 'ValueFromPipeline: true'; Replacement = 'ValueFromPipeline: false'; About = '-Model in LiteralPath' }
        @{ What = 'a parameter set'; Pattern = '(?s)### LiteralPath\n.*?(?=## ALIASES)'; Replacement = ''; About = '-Model in LiteralPath' }
        @{ What = 'accepted values'; Pattern = '- Svg\n'; Replacement = ''; About = '-Format values'; Name = 'Export-GradGraph' }
        @{ What = 'what goes in'; Pattern = '\nModels\.'; Replacement = "`nNumbers."; About = 'INPUTS MicroGrad.Mlp' }
        @{ What = 'what comes out'; Pattern = ': the file\.'; Replacement = ': its name.'; About = 'OUTPUTS System.IO.FileInfo' }
        @{ What = 'a note'; Pattern = 'where the file is there already'; Replacement = 'never'; About = 'notes' }
        @{ What = 'a link'; Pattern = '\[New-Mlp\]\(New-Mlp\.md\)\n'; Replacement = ''; About = 'links' }
    ) {
        (Get-Difference $Pattern $Replacement -Name ($_['Name'] ?? 'Export-Mlp')) -like "*, ${About}: *" | Should -Not -BeNullOrEmpty
    }

    It 'finds a cmdlet that has no help' {
        Get-Difference '\z' ' ' -Name Export-Mlp -Help '<helpItems />' | Should -BeExactly 'Export-Mlp has no help.'
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $script:name = $_
        $script:command = Get-Command $_ -Module MicroGrad
        $script:help = Get-Help $_ -Full
        $script:own = $command.Parameters.Values | Where-Object Name -NotIn $common
        $script:described = @(Get-Part (Get-Part $help parameters) parameter)
    }

    It 'says in a sentence what it is for' {
        $help.Synopsis | Should -Match '^[A-Z].{20,}\.$'
        $help.Synopsis | Should -Not -Match $leftover
    }

    It 'describes it' {
        $text = Get-HelpText $help.description
        $text.Length | Should -BeGreaterThan 200
        $text | Should -Not -Match $leftover
    }

    It 'describes every parameter, and no others' {
        $described.name | Where-Object { $_ -notin 'WhatIf', 'Confirm' } | Sort-Object | Should -Be ($own.Name | Sort-Object)
        foreach ($parameter in $described) {
            $text = Get-HelpText (Get-Part $parameter description)
            $text | Should -Match '\w{2,}.*[.?]' -Because $parameter.name
            $text | Should -Not -Match $leftover -Because $parameter.name
        }
    }

    It 'tells the defaults that the class has' {
        $instance = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in $own | Where-Object { -not $_.SwitchParameter }) {
            $told = Get-Part ($described | Where-Object name -EQ $parameter.Name) defaultValue
            $real = $instance.($parameter.Name)
            if ($told -and $real -isnot [Collections.ICollection]) {
                ($real -is [double] ? [double] $told : "$told") | Should -Be ($real -is [double] ? $real : "$real") -Because $parameter.Name
            } elseif ($real -is [ValueType] -and $real -ne [Activator]::CreateInstance($real.GetType())) {
                $told | Should -Not -BeNullOrEmpty -Because "$($parameter.Name) is $real"
            }
        }
    }

    It 'has at least three examples that show it at work' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            $example.title | Should -Match '^Example \d+: [A-Z].{5,}'
            $example.code | Should -Match '^PS> '
            Get-HelpText (Get-Part $example introduction) | Should -Not -Match $leftover
            Get-HelpText (Get-Part $example remarks) | Should -Not -Match $leftover
        }
        $calls = $examples | Where-Object { $_.code -match "\b$name\b" }
        $calls.Count | Should -BeGreaterOrEqual 3
        $printing = $examples | Where-Object { (@($_.code) -join "`n") -split '\n' -notmatch '^(PS> |>> |\s*$)' }
        @($printing).Count | Should -BeGreaterOrEqual 3 -Because 'what comes out teaches most'
    }

    It 'says what goes in and what comes out' {
        $takesInput = @($own.Attributes | Where-Object { $_ -is [System.Management.Automation.ParameterAttribute] -and $_.ValueFromPipeline }).Count -gt 0
        $inputs = @(Get-Part $help.inputTypes inputType)
        $inputs[0].type.name.Trim() -eq 'None' | Should -Be (-not $takesInput)
        $outputs = @(Get-Part $help.returnValues returnValue)
        $outputs.type.name.Trim() | Sort-Object | Should -Be ($command.OutputType.Name | Sort-Object)
        foreach ($entry in $inputs + $outputs) {
            Get-HelpText (Get-Part $entry description) | Should -Match '\w{2,}.*\.' -Because $entry.type.name
        }
    }

    It 'has notes, and a page on the web' {
        Get-HelpText $help.alertSet.alert | Should -Match '\w{2,}.*\.'
        $help.relatedLinks.navigationLink[0].uri | Should -BeExactly "https://github.com/micrograd/micrograd-powershell/blob/main/docs/en-US/$name.md"
    }

    It 'leads on to help that is there' {
        $links = $help.relatedLinks.navigationLink | Select-Object -Skip 1 | ForEach-Object { $_.linkText }
        $links.Count | Should -BeGreaterThan 0
        foreach ($link in $links) {
            $link -in $module.ExportedCmdlets.Keys -or (Test-Path "$pages/$link.md") | Should -BeTrue -Because $link
        }
    }
}

Describe 'The topic <_>' -ForEach $topics {
    BeforeAll {
        $script:topic = $_
        $script:text = [IO.File]::ReadAllText("$($module.ModuleBase)/en-US/$_.help.txt")
        $script:lines = $text -split '\n'
    }

    It 'begins as Get-Help expects: its name, and in the fifth line what it is about' {
        $lines[0] | Should -BeExactly 'TOPIC'
        $lines[1].Trim() | Should -BeExactly $topic
        $lines[3] | Should -BeExactly 'SHORT DESCRIPTION'
        $lines[4] | Should -Match '^    [A-Z].*\.$'
    }

    It 'fits a console of 80 columns, but for what was typed and printed' {
        $wide = $lines | Where-Object { $_.Length -gt 80 -and $_ -notmatch '^ {8}' }
        $wide | Should -BeNullOrEmpty
    }

    It 'shows no marks of Markdown' {
        ($lines -notmatch '^ {8}') -join "`n" | Should -Not -Match '\{\{|`|\]\(|\*\*|(?m:^#|^\s*\|)'
    }

    It 'leads on to help that is there' {
        $links = (($text -split 'SEE ALSO')[1] -split '\n' | Where-Object { $_ -match '^ +- ' }) -replace '^ +- '
        $links.Count | Should -BeGreaterThan 0
        foreach ($link in $links) {
            $link -in $module.ExportedCmdlets.Keys -or (Test-Path "$pages/$link.md") | Should -BeTrue -Because $link
        }
    }
}

Describe 'Get-Help in a new session' {
    It 'finds the topics and their summaries by name' {
        $found = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command {
            param($output)
            $env:PSModulePath = $output + [IO.Path]::PathSeparator + $env:PSModulePath
            Import-Module MicroGrad
            Get-Help about_MicroGrad* | ForEach-Object { "$($_.Name): $($_.Synopsis)" }
        } -args (Split-Path (Split-Path $module.ModuleBase))
        @($found) -replace ':.*' | Sort-Object | Should -Be ((Get-ChildItem $pages -Filter about_*.md).BaseName | Sort-Object)
        $found | ForEach-Object { $_ | Should -Match '^\w+: [A-Z].*\.$' }
    }
}
