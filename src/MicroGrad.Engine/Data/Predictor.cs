using MicroGrad.Kernels;
using MicroGrad.Operations;

namespace MicroGrad.Data;

/// <summary>What a model says of a row.</summary>
/// <param name="Value">A class (text, or a number where classes are numbers), a number, or a number for each target.</param>
/// <param name="Probability">The probability of the class, where the loss gives outputs that meaning; else null.</param>
internal readonly record struct Prediction(object Value, double? Probability);

/// <summary>Runs a model over the cells of rows, one by one, in the meaning that training gave it.</summary>
internal sealed class Predictor
{
    private readonly Mlp _model;
    private readonly IReadOnlyList<string> _columns;
    private readonly BatchedNetwork<double> _network;
    private readonly double[] _parameters;
    private readonly double[] _inputs;

    /// <param name="model">The model, as it is now: later changes of its weights don't count.</param>
    /// <param name="columns">The columns that rows come with, in the order of their cells.</param>
    /// <exception cref="GradException">There are more or fewer columns than inputs (id <c>SizeMismatch</c>).</exception>
    public Predictor(Mlp model, IReadOnlyList<string> columns)
    {
        Shapes.RequireInputs("model", model.Schema?.Features.Count ?? model.InputCount, columns.Count);
        _model = model;
        _columns = columns;
        _network = new BatchedNetwork<double>(model, 1);
        _parameters = model.CopyParameters();
        _inputs = new double[model.InputCount];
    }

    /// <summary>The model's answer to a row.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="Cell.RequireNumber"/>).</exception>
    public Prediction Predict(ReadOnlySpan<object?> cells, long row)
    {
        ReadInputs(cells, row);
        var outputs = _network.Forward(_parameters, _inputs, 1);
        return _model.Schema is { Encoding: not TargetEncoding.Numbers } schema
            ? PredictClass(schema, outputs)
            : new Prediction(outputs.Length == 1 ? outputs[0] : outputs.ToArray(), null);
    }

    /// <summary>The model's outputs over a row, with their graph.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="Cell.RequireNumber"/>).</exception>
    public GradValue[] Outputs(ReadOnlySpan<object?> cells, long row)
    {
        ReadInputs(cells, row);
        return _model.InvokeNumbers(_inputs);
    }

    private static Prediction PredictClass(ModelSchema schema, ReadOnlySpan<double> outputs)
    {
        var index = schema.ClassOf(outputs);
        double? probability = schema.Loss switch
        {
            LossKind.CrossEntropy => Math.Exp(outputs[index] - LogSumExp.Of(outputs)),
            LossKind.BinaryCrossEntropy => Sigmoid.Of(index == 1 ? outputs[0] : -outputs[0]),
            _ => null,
        };
        var name = schema.Classes[index];
        return new Prediction(
            schema.HasNumericClasses && Cell.TryNumber(name, out var number) ? number : name, probability);
    }

    private void ReadInputs(ReadOnlySpan<object?> cells, long row)
    {
        if (_model.Schema is { } schema)
        {
            schema.EncodeCells(cells, row, _inputs);
            return;
        }

        for (var i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = Cell.RequireNumber(cells[i], row, _columns[i]);
        }
    }
}
