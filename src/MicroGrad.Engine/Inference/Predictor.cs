using MicroGrad.Data;
using MicroGrad.Networks;

namespace MicroGrad.Inference;

/// <summary>A model's answer to a row.</summary>
/// <param name="Value">A class (text, or a number where classes are numbers), a number, or a list with a number for each target or a decision for each label.</param>
/// <param name="Probability">The probability of the class, where the loss makes outputs probabilities; else null.</param>
/// <param name="Probabilities">The probability of each label, or of each class, where they were asked for; else null.</param>
public readonly record struct Prediction(object Value, double? Probability, double[]? Probabilities = null)
{
    /// <summary>The target's quantiles from the lowest on, where outputs stand for them; else null.</summary>
    public double[]? Quantiles { get; init; }

    /// <summary>
    /// The standard deviation among several models: of the probability (or score) of the predicted class, or of each number,
    /// quantile or label's probability; null of one model.
    /// </summary>
    public double[]? Spread { get; init; }

    /// <summary>What each column contributes, where that was asked for; else null.</summary>
    public Explanation? Explanation { get; init; }
}

/// <summary>Runs a model over the cells of rows, many at once, and reads its outputs as training defined them.</summary>
public sealed class Predictor : IPredictor
{
    /// <summary>How many rows may wait for their answers.</summary>
    public const int MaxRows = 256;

    private readonly Mlp _model;
    private readonly RowEncoder _encoder;
    private readonly object[] _classes;
    private readonly DecisionRule? _rule;
    private readonly NetworkRunner _runner;
    private double[] _inputs;
    private int _count;

    /// <param name="model">The model as it is now: later changes of its weights have no effect.</param>
    /// <param name="columns">The columns that rows come with, in the order of their cells.</param>
    /// <param name="format">How text is read; null for numbers with a point and ISO dates.</param>
    /// <param name="unknownCategory">What becomes of rows with a category that the model does not know.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is the answer; null for the most probable.</param>
    /// <param name="missingValue">What becomes of rows with missing values, as <see cref="RowEncoder"/> takes it.</param>
    /// <exception cref="GradException">
    /// There are more or fewer columns than inputs, or the threshold is not valid (ids <c>SizeMismatch</c> and those of <see cref="DecisionRule"/>).
    /// </exception>
    public Predictor(
        Mlp model,
        IReadOnlyList<string> columns,
        CellFormat? format = null,
        UnknownCategoryPolicy unknownCategory = UnknownCategoryPolicy.Error,
        double? threshold = null,
        MissingValuePolicy? missingValue = null)
    {
        Shapes.RequireInputs("model", model.Schema?.Features.Count ?? model.InputCount, columns.Count);
        _model = model;
        _encoder = new RowEncoder(
            model.Schema?.Features ?? [.. columns.Select(name => new FeatureColumn(name))],
            format ?? CellFormat.Invariant,
            unknownCategory,
            missingValue);
        _classes = model.Schema is { } schema ? [.. schema.Classes.Select(name => ClassValue(schema, name))] : [];
        DecisionRule.Require(model.Schema, threshold);
        _rule = model.Schema is { Encoding: not TargetEncoding.Numbers } decided ? new DecisionRule(decided, threshold) : null;
        _runner = new NetworkRunner(model);
        _inputs = new double[model.InputCount];
    }

    /// <summary>Whether answers have the probability of each class.</summary>
    public bool GivesAllProbabilities { get; init; }

    /// <summary>Ends the work on answers.</summary>
    public CancellationToken Stopping
    {
        get;
        init
        {
            field = value;
            _runner.StopBy(value);
        }
    }

    /// <summary>Explains each answer; null where that is not asked for.</summary>
    internal Explainer? Explainer { get; private set; }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<object?> baseline) =>
        Explainer = new Explainer(_model, baseline.IsEmpty ? null : Inputs(baseline, 1), Stopping);

    /// <inheritdoc/>
    public Prediction[] Predict()
    {
        var outputs = Run(_inputs.AsSpan(0, _count * _model.InputCount));
        var predictions = new Prediction[_count];
        _count = 0;
        var width = _model.OutputCount;
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Interpret(outputs.AsSpan(i * width, width));
            if (Explainer is not null)
            {
                var inputs = _inputs.AsSpan(i * _model.InputCount, _model.InputCount).ToArray();
                predictions[i] = predictions[i] with { Explanation = Explainer.Explain(inputs, PlaceOf(outputs.AsSpan(i * width, width)) ?? 0) };
            }
        }

        return predictions;
    }

    /// <summary>The outputs over rows of inputs, both in the user's units.</summary>
    internal double[] Run(ReadOnlySpan<double> inputs) => _runner.Predict(inputs);

    /// <summary>The place of the class that a row's outputs mean; null where there are no classes.</summary>
    internal int? PlaceOf(ReadOnlySpan<double> outputs) => _model.Schema is { HasClasses: true } ? _rule!.ClassOf(outputs) : null;

    /// <summary>The model's outputs over a row, with their graph.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="RowEncoder.Encode"/>).</exception>
    public GradValue[] Outputs(ReadOnlySpan<object?> cells, long row) => _model.InvokeNumbers(Inputs(cells, row));

    /// <summary>The model's inputs of a row, in the user's units.</summary>
    /// <exception cref="GradException">A cell is wrong, or there are more or fewer than columns (ids of <see cref="RowEncoder.Encode"/> and <c>SizeMismatch</c>).</exception>
    public double[] Inputs(ReadOnlySpan<object?> cells, long row)
    {
        Shapes.RequireInputs("model", _model.Schema?.Features.Count ?? _model.InputCount, cells.Length);
        var inputs = new double[_model.InputCount];
        _encoder.Encode(cells, row, inputs);
        return inputs;
    }

    /// <summary>The answer of a row's outputs, which are in the user's units.</summary>
    internal Prediction Interpret(ReadOnlySpan<double> outputs)
    {
        if (_model.Schema is { Quantiles: { Count: > 0 } quantiles })
        {
            var answers = outputs.ToArray();
            Quantiles.Sort(answers, answers.Length);
            return new Prediction(answers[Quantiles.Middle(quantiles)], null) { Quantiles = answers };
        }

        if (_rule is null)
        {
            return new Prediction(outputs.Length == 1 ? outputs[0] : outputs.ToArray(), null);
        }

        var schema = _model.Schema!;
        if (!schema.HasClasses)
        {
            return new Prediction(Labels(schema, outputs), null, ClassScores.Of(schema, outputs));
        }

        var index = _rule.ClassOf(outputs);
        var probabilities = OutputProbability.OfClasses(schema.Loss, outputs);
        return new Prediction(_classes[index], probabilities?[index], GivesAllProbabilities ? probabilities : null);
    }

    private static object ClassValue(ModelSchema schema, string name) => schema.ClassKind switch
    {
        ClassKind.Boolean => name == bool.TrueString,
        ClassKind.Number when Cell.TryNumber(name, out var number) => number,
        _ => name,
    };

    /// <summary>The decision for each label: a truth value where it came as one, else 1 or 0.</summary>
    private object[] Labels(ModelSchema schema, ReadOnlySpan<double> outputs)
    {
        var labels = new object[outputs.Length];
        for (var l = 0; l < labels.Length; l++)
        {
            var has = _rule!.HasLabel(outputs[l]);
            labels[l] = schema.Targets[l].IsBoolean ? has : has ? 1.0 : 0.0;
        }

        return labels;
    }
}
