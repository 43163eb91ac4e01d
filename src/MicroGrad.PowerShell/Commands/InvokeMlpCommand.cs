using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Runs a model, or several together, over rows: each row with its prediction, or numbers for numbers, or live graph nodes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Mlp", DefaultParameterSetName = RowsSet)]
[OutputType(typeof(PSObject), typeof(double), typeof(double[]), typeof(object[]), typeof(string), typeof(bool), typeof(GradValue), typeof(GradValue[]))]
public sealed class InvokeMlpCommand : ModelRowsFileCommand
{
    // A property of an object with its number, and how many of them are worth a look at the memory.
    private const int BytesPerCell = 200;
    private const int ManyCells = 1000;

    private readonly List<PredictedRow?> _waiting = [];
    private RowReader? _reader;
    private AnswerNames? _columns;
    private Predictor _first = null!;
    private IPredictor _predictor = null!;
    private long _rowNumber;
    private long _skipped;

    /// <summary>The model, or several that were trained for the same: they answer by their mean, with the deviation among them.</summary>
    [Parameter(Position = 0)]
    [Model(IsList = true)]
    public Mlp[] Model { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object InputObject { get; set; } = null!;

    /// <summary>Gives the outputs themselves, with the graph that led to them.</summary>
    [Parameter]
    public SwitchParameter AsGradValue { get; set; }

    /// <summary>What becomes of a row with a category that the model does not know.</summary>
    [Parameter]
    [Choice]
    public UnknownCategoryPolicy UnknownCategory { get; set; } = UnknownCategoryPolicy.Error;

    /// <summary>Adds the probability of each class.</summary>
    [Parameter]
    public SwitchParameter AllProbability { get; set; }

    /// <summary>From which probability on the second of two classes, or a label, is the answer; without it, from above one half.</summary>
    [Parameter]
    [Number]
    public double Threshold { get; set; }

    /// <summary>What stands before the names of the columns that are added.</summary>
    [Parameter]
    public string Prefix { get; set; } = string.Empty;

    /// <summary>Adds what each column contributes to the answer, and the answer at the baseline: together they are the answer.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <summary>A row that answers are compared with; without it, the means of the training rows, where the model knows them.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Baseline { get; set; }

    private protected override Mlp? RowModel => Model is [{ } first, ..] && !Model.Contains(null) ? first : null;

    // Rows to answer need no target columns.
    private protected override IReadOnlyList<string> RowTargets => Target;

    /// <inheritdoc/>
    protected override void BeginProcessing() => RequireModel();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RequireModel(InputObject);
        if (ParameterSetName is PathSet or LiteralPathSet)
        {
            this.OrThrow(() => TakeFile(FindFile()!));
        }
        else if (ParameterSetName == DataSet || InputObject is not null)
        {
            TakeAll(RowSource.RowsOf(ParameterSetName == DataSet ? Data : InputObject));
        }
        else
        {
            _rowNumber++;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_skipped > 0)
        {
            WriteVerbose($"{_skipped} rows with missing values were left out.");
        }
    }

    private void TakeFile(string path)
    {
        using var file = new DelimitedFile(path, Delimiter, StopToken);
        TakeAll(file.Objects(), () => file.FaultOf(0, _rowNumber));
    }

    /// <summary>Answers rows of a list or a file.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="fault">What is wrong with the present row, if it is no row to answer; null where that can't be.</param>
    private void TakeAll(IEnumerable<object?> rows, Func<GradException?>? fault = null)
    {
        try
        {
            foreach (var row in rows)
            {
                _rowNumber++;
                if (fault?.Invoke() is { } error)
                {
                    Refuse(row, error);
                }
                else
                {
                    Take(row);
                }
            }
        }
        catch (GradException)
        {
            // The next row can't be read. Those before it are answered.
            Answer();
            throw;
        }

        // Rows of a list are answered together. A row from the pipeline is answered at once: other commands depend on it
        // ($PSItem, -PipelineVariable), and the next row may take long.
        Answer();
    }

    private void Take(object? element)
    {
        if (element is string text)
        {
            Answer();
            this.Throw(RowSource.TextAsRow(text), text);
        }

        try
        {
            var row = RowSource.RequireRow(element, _rowNumber);
            _reader ??= Open(row);
            var cells = _reader.Read(row, _rowNumber);
            if (AsGradValue)
            {
                var outputs = _first.Outputs(cells, _rowNumber);
                WriteObject(outputs.Length == 1 ? outputs[0] : outputs);
                return;
            }

            // A copy, as the source may change the row and send it again.
            var copy = _columns is null ? null : PredictedRow.Of(row, _rowNumber, _reader.Layout);
            _predictor.Add(cells, _rowNumber);
            _waiting.Add(copy);
        }
        catch (GradException error) when (error.ErrorId == "MissingValue" && IsGiven(nameof(MissingValue)) && MissingValue == MissingValuePolicy.Skip)
        {
            _skipped++;
        }
        catch (GradException error)
        {
            if (error.ErrorId == "MissingValue" && IsGiven(nameof(MissingValue)))
            {
                Answer();
                this.Throw(error, element);
            }

            Refuse(element, error);
        }

        // An explanation takes its time, and Ctrl+C is noticed when an answer is written.
        if (_waiting.Count == (Explain ? 1 : Predictor.MaxRows))
        {
            Answer();
        }
    }

    /// <summary>Writes an error about a row. All output is in the order of the rows, errors too.</summary>
    private void Refuse(object? element, GradException error)
    {
        Answer();
        this.Report(error, element);
    }

    /// <summary>Writes the answers to all rows that wait for one.</summary>
    private void Answer()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        this.OrThrow(RequireMemory);
        PredictedRow?[] rows = [.. _waiting];
        _waiting.Clear();
        var predictions = this.OrThrow(_predictor.Predict);
        for (var i = 0; i < rows.Length; i++)
        {
            WriteObject(rows[i] is { } row ? row.With(predictions[i], _columns!) : predictions[i].Quantiles ?? predictions[i].Value);
        }
    }

    /// <summary>
    /// Refuses to answer on where the next answers don't fit the memory. The rows before may all be kept by the caller, each
    /// with a property for each class.
    /// </summary>
    private void RequireMemory()
    {
        var columns = _columns is null ? 0 : _columns.Probabilities.Count + _columns.Contributions.Count;
        var cells = (long)_waiting.Count * columns;
        if (cells >= ManyCells)
        {
            MemoryBudget.Require(
                cells, (double)cells * BytesPerCell, "RowsTooLarge", $"The answers to {_waiting.Count} more rows, {columns} columns each, take");
        }
    }

    private RowReader Open(object row) => this.OrThrow(
        () =>
        {
            var ensemble = new ModelEnsemble(Model);
            var reader = new RowReader(row, RowSelection);
            if (Explain ? AsGradValue : Baseline is not null)
            {
                throw new GradException(
                    "UnusedOption", Explain ? "-Explain is about answers in numbers; leave out -AsGradValue." : "-Baseline goes with -Explain; give both, or neither.");
            }

            if (AsGradValue && Model.Length > 1)
            {
                throw new GradException("UnusedOption", $"A graph leads to the outputs of one model, but {Model.Length} were given. Leave out -AsGradValue, or ask the models one by one.");
            }

            // Numbers alone get bare answers, unless there is more to tell.
            if (!AsGradValue && (reader.Layout is not ListLayout || Explain || Model.Length > 1))
            {
                _columns = new AnswerNames(RowModel!.Schema, Prefix, AllProbability, Explain ? reader.Names : [], hasSpread: Model.Length > 1);
                _columns.RequireFree(reader.Layout);
            }

            Predictor[] predictors = [.. Model.Select(model => new Predictor(
                model, reader.Names, RowFormat, UnknownCategory, Given(nameof(Threshold), Threshold), Given(nameof(MissingValue), MissingValue)) { GivesAllProbabilities = AllProbability, Stopping = StopToken })];
            _first = predictors[0];
            _predictor = predictors.Length == 1 ? _first : new EnsemblePredictor(ensemble, predictors);
            if (Explain)
            {
                _predictor.Explain(Baseline is null ? [] : BaselineCells(predictors));
            }

            return reader;
        },
        row);

    private ReadOnlySpan<object?> BaselineCells(Predictor[] predictors)
    {
        try
        {
            var row = RowSource.RequireRow(Baseline, 1);
            var cells = new RowReader(row, RowSelection).Read(row, 1);
            foreach (var predictor in predictors)
            {
                predictor.Inputs(cells, 1);
            }

            return cells;
        }
        catch (GradException error)
        {
            throw new GradException(error.ErrorId, $"The row of -Baseline can't be read: {error.Message}", error);
        }
    }
}
