using System.Management.Automation;
using MicroGrad.PowerShell.Binding;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Draws a graph or a network: as text to the pipeline, or as a file.</summary>
[Cmdlet(VerbsData.Export, "GradGraph", SupportsShouldProcess = true, DefaultParameterSetName = TextSet)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportGradGraphCommand : PSCmdlet
{
    private const string TextSet = "Text";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The root of a graph, or a network.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>The file to write. Its extension gives the format: .dot or .gv, .mmd, .json.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file to write, taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>What to write; without it, what the extension says, or DOT where there is no file.</summary>
    [Parameter]
    public GraphFormat Format { get; set; }

    /// <summary>Where the arrows point.</summary>
    [Parameter]
    public GraphDirection Direction { get; set; } = GraphDirection.LeftToRight;

    /// <summary>Digits behind the decimal point in drawings; JSON has all digits.</summary>
    [Parameter]
    public int Precision { get; set; } = 4;

    /// <summary>A title above the drawing.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Draws a neuron's weighted sum as the products and additions that it stands for.</summary>
    [Parameter]
    public SwitchParameter Expand { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file that was written.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var source = GradTarget.Require(InputObject);
            if (ParameterSetName == TextSet)
            {
                WriteObject(Render(source, GraphFormat.Dot));
                return;
            }

            var path = FileTarget.ResolveForWriting(this, ParameterSetName == PathSet ? Path : LiteralPath, Force);
            var text = Render(source, FormatOf(path));
            if (ShouldProcess(path, "Write drawing"))
            {
                FileTarget.WriteWhole(path, text);
                if (PassThru)
                {
                    WriteObject(new FileInfo(path));
                }
            }
        }
        catch (GradException error)
        {
            this.Throw(error, InputObject);
        }
    }

    private string Render(object source, GraphFormat format)
    {
        var options = new RenderOptions
        {
            Format = MyInvocation.BoundParameters.ContainsKey(nameof(Format)) ? Format : format,
            Direction = Direction,
            Precision = Precision,
            Title = Title,
            Expand = Expand,
        };
        return source is Mlp model ? GraphRenderer.Render(model, options) : GraphRenderer.Render((GradValue)source, options);
    }

    private GraphFormat FormatOf(string path)
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Format)))
        {
            return Format;
        }

        return System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".DOT" or ".GV" => GraphFormat.Dot,
            ".MMD" or ".MERMAID" => GraphFormat.Mermaid,
            ".JSON" => GraphFormat.Json,
            var extension => throw new GradException(
                "UnknownFormat",
                $"The extension '{extension}' says nothing of a format; end the name in .dot, .gv, .mmd or .json, or give -Format."),
        };
    }
}
