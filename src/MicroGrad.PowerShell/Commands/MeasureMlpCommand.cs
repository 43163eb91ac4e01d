using System.Management.Automation;
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
    protected override void BeginProcessing() => _rows = new RowCollector(
        this,
        new RowReader(
            Feature.Length > 0 ? Feature : [.. Model.FeatureNames],
            Target.Length > 0 ? Target : [.. Model.Schema?.TargetNames ?? []],
            Model.InputCount))
    {
        Known = Model.Schema,
        Categorical = [.. Model.Schema?.Features.Where(feature => feature.Categories is not null).Select(feature => feature.Name) ?? []],
        MissingValue = Model.Schema?.Features.Any(feature => feature.Fill is not null) == true
            ? MissingValuePolicy.Mean
            : MissingValuePolicy.Error,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord() => _rows!.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(MlpMeasurement.Of(Model, _rows!.Table));
        }
        catch (GradException error)
        {
            this.Throw(error, Model);
        }
    }
}
