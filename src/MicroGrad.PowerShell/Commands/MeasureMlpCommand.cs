using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Binding;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Measures how well a model does on rows: accuracy and confusion of classes, or errors of numbers.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Mlp")]
[OutputType(typeof(MlpMeasurement))]
public sealed class MeasureMlpCommand : PSCmdlet
{
    private RowCollector? _rows;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public Mlp Model { get; set; } = null!;

    /// <summary>The rows: objects, hashtables or arrays of numbers.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The columns that the model reads; without it, those that it was trained on.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[] Feature { get; set; } = [];

    /// <summary>The column or columns that the model predicts; without it, those that it was trained on.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[] Target { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _rows ??= new RowCollector(
            this,
            new RowReader(
                Feature.Length > 0 ? Feature : [.. Model.FeatureNames],
                Target.Length > 0 ? Target : [.. Model.Schema?.TargetNames ?? []],
                Model.InputCount),
            Model.Schema);
        _rows.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            var table = _rows?.Table ?? new SampleTable([], []);
            WriteObject(MlpMeasurement.Of(Model, table));
        }
        catch (GradException error)
        {
            this.Throw(error, Model);
        }
    }
}
