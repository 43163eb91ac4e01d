using System.Collections;
using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Plots;
using MicroGrad.PowerShell.Rows;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets for plots share: they take results of other cmdlets, or a model and its rows.</summary>
public abstract class MlpPlotCommand : ModelRowsCommand
{
    private static readonly string[] RowParameters =
        [nameof(Feature), nameof(At), nameof(Target), nameof(Categorical), nameof(Date), nameof(MissingValue), nameof(MissingMark), nameof(Culture), nameof(WeightColumn)];

    private const string Plotted =
        "Give results of Start-MlpTraining, Find-MlpLearningRate, Find-MlpSetting or Measure-MlpFeature, a model, a result of Measure-Mlp that went through no file, or rows together with -Model.";

    private readonly PlottedResults _results = new();
    private bool _hasRows;
    private bool _hasOthers;

    /// <summary>Results of Start-MlpTraining, Measure-MlpFeature, Find-MlpLearningRate, Find-MlpSetting or Measure-Mlp, or a model; with -Model, rows with features and targets: objects, hashtables or arrays of numbers.</summary>
    [Parameter(ValueFromPipeline = true)]
    [Alias("Data")]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The model that the rows are for.</summary>
    [Parameter]
    [SingleModel]
    public Mlp? Model { get; set; }

    /// <summary>What to show of a model and its rows; without it, what suits the model.</summary>
    [Parameter]
    [Choice]
    public MlpPlotKind Kind { get; set; }

    /// <summary>Where a boundary holds the columns that it does not show, by their names; without it, at their mean or their most frequent value.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? At { get; set; }

    /// <summary>A column with the weight of each row in what the plot shows of all rows: curves, shares, errors, importances and means.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? WeightColumn { get; set; }

    /// <summary>A title above the plot.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Shows a loss on a logarithmic axis, or does not (-LogScale:$false); without it, where it falls by large factors.</summary>
    [Parameter]
    public SwitchParameter LogScale { get; set; }

    /// <summary>Whether results came that are plotted without rows.</summary>
    private protected bool HasResults => _results.Any;

    /// <summary>Whether a loss is to be on a logarithmic axis; null where that was not given.</summary>
    private bool? LogScaleOfLoss => Given(nameof(LogScale), LogScale)?.IsPresent;

    private protected override Mlp? RowModel => Model;

    private protected override string? RowWeight => WeightColumn;

    /// <summary>All columns of a model that has names for them. Those in -Feature are then the ones that are shown.</summary>
    private protected override IReadOnlyList<string> RowFeatures => Model?.Schema?.FeatureNames ?? base.RowFeatures;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Model is null)
        {
            var unused = RowParameters.FirstOrDefault(IsGiven);
            unused ??= IsGiven(nameof(Kind)) && Kind is not (MlpPlotKind.Confusion or MlpPlotKind.Importance or MlpPlotKind.Weights) ? nameof(Kind) : null;
            if (unused is not null)
            {
                this.Throw(new GradException("UnusedOption", $"-{unused} is about rows, which go with a model; give it with -Model."));
            }
        }
        else if (IsGiven(nameof(LogScale)))
        {
            this.Throw(new GradException("UnusedOption", "-LogScale is about the loss of a training; leave it out to plot a model."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Weights of a model need no rows.
        if (!IsGiven(nameof(InputObject)))
        {
            return;
        }

        foreach (var element in RowSource.RowsOf(InputObject))
        {
            var value = element is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : element;
            if (Model is not null)
            {
                if (value is EpochResult or FeatureImportance or LearningRatePoint or MlpMeasurement or MlpTrial or Mlp)
                {
                    this.Throw(
                        new GradException(
                            "InvalidInputObject",
                            $"{Named(value)} was given together with -Model, which goes with rows. Leave -Model out to plot it."),
                        value);
                }

                _hasRows = true;
                Rows.Add(element);
                Taken(element);
            }
            else if (this.OrThrow(() => _results.Take(element), element))
            {
                Taken(value);
            }
            else if (!Take(value))
            {
                _hasOthers = true;
                this.Report(new GradException("InvalidInputObject", $"{Given(value)} can't be plotted. {Plotted}"), value);
            }
        }
    }

    /// <summary>The plot of what came.</summary>
    /// <exception cref="GradException">It can't be drawn (ids of <see cref="PlottedRows.Figure"/> and <see cref="PlottedResults.Figure"/>).</exception>
    private protected virtual Figure ReadFigure()
    {
        MlpPlotKind? kind = Given(nameof(Kind), Kind);
        if (Model is null)
        {
            if (_hasOthers && !HasResults)
            {
                throw new GradException("EmptyHistory", $"Nothing that can be plotted was given. {Plotted}");
            }

            var isLogarithmic = LogScaleOfLoss;
            return Stoppable.Run(() => _results.Figure(kind, isLogarithmic), StopToken);
        }

        // Weights need no rows.
        if (kind == MlpPlotKind.Weights && !_hasRows)
        {
            return WeightsPlot.Of(Model);
        }

        var table = BuildTable();
        var columns = Model.Schema is { } schema && GivenFeatures is { IsRenaming: false, Names.Count: > 0 } chosen
            ? ColumnSelection.Choose(chosen.Names, schema.FeatureNames)
            : [];
        var format = RowFormat;
        return Stoppable.Run(
            () => new PlottedRows(Model, table) { Chosen = columns, At = At, Format = format, Stopping = StopToken }.Figure(kind), StopToken);
    }

    /// <summary>Takes something else to plot.</summary>
    /// <returns>Whether it can be plotted.</returns>
    private protected virtual bool Take(object? value) => false;

    /// <summary>Called for each result and each row.</summary>
    private protected virtual void Taken(object? element)
    {
    }

    /// <summary>What came, in words: of a row its columns.</summary>
    private static string Given(object? value) => value is PSObject { BaseObject: PSCustomObject } row
        ? $"A row with the columns {MessageText.Shorten([.. row.Properties.Select(property => property.Name)])}"
        : $"'{value ?? "nothing"}' ({value?.GetType().Name ?? "null"})";

    private static string Named(object value) => value switch
    {
        EpochResult => "The result of an epoch",
        FeatureImportance => "The importance of a column",
        LearningRatePoint => "The step of a sweep",
        MlpMeasurement => "A measurement",
        MlpTrial => "A trial",
        _ => "A model",
    };
}
