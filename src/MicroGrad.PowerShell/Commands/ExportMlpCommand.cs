using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Plots;
using MicroGrad.PowerShell.Training;
using MicroGrad.Rendering.Html;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// Writes a model to a file: JSON for this module, safetensors and ONNX for other programs, code that answers without either,
/// and a report for people.
/// </summary>
[Cmdlet(VerbsData.Export, "Mlp", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpCommand : ExportModelCommand
{
    private static readonly string[] ReportParameters =
    [
        nameof(Data), nameof(History), nameof(Title), nameof(Feature), nameof(Target), nameof(Categorical), nameof(Date), nameof(MissingValue), nameof(MissingMark),
        nameof(Culture),
    ];

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Model]
    [AllowNull]
    public Mlp Model { get; set; } = null!;

    /// <summary>Rows with features and targets that a report measures the model on: those that it was not trained on say most.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>The results of the model's training, whose loss a report draws.</summary>
    [Parameter]
    [ValidateNotNull]
    public object[]? History { get; set; }

    /// <summary>The heading of a report.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>From which probability on, 0 to 1, a script, ONNX or a report answers with the second of two classes, or with a label.</summary>
    [Parameter]
    [Number]
    public double Threshold { get; set; }

    private protected override Mlp? RowModel => Model;

    private double? GivenThreshold => Given(nameof(Threshold), Threshold);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MyInvocation.ExpectingInput && IsGiven(nameof(Model)))
        {
            this.Throw(NoModel("A model was given as -Model, and something else came through the pipeline."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => this.OrThrow(
        () =>
        {
            if (Model is null)
            {
                throw NoModel("What was given is no model.");
            }

            var file = ResolveFile();
            var format = FileFormats.Models.Of(file.FullPath);
            var content = format == ModelFormat.Report
                ? WriteReport(ReadReport())
                : Write(format, System.IO.Path.GetFileNameWithoutExtension(file.FullPath));
            file.Write(this, "Write model", () => content, PassThru);
        },
        Model);

    private static GradException NoModel(string given) => new(
        "InvalidInputObject", $"{given} Give a trained model, such as $model | Export-Mlp model.json; rows that a report measures it on are given as -Data.");

    private byte[] Write(ModelFormat format, string name)
    {
        if (ReportParameters.FirstOrDefault(IsGiven) is { } unused)
        {
            throw new GradException("UnusedOption", $"-{unused} is about a report; end the name in .html, or leave it out.");
        }

        return format is ModelFormat.Json or ModelFormat.Safetensors && GivenThreshold is not null
            ? throw new GradException("UnusedOption", "-Threshold is about files that decide by themselves; a model that is read again is given it by Invoke-Mlp. Leave it out.")
            : Stoppable.Run(() => format.Write(Model, name, GivenThreshold), StopToken);
    }

    private byte[] WriteReport(ModelReport report) => Stoppable.Run(() => OutputFile.Encode(ReportWriter.Write(report)), StopToken);

    private ModelReport ReadReport()
    {
        var report = new ModelReport
        {
            Model = Model,
            Title = Title,
            History = History is null ? [] : EpochReader.All(History),
            Command = MyInvocation.Line,
        };
        if (Data is null)
        {
            return ReportParameters.Skip(3).Append(nameof(Threshold)).FirstOrDefault(IsGiven) is { } unused
                ? throw new GradException("UnusedOption", $"-{unused} is about rows; give them with -Data, or leave it out.")
                : report;
        }

        NewRows().Add(Data);
        var table = BuildTable();
        var threshold = GivenThreshold;
        return Stoppable.Run(
            () => report with
            {
                Measurement = MlpMeasurement.Of(Model, table, threshold: threshold, stopping: StopToken),
                Figures = new PlottedRows(Model, table) { Threshold = threshold, Stopping = StopToken }.OfReport(),
            },
            StopToken);
    }
}
