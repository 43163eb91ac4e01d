using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Plots a training, also while it runs, or what a model decides or predicts, as text for the terminal.</summary>
[Cmdlet(VerbsCommon.Show, "MlpPlot")]
[OutputType(typeof(string), typeof(EpochResult), typeof(PSObject))]
public sealed class ShowMlpPlotCommand : MlpPlotCommand
{
    private const int NarrowestPlot = 30;
    private const int WidestPlot = 400;
    private const int LowestPlot = 5;

    // Lines of a plot around its field: title, legend, two of the frame, the axis, and the one that the cursor stands in.
    private const int FrameLines = 6;

    private HostTerminal _terminal = null!;
    private LivePlot? _live;

    /// <summary>The characters in a line, 30 to 400; without it as many as the terminal has, or 80 without one.</summary>
    [Parameter]
    [WholeNumber]
    public int Width { get; set; }

    /// <summary>The lines of the plot itself, without heading and axis, 5 to 200.</summary>
    [Parameter]
    [WholeNumber]
    public int Height { get; set; } = 16;

    /// <summary>Colours the plot, or does not (-Color:$false); without it, where the host can show colour.</summary>
    [Parameter]
    public SwitchParameter Color { get; set; }

    /// <summary>Draws the training in the terminal while its results come in.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>Emits the results or rows as they come in; the plot is written to the host alone.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Live && Model is not null)
        {
            this.Throw(new GradException("UnusedOption", "-Live is about a training; leave it out to plot a model."));
        }

        _terminal = new HostTerminal(this);
        if (Live && _terminal.Screen is { } screen)
        {
            _live = new LivePlot(screen);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var text = this.OrThrow(() => Render(Height), Model).TrimEnd('\n');
        _live?.Clear();
        if (PassThru)
        {
            WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);
        }
        else
        {
            WriteObject(text);
        }
    }

    private protected override void Taken(object? element)
    {
        // A drawing taller than the screen could not be replaced in place.
        var height = _terminal.Height > 0 ? Math.Clamp(_terminal.Height - FrameLines, LowestPlot, Height) : Height;
        this.OrThrow(() => _live?.Show(() => Render(height)), Model);
        if (PassThru)
        {
            WriteObject(element);
        }
    }

    private string Render(int height)
    {
        var options = new TextPlotOptions
        {
            Title = Title,
            Width = IsGiven(nameof(Width)) ? Width : Math.Clamp(_terminal.Width, NarrowestPlot, WidestPlot),
            Height = height,
            UseColor = IsGiven(nameof(Color)) ? Color : _terminal.UsesColor,
        };
        var figure = ReadFigure();
        return Stoppable.Run(() => TextPlotRenderer.Draw(figure, options), StopToken);
    }
}
