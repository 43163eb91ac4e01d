using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Rows;
using MicroGrad.PowerShell.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets for plots share: they take the results of a training, or a model and its rows.</summary>
public abstract class MlpPlotCommand : ModelRowsCommand
{
    private static readonly string[] RowParameters =
        [nameof(Kind), nameof(Feature), nameof(Target), nameof(Categorical), nameof(Date), nameof(MissingValue), nameof(MissingMark), nameof(Culture)];

    private readonly List<EpochResult> _epochs = [];

    /// <summary>The results of a training; or, with -Model, rows with features and targets: objects, hashtables or arrays of numbers.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Data")]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The model that the rows are for.</summary>
    [Parameter]
    public Mlp? Model { get; set; }

    /// <summary>What to show of a model and its rows; without it, what suits the model.</summary>
    [Parameter]
    [Choice]
    public MlpPlotKind Kind { get; set; }

    /// <summary>A title above the plot.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Shows a loss on a logarithmic axis, or does not (-LogScale:$false); without it, where it falls by large factors.</summary>
    [Parameter]
    public SwitchParameter LogScale { get; set; }

    /// <summary>The results so far, in the order of their epochs.</summary>
    private protected IReadOnlyList<EpochResult> Epochs => EpochReader.InOrder(_epochs);

    /// <summary>Whether a loss is to be on a logarithmic axis; null where that was not given.</summary>
    private protected bool? LogScaleOfLoss => Given(nameof(LogScale), LogScale)?.IsPresent;

    private protected override Mlp? RowModel => Model;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Model is null)
        {
            var unused = RowParameters.FirstOrDefault(IsGiven);
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
        foreach (var element in RowSource.RowsOf(InputObject))
        {
            var value = element is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : element;
            if (value is EpochResult && Model is not null)
            {
                this.Throw(
                    new GradException(
                        "InvalidInputObject",
                        "The result of an epoch was given together with -Model, which goes with rows. Leave -Model out to plot the training."),
                    value);
            }

            if (Model is not null)
            {
                Rows.Add(element);
                Taken(element);
            }
            else if (this.OrThrow(() => EpochReader.Read(element), element) is { } epoch)
            {
                _epochs.Add(epoch);
                Taken(epoch);
            }
            else if (!Take(value))
            {
                this.Report(
                    new GradException(
                        "InvalidInputObject",
                        $"'{value ?? "nothing"}' ({value?.GetType().Name ?? "null"}) can't be plotted. Give the results of Start-MlpTraining, or rows together with -Model."),
                    value);
            }
        }
    }

    /// <summary>The rows, and what to show of them.</summary>
    private protected (PlottedRows Rows, MlpPlotKind Kind) ReadRows()
    {
        var rows = new PlottedRows(Model!, BuildTable());
        return (rows, IsGiven(nameof(Kind)) ? Kind : rows.Kind);
    }

    /// <summary>Takes something else to plot.</summary>
    /// <returns>Whether it can be plotted.</returns>
    private protected virtual bool Take(object? value) => false;

    /// <summary>Called for each result and each row.</summary>
    private protected virtual void Taken(object? element)
    {
    }
}
