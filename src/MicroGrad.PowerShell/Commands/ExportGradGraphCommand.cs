using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Pictures;
using MicroGrad.PowerShell.Plots;
using MicroGrad.PowerShell.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Draws a graph, a network or a training: as text to the pipeline, or as a file.</summary>
[Cmdlet(VerbsData.Export, "GradGraph", SupportsShouldProcess = true, DefaultParameterSetName = PipelineSet)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportGradGraphCommand : ExportFileCommand
{
    // Two sets for a path: with a pipeline it is the first word ('$root | Export-GradGraph graph.svg'), else the second.
    private const string PipelineSet = "Pipeline";

    /// <summary>The root of a graph, or a network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PipelineSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = LiteralPathSet)]
    public object InputObject { get; set; } = null!;

    /// <summary>The file to write. Its extension gives the format: .svg, .html or .htm, .png, .pdf, .dot or .gv, .mmd or .mermaid, .json. Without it the text goes to the pipeline.</summary>
    [Parameter(Position = 0, ParameterSetName = PipelineSet)]
    [Parameter(Position = 1, ParameterSetName = PathSet)]
    public override string? Path { get; set; }

    /// <summary>What to write; without it, what the extension says, or DOT where there is no file. Png and Pdf need a file, and Graphviz or an installed Edge, Chrome or Chromium.</summary>
    [Parameter]
    [Choice]
    public PictureFormat Format { get; set; }

    /// <summary>Where the arrows point; without it, where text is largest as shown, or left to right in DOT and Mermaid.</summary>
    [Parameter]
    [Choice]
    public GraphDirection Direction { get; set; }

    /// <summary>Digits behind the decimal point in drawings; JSON has all digits.</summary>
    [Parameter]
    [WholeNumber]
    public int Precision { get; set; } = 4;

    /// <summary>A title above the drawing.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The most boxes to draw a graph with. Of a larger one, neurons, layers or samples become one box each, and a warning says so.</summary>
    [Parameter]
    [WholeNumber]
    public int MaximumNodeCount { get; set; } = 300;

    /// <summary>Colours boxes by sign and size of their gradients.</summary>
    [Parameter]
    public SwitchParameter ColorByGradient { get; set; }

    /// <summary>Draws a neuron's weighted sum as the products and additions that it stands for.</summary>
    [Parameter]
    public SwitchParameter Expand { get; set; }

    /// <summary>The results of the network's training with -KeepParameter: the HTML page then has a slider over its epochs.</summary>
    [Parameter]
    public object[]? History { get; set; }

    /// <summary>With -History, the rows of a network of two inputs: the page then shows what it decides over them, and what its neurons give.</summary>
    [Parameter]
    public object? Data { get; set; }

    /// <summary>Pixels of a PNG for each of the drawing, 0.1 to 10.</summary>
    [Parameter]
    [Number]
    public double Scale { get; set; } = 2;

    /// <summary>What is behind the drawing in a PNG or PDF.</summary>
    [Parameter]
    [Choice]
    public PictureBackground Background { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => this.OrThrow(
        () =>
        {
            var source = GradTarget.Require(InputObject);
            if (LiteralPath is null && Path is null)
            {
                WriteObject(RenderText(source));
            }
            else
            {
                WriteFile(source, ResolveFile());
            }
        },
        InputObject);

    private string RenderText(object source)
    {
        var format = Given(nameof(Format), Format) ?? (History is null ? PictureFormat.Dot : PictureFormat.Html);
        format.RequireText();
        return Render(source, format);
    }

    private void WriteFile(object source, OutputFile file)
    {
        var format = Given(nameof(Format), Format) ?? FileFormats.Pictures.Of(file.FullPath);
        var options = RasterOptions.Of(Given(nameof(Scale), Scale), Given(nameof(Background), Background), format);
        var graphviz = format.IsDrawnElsewhere() ? Graphviz.Find(this) : null;
        var browser = format.IsDrawnElsewhere() && graphviz is null ? Browser.Find(this) ?? throw Graphviz.Missing(format) : null;
        var text = Render(source, browser is null ? format : PictureFormat.Svg);
        file.Write(
            this,
            "Write drawing",
            () => browser is not null ? Browser.Draw(browser, text, format, options, StopToken)
                : graphviz is not null ? Graphviz.Draw(graphviz, text, format, options, StopToken)
                : OutputFile.Encode(text),
            PassThru);
    }

    private string Render(object source, PictureFormat format)
    {
        var options = new RenderOptions
        {
            Format = format.Text(),
            Direction = Given(nameof(Direction), Direction),
            Precision = Precision,
            Title = Title,
            MaximumNodeCount = MaximumNodeCount,
            ColorByGradient = ColorByGradient,
            Expand = Expand,
        };
        if (History is not null)
        {
            return RenderHistory(source, options);
        }

        if (Data is not null)
        {
            throw new GradException("UnusedOption", "-Data goes with -History: give the results of the training too.");
        }

        if (source is Mlp model)
        {
            return Stoppable.Run(() => GraphRenderer.Render(model, options.StoppedBy(StopToken)), StopToken);
        }

        var text = GraphRenderer.Render((GradValue)source, options.StoppedBy(StopToken), out var note);
        if (note is not null)
        {
            WriteWarning(note);
        }

        return text;
    }

    private string RenderHistory(object source, RenderOptions options)
    {
        if (source is not Mlp model || options.Format != GraphFormat.Html)
        {
            throw new GradException(
                "UnusedOption", "-History goes with a network and a page: give an Mlp, and a name that ends in .html (or -Format Html).");
        }

        var history = TrainingHistory.Read(History!);
        var points = Data is null ? null : PlottedRows.Of(this, model, Data).Points();
        return Stoppable.Run(() => GraphRenderer.RenderTraining(model, history, options, points), StopToken);
    }
}
