using MicroGrad.Compilation;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Persistence;

namespace MicroGrad.Exports;

/// <summary>
/// The steps from a row to a model's answer, for writers of other languages: columns become inputs, inputs go through layers, and outputs
/// become numbers in the user's units, or a class and its probability. The arithmetic is given as programs, which are made
/// from the operations.
/// </summary>
internal sealed class InferencePlan
{
    private InferencePlan(Mlp model, double? threshold)
    {
        var schema = model.Schema;
        Columns = schema?.Features ?? [.. Enumerable.Range(1, model.InputCount).Select(i => new FeatureColumn($"X{i}"))];
        Format = new CellFormat(null, schema?.MissingMarks);
        InputCount = model.InputCount;
        OutputCount = model.OutputCount;
        Layers = [.. LayerWeights.Of(model).Select((weights, l) => new PlannedLayer(weights, ActivationOf(model.Layers[l].Activation)))];
        if (schema?.Scaling is { } scaling)
        {
            InputScaling = Record(InputCount, scaling.ScaleInputs);
        }

        Answers = AnswersOf(schema, OutputCount);
        Targets = schema?.Targets ?? [.. Enumerable.Range(1, model.OutputCount).Select(i => new PredictedColumn(model.OutputCount == 1 ? "Y" : $"Y{i}"))];
        Quantiles = schema?.Quantiles ?? [];
        HasClasses = schema is { HasClasses: true };
        HasLabels = schema is { Encoding: TargetEncoding.Labels };
        Classes = schema?.Classes ?? [];
        ClassKind = schema?.ClassKind ?? default;
        Probabilities = schema is { Encoding: not TargetEncoding.Numbers } ? ProbabilitiesOf(schema, OutputCount) : null;
        Threshold = threshold;
        Names = new AnswerNames(schema, string.Empty, hasAllProbabilities: false, []);
    }

    /// <summary>The columns that a row must have: X1, X2, … where the model has no names for its inputs.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>What stands for missing values in text.</summary>
    public CellFormat Format { get; }

    public int InputCount { get; }

    public int OutputCount { get; }

    /// <summary>Brings inputs from the user's units to those of the layers; null where that changes nothing.</summary>
    public Program? InputScaling { get; }

    public IReadOnlyList<PlannedLayer> Layers { get; }

    /// <summary>Turns outputs into answers: numbers in the user's units, quantiles in order; null where that changes nothing.</summary>
    public Program? Answers { get; }

    /// <summary>The columns that are predicted.</summary>
    public IReadOnlyList<PredictedColumn> Targets { get; }

    /// <summary>The quantiles of the target that answers mean, from the lowest on; empty for other targets.</summary>
    public IReadOnlyList<double> Quantiles { get; }

    /// <summary>Whether outputs mean the classes of one target: the largest of several decides, or whether a single one is above 0.</summary>
    public bool HasClasses { get; }

    /// <summary>Whether each output means a label, which a row has where it is above 0.</summary>
    public bool HasLabels { get; }

    /// <summary>The classes, in the order of the outputs; of a single output the negative one first.</summary>
    public IReadOnlyList<string> Classes { get; } = [];

    /// <summary>What classes are answered as.</summary>
    public ClassKind ClassKind { get; }

    /// <summary>The probability of each class or label from the outputs; null where the loss does not make them probabilities.</summary>
    public Program? Probabilities { get; }

    /// <summary>From which probability on the second of two classes, or a label, is the answer; null for the most probable.</summary>
    public double? Threshold { get; }

    /// <summary>The names of the columns that answers add to rows.</summary>
    public AnswerNames Names { get; }

    /// <summary>The plan of a model as it is now.</summary>
    /// <param name="model">The model.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is the answer; null for the most probable.</param>
    /// <exception cref="GradException">
    /// A weight is not finite (id <c>NotFinite</c>), or the threshold is not valid (ids of <see cref="DecisionRule"/>).
    /// </exception>
    public static InferencePlan Of(Mlp model, double? threshold = null)
    {
        foreach (var parameter in model.Parameters)
        {
            _ = JsonText.RequireFinite(parameter.Data);
        }

        DecisionRule.Require(model.Schema, threshold);
        return new InferencePlan(model, threshold);
    }

    /// <summary>The inputs of a date, from its microseconds as <see cref="ClockTime"/> counts them.</summary>
    public static Program InputsOf(FeatureColumn date)
    {
        var program = new Program();
        var inputs = new Term[date.Width];
        DateFormula.Write(program.Input(0), ClockTime.Of(date.Origin), date.DateParts, inputs);
        Array.ForEach(inputs, program.Output);
        return program;
    }

    /// <summary>The inputs of a missing cell of this column; null where a row without one has no answer.</summary>
    public static double[]? FillOf(FeatureColumn column)
    {
        var inputs = new double[column.Width];
        column.WriteFill(inputs);
        return column.Fill is null ? null : inputs;
    }

    private static Program? ActivationOf(Activation activation) =>
        activation == Activation.Identity ? null : Record(1, x => [GradValue.Apply(activation.Operation(), x[0])]);

    private static Program? AnswersOf(ModelSchema? schema, int outputCount)
    {
        if (schema is not { Encoding: TargetEncoding.Numbers } || (schema.Scaling is null && schema.Quantiles.Count < 2))
        {
            return null;
        }

        return Record(outputCount, outputs =>
        {
            var answers = schema.Scaling?.UnscaleOutputs(outputs) ?? outputs;
            return schema.Quantiles.Count > 0 ? Sorted(answers) : answers;
        });
    }

    /// <summary>Values in order, by exchanges of neighbours.</summary>
    private static GradValue[] Sorted(GradValue[] values)
    {
        GradValue[] sorted = [.. values];
        for (var first = 0; first < sorted.Length; first++)
        {
            for (var i = sorted.Length - 1; i > first; i--)
            {
                (sorted[i - 1], sorted[i]) = (sorted[i - 1].Min(sorted[i]), sorted[i - 1].Max(sorted[i]));
            }
        }

        return sorted;
    }

    private static Program? ProbabilitiesOf(ModelSchema schema, int outputCount)
    {
        var program = new Program();
        Term[] outputs = [.. Enumerable.Range(0, outputCount).Select(program.Input)];
        var probabilities = schema.Encoding == TargetEncoding.Labels
            ? Array.ConvertAll(outputs, OutputProbability.OfLabel)
            : OutputProbability.OfClasses<Term>(schema.Loss, outputs);
        Array.ForEach(probabilities ?? [], program.Output);
        return probabilities is null ? null : program;
    }

    /// <summary>The program of a function, recorded over live values.</summary>
    private static Program Record(int inputCount, Func<GradValue[], GradValue[]> function)
    {
        GradValue[] inputs = [.. Enumerable.Range(0, inputCount).Select(_ => new GradValue(0))];
        return GraphCompiler.ProgramOf(function(inputs), inputs);
    }
}

/// <summary>A layer as it is written.</summary>
/// <param name="Weights">Its weights and biases.</param>
/// <param name="Activation">What is applied to each weighted sum; null for the identity.</param>
internal sealed record PlannedLayer(LayerWeights Weights, Program? Activation)
{
    public int InputCount => Weights.Weights[0].Length;

    public int OutputCount => Weights.Weights.Length;
}
