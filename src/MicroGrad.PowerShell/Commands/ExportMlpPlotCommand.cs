using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Pictures;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// Plots a training, what a model decides or predicts, or a function with its derivative: as a file, or as text to the
/// pipeline.
/// </summary>
[Cmdlet(VerbsData.Export, "MlpPlot", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportMlpPlotCommand : MlpPlotCommand
{
    private GradFunction? _function;

    /// <summary>The file to write. Its extension gives the format: .svg, .html or .htm, .png or .pdf. Without it the text goes to the pipeline.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    public string? Path { get; set; }

    /// <summary>The file to write, taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>What to write; without it, what the extension says, or SVG where there is no file. Png and Pdf need a file, and an installed Edge, Chrome or Chromium.</summary>
    [Parameter]
    [Choice]
    public PlotFileFormat Format { get; set; }

    /// <summary>The width in pixels, 240 to 8000.</summary>
    [Parameter]
    [WholeNumber]
    public int Width { get; set; } = 760;

    /// <summary>The height in pixels, 180 to 8000.</summary>
    [Parameter]
    [WholeNumber]
    public int Height { get; set; } = 460;

    /// <summary>Where the plot of a function begins.</summary>
    [Parameter]
    [Number]
    public double From { get; set; } = -5;

    /// <summary>Where the plot of a function ends.</summary>
    [Parameter]
    [Number]
    public double To { get; set; } = 5;

    /// <summary>Pixels of a PNG for each of the plot, 0.1 to 10.</summary>
    [Parameter]
    [Number]
    public double Scale { get; set; } = 2;

    /// <summary>The background of the plot in a PNG or PDF.</summary>
    [Parameter]
    [Choice]
    public PictureBackground Background { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            if ((LiteralPath ?? Path) is { } path)
            {
                WriteFile(OutputFile.Resolve(this, path, Force));
            }
            else
            {
                WriteObject(RenderText());
            }
        },
        Model);

    private protected override bool Take(object? value)
    {
        if (value is not GradFunction function)
        {
            return false;
        }

        if (_function is not null)
        {
            this.Throw(new GradException("InvalidInputObject", "There is more than one function; plot them one by one."), value);
        }

        _function = function;
        return true;
    }

    private string RenderText()
    {
        var format = (Given(nameof(Format), Format) ?? PlotFileFormat.Svg).Picture();
        format.RequireText();
        return Render(format);
    }

    private void WriteFile(OutputFile file)
    {
        var format = (Given(nameof(Format), Format) ?? FileFormats.Plots.Of(file.FullPath)).Picture();
        var options = RasterOptions.Of(Given(nameof(Scale), Scale), Given(nameof(Background), Background), format);
        var browser = format.IsDrawnElsewhere() ? Browser.Find(this) ?? throw Browser.Missing(format) : null;
        var text = Render(format);
        file.Write(
            this,
            "Write plot",
            () => browser is null ? OutputFile.Encode(text) : Browser.Draw(browser, text, format, options, StopToken),
            PassThru);
    }

    private string Render(PictureFormat format)
    {
        var options = new PlotOptions { Format = format == PictureFormat.Html ? PlotFormat.Html : PlotFormat.Svg, Title = Title, Width = Width, Height = Height };
        var figure = ReadFigure();
        return Stoppable.Run(() => PlotRenderer.Draw(figure, options), StopToken);
    }

    private protected override Figure ReadFigure()
    {
        if (_function is null)
        {
            return new[] { nameof(From), nameof(To) }.FirstOrDefault(IsGiven) is { } unused
                ? throw new GradException("UnusedOption", $"-{unused} is about the plot of a function; pipe one, or leave it out.")
                : base.ReadFigure();
        }

        if (HasResults)
        {
            throw new GradException("InvalidInputObject", "There are a function and other results; plot them one by one.");
        }

        if (_function.ParameterCount != 1)
        {
            throw new GradException(
                "NotOneParameter",
                $"The function has {_function.ParameterCount} parameters ({MessageText.Shorten(_function.ParameterNames)}); the plot is of functions of one number.");
        }

        var gradient = new double[1];
        return FunctionPlot.Of(x => (_function.Evaluate([x], gradient), gradient[0]), From, To);
    }
}
