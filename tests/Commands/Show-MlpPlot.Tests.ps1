BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:moons = New-GradDataset Moons -Count 40 -Noise 0.1 -Seed 1
    $script:classifier = New-Mlp 2 8, 1 -Seed 1
    $script:epochs = $moons | Start-MlpTraining $classifier -Target Label -Loss Hinge -Epoch 5 -ValidationFraction 0.25
    $script:escape = [char] 27

    # A host with a screen: what is written to it is kept.
    Add-Type -ReferencedAssemblies System.Management.Automation, System.Collections, System.Console, System.ObjectModel, System.Runtime, System.Security.SecureString -TypeDefinition '
        using System;
        using System.Collections.Generic;
        using System.Collections.ObjectModel;
        using System.Globalization;
        using System.Management.Automation;
        using System.Management.Automation.Host;
        using System.Security;

        public sealed class RecordingHost : PSHost
        {
            private readonly RecordingScreen screen;
            public RecordingHost(int width, int height, bool terminal) { screen = new RecordingScreen(width, height, terminal); }
            public List<string> Written { get { return screen.Written; } }
            public override PSHostUserInterface UI { get { return screen; } }
            public override string Name { get { return "RecordingHost"; } }
            public override Version Version { get { return new Version(1, 0); } }
            public override Guid InstanceId { get; } = Guid.NewGuid();
            public override CultureInfo CurrentCulture { get { return CultureInfo.InvariantCulture; } }
            public override CultureInfo CurrentUICulture { get { return CultureInfo.InvariantCulture; } }
            public override void EnterNestedPrompt() { }
            public override void ExitNestedPrompt() { }
            public override void NotifyBeginApplication() { }
            public override void NotifyEndApplication() { }
            public override void SetShouldExit(int exitCode) { }
        }

        public sealed class RecordingScreen : PSHostUserInterface
        {
            private readonly PSHostRawUserInterface raw;
            private readonly bool terminal;
            public RecordingScreen(int width, int height, bool terminal) { raw = width > 0 ? new RecordingSize(width, height) : null; this.terminal = terminal; }
            public List<string> Written = new List<string>();
            public override bool SupportsVirtualTerminal { get { return terminal; } }
            public override PSHostRawUserInterface RawUI { get { return raw; } }
            public override void Write(string value) { Written.Add(value); }
            public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { Written.Add(value); }
            public override void WriteLine(string value) { Written.Add(value + "\n"); }
            public override void WriteDebugLine(string message) { }
            public override void WriteErrorLine(string value) { }
            public override void WriteProgress(long sourceId, ProgressRecord record) { }
            public override void WriteVerboseLine(string message) { }
            public override void WriteWarningLine(string message) { }
            public override string ReadLine() { return ""; }
            public override SecureString ReadLineAsSecureString() { return null; }
            public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) { return null; }
            public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) { return 0; }
            public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) { return null; }
            public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) { return null; }
        }

        public sealed class RecordingSize : PSHostRawUserInterface
        {
            private readonly Size size;
            public RecordingSize(int width, int height) { size = new Size(width, height); }
            public override Size WindowSize { get { return size; } set { } }
            public override Size BufferSize { get { return size; } set { } }
            public override ConsoleColor BackgroundColor { get; set; }
            public override ConsoleColor ForegroundColor { get; set; }
            public override Coordinates CursorPosition { get; set; }
            public override int CursorSize { get; set; }
            public override bool KeyAvailable { get { return false; } }
            public override Size MaxPhysicalWindowSize { get { return size; } }
            public override Size MaxWindowSize { get { return size; } }
            public override Coordinates WindowPosition { get; set; }
            public override string WindowTitle { get; set; }
            public override void FlushInputBuffer() { }
            public override BufferCell[,] GetBufferContents(Rectangle rectangle) { throw new NotImplementedException(); }
            public override KeyInfo ReadKey(ReadKeyOptions options) { throw new NotImplementedException(); }
            public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
            public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
            public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
        }'

    # Runs a script over the results and the rows in a host with a screen of so many columns and lines.
    function Invoke-OnScreen {
        param([string] $Script, [int] $Width = 120, [int] $Height = 40, [bool] $Terminal = $true)

        $screen = [RecordingHost]::new($Width, $Height, $Terminal)
        $runspace = [runspacefactory]::CreateRunspace($screen)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $null = $shell.AddScript('param($Module) Import-Module $Module').AddArgument("$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1").Invoke()
            foreach ($name in 'epochs', 'moons', 'classifier') {
                $runspace.SessionStateProxy.SetVariable($name, (Get-Variable $name -Scope Script -ValueOnly))
            }
            $shell.Commands.Clear()
            $output = @($shell.AddScript($Script).Invoke())
            if ($shell.HadErrors) {
                throw $shell.Streams.Error[0]
            }
            [pscustomobject]@{ Output = $output; Written = -join $screen.Written }
        } finally {
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}

Describe 'Show-MlpPlot' {
    It 'draws a training as one text of 80 columns' {
        $text = $epochs | Show-MlpPlot
        $text | Should -BeOfType string
        @($text).Count | Should -Be 1
        $text | Should -BeExactly ([MicroGrad.Rendering.Plots.TextPlotRenderer]::Draw([MicroGrad.Rendering.Plots.LossPlot]::Of([MicroGrad.EpochResult[]] $epochs, 4, $null), [MicroGrad.Rendering.Plots.TextPlotOptions]::new()).TrimEnd("`n"))
        ($text -split "`n").Length | Should -BeGreaterThan 16
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'draws what a model decides over its rows' {
        $text = $moons | Show-MlpPlot -Model $classifier
        $text | Should -BeLike '*X1*'
        Show-MlpPlot -Model $classifier -Data $moons | Should -BeExactly $text
        $text | Should -Not -BeExactly ($moons | Show-MlpPlot -Model (New-Mlp 2 8, 1 -Seed 9) -Feature X1, X2 -Target Label)
    }

    It 'writes the -Title' {
        ($epochs | Show-MlpPlot -Title 'My training') -split "`n" | Select-Object -First 1 | Should -BeExactly 'My training'
    }

    It 'is as large as -Width and -Height say' {
        $small, $large = ($epochs | Show-MlpPlot -Width 40 -Height 6), ($epochs | Show-MlpPlot -Width 120 -Height 30)
        ($small -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 40
        ($large -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeGreaterThan 80
        ($small -split "`n" -match '│$').Count, ($large -split "`n" -match '│$').Count | Should -Be 6, 30
    }

    It 'refuses a size of <Width> by <Height>' -ForEach @{ Width = 10; Height = 16 }, @{ Width = 80; Height = 1 } {
        { $epochs | Show-MlpPlot -Width $Width -Height $Height } |
            Should -Throw -ErrorId 'InvalidPlotSize,MicroGrad.PowerShell.Commands.ShowMlpPlotCommand'
    }

    It 'colours where it is told to with -Color' {
        $epochs | Show-MlpPlot -Color | Should -BeLike "*$escape*"
        $epochs | Show-MlpPlot -Color:$false | Should -Not -BeLike "*$escape*"
        $moons | Show-MlpPlot -Model $classifier -Color | Should -BeLike "*$escape*"
    }

    It 'gives back what came in with -PassThru, and writes the plot to the host' {
        $back = $epochs | Show-MlpPlot -PassThru -InformationVariable said 6> $null
        $back | Should -BeExactly $epochs
        "$said" | Should -BeExactly ($epochs | Show-MlpPlot)
        $said[0].Tags | Should -Contain 'PSHOST'
        $rows = $moons | Show-MlpPlot -Model $classifier -PassThru 6> $null
        $rows | Should -BeExactly $moons
    }

    It 'reports what is no result, and plots the rest' {
        $text = $epochs[0], 'text', $epochs[1] | Show-MlpPlot -ErrorVariable said -ErrorAction SilentlyContinue
        $text | Should -BeExactly ($epochs[0, 1] | Show-MlpPlot)
        $said[0].FullyQualifiedErrorId | Should -BeExactly 'InvalidInputObject,MicroGrad.PowerShell.Commands.ShowMlpPlotCommand'
    }

    It 'refuses a training without epochs, and a model without rows' {
        { @() | Show-MlpPlot } | Should -Throw -ErrorId 'EmptyHistory,MicroGrad.PowerShell.Commands.ShowMlpPlotCommand'
        { @() | Show-MlpPlot -Model $classifier } | Should -Throw -ErrorId 'EmptyData,MicroGrad.PowerShell.Commands.ShowMlpPlotCommand'
    }

    It 'plots the predictions of a model for numbers over their targets' {
        $line = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Y = 2 * $x + 1 } }
        $model = New-Mlp 1 1
        $null = $line | Start-MlpTraining $model -Target Y -Epoch 1
        $predictions = [double[]] ($line | Invoke-Mlp $model).Prediction
        $expected = [MicroGrad.Rendering.Plots.TextPlotRenderer]::Draw([MicroGrad.Rendering.Plots.PredictionsPlot]::Of([double[]] $line.Y, $predictions, 4), [MicroGrad.Rendering.Plots.TextPlotOptions]::new())
        $line | Show-MlpPlot -Model $model | Should -BeExactly $expected.TrimEnd("`n")
        $line | Show-MlpPlot -Model $model -Kind Predictions | Should -BeExactly $expected.TrimEnd("`n")
        { $line | Show-MlpPlot -Model $model -Kind DecisionBoundary } | Should -Throw -ErrorId 'NotTwoInputs,*'
        { $moons | Show-MlpPlot -Model $classifier -Kind Predictions } | Should -Throw -ErrorId 'NotNumeric,*'
    }

    It 'refuses a boundary between more classes than one output tells apart' {
        $rows = foreach ($i in 1..3) { [pscustomobject]@{ A = $i; B = 0; Y = $i } }
        { $rows | Show-MlpPlot -Model (New-Mlp 2 1) -Feature A, B -Target Y -Kind DecisionBoundary } |
            Should -Throw -ErrorId 'TooManyClasses,MicroGrad.PowerShell.Commands.ShowMlpPlotCommand'
    }

    It 'reads epochs whose numbers came through a pipeline' {
        $direct = foreach ($i in 1..4) { [pscustomobject]@{ Epoch = $i; Loss = 1 / $i; ValidationLoss = $i } }
        $piped = 1..4 | ForEach-Object { [pscustomobject]@{ Epoch = $_; Loss = 1 / $_; ValidationLoss = $_ } }
        $piped | Show-MlpPlot | Should -BeExactly ($direct | Show-MlpPlot)
        ($piped | Show-MlpPlot -PassThru 6> $null).Epoch | Should -Be (1..4)
    }

    It 'refuses -Kind without a model, and -Live with one' {
        { $epochs | Show-MlpPlot -Kind DecisionBoundary } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ShowMlpPlotCommand' -ExpectedMessage '*-Kind*'
        { $moons | Show-MlpPlot -Model $classifier -Live } | Should -Throw -ErrorId 'UnusedOption,*' -ExpectedMessage '*-Live*'
    }
}

Describe 'Show-MlpPlot in a terminal' {
    It 'is as wide as the terminal, up to 400 columns: <Width>' -ForEach @{ Width = 50; Plot = 50 }, @{ Width = 200; Plot = 200 }, @{ Width = 500; Plot = 400 }, @{ Width = 10; Plot = 30 } {
        $text = (Invoke-OnScreen '$epochs | Show-MlpPlot -Color:$false' -Width $Width).Output[0]
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -Be $Plot
    }

    It 'is 80 columns wide where the host has no screen to measure' {
        $text = (Invoke-OnScreen '$epochs | Show-MlpPlot' -Width 0 -Terminal $false).Output[0]
        $text | Should -BeExactly ($epochs | Show-MlpPlot)
    }

    It 'colours where terminal, session and NO_COLOR allow it: <Terminal>, <Rendering>, "<NoColor>"' -ForEach @(
        @{ Terminal = $true; Rendering = 'Host'; NoColor = ''; Colored = $true }
        @{ Terminal = $true; Rendering = 'Ansi'; NoColor = ''; Colored = $true }
        @{ Terminal = $false; Rendering = 'Host'; NoColor = ''; Colored = $false }
        @{ Terminal = $true; Rendering = 'PlainText'; NoColor = ''; Colored = $false }
        @{ Terminal = $true; Rendering = 'Host'; NoColor = '1'; Colored = $false }
    ) {
        $before = $env:NO_COLOR, $PSStyle.OutputRendering
        try {
            $env:NO_COLOR, $PSStyle.OutputRendering = $NoColor, $Rendering
            $text = (Invoke-OnScreen '$epochs | Show-MlpPlot' -Terminal $Terminal).Output[0]
        } finally {
            $env:NO_COLOR, $PSStyle.OutputRendering = $before
        }
        $text.Contains($escape) | Should -Be $Colored
    }

    It 'draws while results come in with -Live, over its own drawing, and clears it before the last' {
        $run = Invoke-OnScreen '$epochs | Show-MlpPlot -Live -Color:$false' -Width 80
        $lines = ($epochs | Show-MlpPlot) -split "`n"
        $run.Output | Should -BeExactly ($epochs | Show-MlpPlot)

        # The first drawing has one epoch alone; the last is taken off the screen.
        $run.Written | Should -BeLike "*$([MicroGrad.Rendering.Plots.TextPlotRenderer]::Draw([MicroGrad.Rendering.Plots.LossPlot]::Of([MicroGrad.EpochResult[]] $epochs[0], 4, $null), [MicroGrad.Rendering.Plots.TextPlotOptions]::new()))*"
        $run.Written.EndsWith("`r$escape[$($lines.Count)A$escape[J") | Should -BeTrue
    }

    It 'draws a training from its first epoch on' {
        $run = Invoke-OnScreen '$moons | Start-MlpTraining (New-Mlp 2 4, 1) -Target Label -Epoch 3 | Show-MlpPlot -Live -PassThru'
        $run.Output.Count | Should -Be 3
        $run.Output[2].Epoch | Should -Be 3
        ([regex]::Matches($run.Written, 'epoch')).Count | Should -BeGreaterOrEqual 1
        $run.Written.TrimEnd() | Should -BeLike '*1 *epoch *3'
    }

    It 'fits a live drawing to a low terminal' {
        $run = Invoke-OnScreen '$epochs | Show-MlpPlot -Live -Color:$false' -Height 12
        $run.Written | Should -BeLike "*$escape?10A*"
        ($run.Output[0] -split "`n").Count | Should -Be (($epochs | Show-MlpPlot) -split "`n").Count
    }

    It 'draws nothing before the end where the host can not be drawn over' {
        $run = Invoke-OnScreen '$epochs | Show-MlpPlot -Live' -Terminal $false
        $run.Written | Should -BeExactly ''
        $run.Output | Should -BeExactly ($epochs | Show-MlpPlot)
    }
}
