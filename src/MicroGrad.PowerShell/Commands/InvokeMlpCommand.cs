using System.Management.Automation;
using MicroGrad.Inference;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Runs a model over rows: each row with its prediction, or numbers for numbers, or live graph nodes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Mlp")]
[OutputType(typeof(PSObject), typeof(double), typeof(double[]), typeof(string), typeof(GradValue), typeof(GradValue[]))]
public sealed class InvokeMlpCommand : CancellableCommand
{
    private readonly RowProperties.Reader _properties = new();
    private readonly List<PredictedRow?> _waiting = [];
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
            Take(element);
        }

        // Rows of a list were answered together. What comes through the pipeline is answered at once: the commands around
        // keep step with it ($PSItem of another command, -PipelineVariable), and the next row may be long in coming.
        Answer();
    }

    private void Take(object? element)
    {
        try
        {
            var row = RowReader.RequireRow(element, _rowNumber);
            if (_reader is null)
            {
                Open(row);
            }

            var cells = _reader!.Read(row, _rowNumber);
            if (AsGradValue)
            {
                var outputs = _predictor!.Outputs(cells, _rowNumber);
                WriteObject(outputs.Length == 1 ? outputs[0] : outputs);
                return;
            }

            // As it is now: the source may change it and send it again.
            var copy = RowReader.IsList(row) ? null : PredictedRow.Of(row, _rowNumber, _properties);
            _predictor!.Add(cells, _rowNumber);
            _waiting.Add(copy);
        }
        catch (GradException error)
        {
            // Everything comes in the order of the rows, errors too.
            Answer();
            this.Report(error, element);
        }

        if (_waiting.Count == Predictor.MaxRows)
        {
            Answer();
        }
    }

    /// <summary>Writes the answers to all rows that wait for one.</summary>
    private void Answer()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        PredictedRow?[] rows = [.. _waiting];
        _waiting.Clear();
        var predictions = _predictor!.Predict();
        for (var i = 0; i < rows.Length; i++)
        {
            WriteObject(rows[i] is { } row ? row.With(predictions[i]) : predictions[i].Value);
        }
    }

    private void Open(object row) => this.OrThrow(
        () =>
        {
            var reader = new RowReader(Feature.Length > 0 ? Feature : [.. Model.FeatureNames], [], Model.InputCount);
            reader.Open(row);
            _predictor = new Predictor(Model, reader.FeatureNames);
            _reader = reader;
        },
        row);
}
