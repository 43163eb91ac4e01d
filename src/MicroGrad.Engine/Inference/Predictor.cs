using MicroGrad.Data;
using MicroGrad.Networks;
using MicroGrad.Operations;

namespace MicroGrad.Inference;

/// <summary>A model's answer to a row.</summary>
/// <param name="Value">A class (text, or a number where classes are numbers), a number, or a number for each target.</param>
/// <param name="Probability">The probability of the class, where the loss gives outputs that meaning; else null.</param>
/// <param name="Probabilities">The probability of each class, where they were asked for; else null.</param>
internal readonly record struct Prediction(object Value, double? Probability, double[]? Probabilities = null);

/// <summary>Runs a model over the cells of rows, many at once, in the meaning that training gave it.</summary>
internal sealed class Predictor
{
    /// <summary>How many rows may wait for their answers.</summary>
    public const int MaxRows = 256;

    private readonly Mlp _model;
    private readonly RowEncoder _encoder;
    private readonly object[] _classes;
    private readonly NetworkRunner _runner;
    private double[] _inputs;
    private int _count;

    /// <param name="model">The model, as it is now: later changes of its weights don't count.</param>
    /// <param name="columns">The columns that rows come with, in the order of their cells.</param>
    /// <param name="format">How text is read; null for numbers with a point and ISO dates.</param>
    /// <param name="unknownCategory">What becomes of rows with a category that the model does not know.</param>
    /// <exception cref="GradException">There are more or fewer columns than inputs (id <c>SizeMismatch</c>).</exception>
    public Predictor(
        Mlp model, IReadOnlyList<string> columns, CellFormat? format = null, UnknownCategoryPolicy unknownCategory = UnknownCategoryPolicy.Error)
    {
        Shapes.RequireInputs("model", model.Schema?.Features.Count ?? model.InputCount, columns.Count);
        _model = model;
        _encoder = new RowEncoder(
            model.Schema?.Features ?? [.. columns.Select(name => new FeatureColumn(name))],
            format ?? CellFormat.Invariant,
            unknownCategory);
        _classes = model.Schema is { } schema ? [.. schema.Classes.Select(name => ClassValue(schema, name))] : [];
        _runner = new NetworkRunner(model);
        _inputs = new double[model.InputCount];
    }

    /// <summary>Whether answers have the probability of each class.</summary>
    public bool GivesAllProbabilities { get; init; }

    /// <summary>Takes a row, to be answered together with others. A row that is wrong is not taken.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="RowEncoder.Encode"/>).</exception>
    public void Add(ReadOnlySpan<object?> cells, long row)
    {
        var width = _model.InputCount;
        if (_inputs.Length < (_count + 1) * width)
        {
            Array.Resize(ref _inputs, 2 * _inputs.Length);
        }

        _encoder.Encode(cells, row, _inputs.AsSpan(_count * width, width));
        _count++;
    }

    /// <summary>The model's answers to the rows taken since the last answers, in order.</summary>
    public Prediction[] Predict()
    {
        var outputs = _runner.Predict(_inputs.AsSpan(0, _count * _model.InputCount));
        var predictions = new Prediction[_count];
        _count = 0;
        var width = _model.OutputCount;
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Interpret(outputs.AsSpan(i * width, width));
        }

        return predictions;
    }

    /// <summary>The model's outputs over a row, with their graph.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="RowEncoder.Encode"/>).</exception>
    public GradValue[] Outputs(ReadOnlySpan<object?> cells, long row)
    {
        var inputs = new double[_model.InputCount];
        _encoder.Encode(cells, row, inputs);
        return _model.InvokeNumbers(inputs);
    }

    private static object ClassValue(ModelSchema schema, string name) => schema.ClassKind switch
    {
        ClassKind.Boolean => name == bool.TrueString,
        ClassKind.Number when Cell.TryNumber(name, out var number) => number,
        _ => name,
    };

    /// <summary>The probability of each class; null where the loss gives none.</summary>
    private static double[]? Probabilities(ModelSchema schema, ReadOnlySpan<double> outputs)
    {
        switch (schema.Loss)
        {
            case LossKind.CrossEntropy:
                var logSum = LogSumExp.Of(outputs);
                return Array.ConvertAll(outputs.ToArray(), output => Math.Exp(output - logSum));
            case LossKind.BinaryCrossEntropy:
                return [Sigmoid.Of(-outputs[0]), Sigmoid.Of(outputs[0])];
            default:
                return null;
        }
    }

    private Prediction Interpret(ReadOnlySpan<double> outputs)
    {
        if (_model.Schema is not { Encoding: not TargetEncoding.Numbers } schema)
        {
            return new Prediction(outputs.Length == 1 ? outputs[0] : outputs.ToArray(), null);
        }

        var index = schema.ClassOf(outputs);
        double? probability = schema.Loss switch
        {
            LossKind.CrossEntropy => Math.Exp(outputs[index] - LogSumExp.Of(outputs)),
            LossKind.BinaryCrossEntropy => Sigmoid.Of(index == 1 ? outputs[0] : -outputs[0]),
            _ => null,
        };
        return new Prediction(_classes[index], probability, GivesAllProbabilities ? Probabilities(schema, outputs) : null);
    }
}
