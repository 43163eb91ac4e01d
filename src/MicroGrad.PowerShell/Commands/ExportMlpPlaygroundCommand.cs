using System.Management.Automation;
using System.Management.Automation.Language;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Training;
using MicroGrad.Rendering;
using MicroGrad.Rendering.Html;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Writes a page in which a copy of the model trains on the rows, in any browser, with the digits of Start-MlpTraining.</summary>
[Cmdlet(VerbsData.Export, "MlpPlayground", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpPlaygroundCommand : ExportModelCommand
{
    /// <summary>The rows: objects, hashtables or arrays of numbers. The page holds them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Data")]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The model, whose weights the page starts from. It isn't changed.</summary>
    [Parameter]
    [Model]
    public Mlp Model { get; set; } = null!;

    /// <summary>Brings numeric features to mean 0 and deviation 1 over the training rows.</summary>
    [Parameter]
    public SwitchParameter Standardize { get; set; }

    /// <summary>The fraction of rows that the page starts to validate with, of each class the same.</summary>
    [Parameter]
    [Number]
    public double ValidationFraction { get; set; }

    /// <summary>What to make small. By default cross entropy for text, mean squared error for numbers.</summary>
    [Parameter]
    [Choice]
    public LossKind Loss { get; set; }

    /// <summary>The rule by which parameters move.</summary>
    [Parameter]
    [Choice]
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.Adam;

    /// <summary>The size of a step; without it 0.01, or 0.1 for Sgd and Adagrad.</summary>
    [Parameter]
    [Number]
    public double LearningRate { get; set; }

    /// <summary>The share of the last step in the next (Sgd).</summary>
    [Parameter]
    [Number]
    public double Momentum { get; set; }

    /// <summary>Rows in a step; 0 for all at once.</summary>
    [Parameter]
    [WholeNumber]
    public int BatchSize { get; set; } = 32;

    /// <summary>What the sum of squares of all parameters adds to the loss.</summary>
    [Parameter]
    [Number]
    public double L2 { get; set; }

    /// <summary>A whole number from 0 on that decides the order of the rows, the validation rows and the sample of -MaximumRow.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    /// <summary>The controls to leave out; their figures stay.</summary>
    [Parameter]
    [Choice(IsList = true)]
    [ValidateNotNull]
    public PlaygroundControl[] Hide { get; set; } = [];

    /// <summary>The heading.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The most rows that the page holds: of more, it gets a sample.</summary>
    [Parameter]
    [WholeNumber]
    public int MaximumRow { get; set; } = 2000;

    private protected override Mlp? RowModel => Model;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsGiven(nameof(InputObject)))
        {
            RequireModel(null);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RequireModel(InputObject);
        Rows.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            var file = ResolveFile();
            _ = FileFormats.Playgrounds.Of(file.FullPath);
            var page = WritePage();
            file.Write(this, "Write playground", () => OutputFile.Encode(page), PassThru);
        },
        Model);

    private string WritePage()
    {
        Options.Require(MaximumRow >= 1, "InvalidCount", "most rows of the page", MaximumRow, "at least 1");
        var training = new TrainingOptions
        {
            BatchSize = BatchSize,
            LearningRate = Given(nameof(LearningRate), LearningRate),
            Seed = SeedArgument.ToNumber(Seed),
            L2 = L2,
            Optimizer = new OptimizerOptions { Kind = Optimizer, Momentum = Momentum },
        };
        training.Validate();
        var rows = new TrainingRows(this, Model)
        {
            Loss = Given(nameof(Loss), Loss),
            Standardize = Given(nameof(Standardize), Standardize)?.IsPresent,
            ValidationFraction = Given(nameof(ValidationFraction), ValidationFraction),
            Format = RowFormat,
            Seed = training.Seed,
        };
        var table = BuildTable(AreClasses(Given(nameof(Loss), Loss)), isKnown: false);
        var (schema, _, _) = rows.Encode(table);
        var page = new PlaygroundOptions
        {
            Title = Title,
            Training = training,
            ValidationFraction = ValidationFraction,
            Rows = Sample(table.Count, training),
            IsScaled = rows.IsStandardized,
            Hidden = Hide,
            RowArguments = DescribeRows(schema, rows.IsStandardized),
        };
        return Stoppable.Run(() => PlaygroundWriter.Write(Model.WithSchema(schema), table, page), StopToken);
    }

    private int[]? Sample(int count, TrainingOptions training)
    {
        if (count <= MaximumRow)
        {
            return null;
        }

        WriteWarning($"There are {count} rows; the page gets a sample of {MaximumRow} of them. Give a larger -MaximumRow for more.");
        return RowDivision.Sample(MaximumRow, count, training.Seed);
    }

    /// <summary>The parameters with which Start-MlpTraining reads the same rows in the same way.</summary>
    private string DescribeRows(ModelSchema schema, bool isStandardized)
    {
        var categorical = schema.Features.Where(feature => feature.Kind == ColumnKind.Category).Select(feature => feature.Name).ToArray();
        var text = new List<string> { $"-Target {Names(schema.TargetNames)}", $"-Feature {Names(schema.FeatureNames)}" };
        Add(categorical.Length > 0, $"-Categorical {Names(categorical)}");
        Add(Date.Length > 0, $"-Date {Names(Date)}");
        Add(RowPolicy != MissingValuePolicy.Error, $"-MissingValue {RowPolicy}");
        Add(IsGiven(nameof(MissingMark)), $"-MissingMark {Names(MissingMark)}");
        Add(Culture is not null, $"-Culture {Culture?.Name}");
        Add(isStandardized, "-Standardize");
        return string.Join(' ', text);

        void Add(bool isThere, string part)
        {
            if (isThere)
            {
                text.Add(part);
            }
        }

        static string Names(IEnumerable<string> names) => string.Join(
            ", ", names.Select(name => $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'"));
    }
}
