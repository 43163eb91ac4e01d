using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Binding;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Runs a model over rows: each row with its prediction, or numbers for numbers, or live graph nodes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Mlp")]
[OutputType(typeof(PSObject), typeof(double), typeof(double[]), typeof(string), typeof(GradValue), typeof(GradValue[]))]
public sealed class InvokeMlpCommand : PSCmdlet
{
    private RowReader? _reader;
    private Predictor? _predictor;
    private long _rowNumber;

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
    [ValidateNotNull]
    public string[] Feature { get; set; } = [];

    /// <summary>Gives the outputs themselves, with the graph that led to them.</summary>
    [Parameter]
    public SwitchParameter AsGradValue { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            _rowNumber++;
            return;
        }

        foreach (var element in RowReader.RowsOf(InputObject))
        {
            _rowNumber++;
            try
            {
                var row = RowReader.RequireRow(element, _rowNumber);
                if (_reader is null)
                {
                    Open(row);
                }

                if (AsGradValue)
                {
                    var outputs = _predictor!.Outputs(_reader!.Read(row, _rowNumber), _rowNumber);
                    WriteObject(outputs.Length == 1 ? outputs[0] : outputs);
                }
                else
                {
                    var prediction = _predictor!.Predict(_reader!.Read(row, _rowNumber), _rowNumber);
                    WriteObject(RowReader.IsList(row) ? prediction.Value : PredictedRow.Of(row, prediction));
                }
            }
            catch (GradException error)
            {
                this.Report(error, element);
            }
        }
    }

    private void Open(object row)
    {
        try
        {
            var reader = new RowReader(Feature.Length > 0 ? Feature : [.. Model.FeatureNames], [], Model.InputCount);
            reader.Open(row);
            _predictor = new Predictor(Model, reader.FeatureNames);
            _reader = reader;
        }
        catch (GradException error)
        {
            this.Throw(error, row);
        }
    }
}
