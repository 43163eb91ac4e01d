using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Measures what each column is worth to a model: how much worse it does where the column is shuffled.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MlpFeature", DefaultParameterSetName = RowsSet)]
[OutputType(typeof(FeatureImportance))]
public sealed class MeasureMlpFeatureCommand : ModelOverRowsCommand
{
    private const int MostRepeats = 1_000_000;

    /// <summary>A column with the weight of each row in loss and score.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? WeightColumn { get; set; }

    /// <summary>How often each column is shuffled; the importance is the mean.</summary>
    [Parameter]
    [WholeNumber]
    public int Repeat { get; set; } = PermutationImportance.UsualRepeats;

    /// <summary>A whole number from 0 on that decides how columns are shuffled.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    private protected override string? RowWeight => WeightColumn;

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            AddOtherRows();
            Options.Require(Repeat is >= 1 and <= MostRepeats, "InvalidRepeat", "number of repeats", Repeat, "from 1 to 1000000");
            var table = BuildTable();
            var rows = Enumerable.Range(0, table.Count).ToArray();
            var (schema, importance) = Stoppable.Run(
                () =>
                {
                    var schema = SchemaLearner.KnownOrLearnt(Model, table, rows);
                    return (schema, new PermutationImportance(Model, schema, schema.Encode(table, rows, Model.OutputCount), StopToken));
                },
                StopToken);
            var progress = new ProgressRecord(0, $"Shuffling the columns of {table.Count} rows", "Starting");
            foreach (var (index, feature) in importance.Measure(Repeat, SeedArgument.ToNumber(Seed)).Index())
            {
                WriteObject(feature);
                progress.StatusDescription = VisibleText.Message(feature.Feature);
                progress.PercentComplete = 100 * (index + 1) / schema.Features.Count;
                WriteProgress(progress);
            }

            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        },
        Model);
}
