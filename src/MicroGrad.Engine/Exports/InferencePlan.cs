using MicroGrad.Compilation;
using MicroGrad.Data;
using MicroGrad.Persistence;

namespace MicroGrad.Exports;

/// <summary>
/// What a model does to a row, for writers of other languages: columns become inputs, inputs go through layers, and outputs
/// become numbers in the user's units, or a class and its probability. The arithmetic stands here as programs, which come
/// from the operations themselves.
/// </summary>
internal sealed class InferencePlan
{
    private InferencePlan(Mlp model)
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
            OutputScaling = schema.Encoding == TargetEncoding.Numbers ? Record(OutputCount, scaling.UnscaleOutputs) : null;
        }

        IsClassification = schema is { Encoding: not TargetEncoding.Numbers };
        Targets = schema?.TargetNames ?? [.. Enumerable.Range(1, model.OutputCount).Select(i => model.OutputCount == 1 ? "Y" : $"Y{i}")];
        if (IsClassification)
        {
            Classes = schema!.Classes;
            ClassKind = schema.ClassKind;
            Probabilities = ProbabilitiesOf(schema.Loss, OutputCount);
        }
    }

    /// <summary>The columns that a row has to have. A model that never saw names has X1, X2, ….</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>What stands for missing values in text.</summary>
    public CellFormat Format { get; }

    public int InputCount { get; }

    public int OutputCount { get; }

    /// <summary>Brings inputs from the user's units to those of the layers; null where that changes nothing.</summary>
    public Program? InputScaling { get; }

    public IReadOnlyList<PlannedLayer> Layers { get; }

    /// <summary>Brings outputs to the user's units; null where that changes nothing.</summary>
    public Program? OutputScaling { get; }

    /// <summary>The columns that are predicted.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Whether outputs stand for classes: the largest of several decides, or whether the only one is above 0.</summary>
    public bool IsClassification { get; }

    /// <summary>The classes, in the order of the outputs; of a single output the negative one first.</summary>
    public IReadOnlyList<string> Classes { get; } = [];

    /// <summary>What classes are answered as.</summary>
    public ClassKind ClassKind { get; }

    /// <summary>The probability of each class from the outputs; null where the loss gives them no such meaning.</summary>
    public Program? Probabilities { get; }

    /// <summary>The plan of a model as it is now.</summary>
    /// <exception cref="GradException">A weight is not finite, or a column is of a kind that is not written (ids <c>NotFinite</c>, <c>ColumnNotExported</c>, <c>LabelsNotSupported</c>).</exception>
    public static InferencePlan Of(Mlp model)
    {
        model.Schema?.RequireOneAnswer("A file of another language");
        foreach (var parameter in model.Parameters)
        {
            _ = JsonText.RequireFinite(parameter.Data);
        }

        // Other kinds of columns are not exported: a file that takes one for a number would answer wrongly.
        var other = model.Schema?.Features.FirstOrDefault(column => column.Categories is null && column.Width != 1);
        return other is null
            ? new InferencePlan(model)
            : throw new GradException(
                "ColumnNotExported",
                $"The column '{other.Name}' is neither a number nor a category, and other languages can't read it yet. Write .json or .safetensors.");
    }

    private static Program? ActivationOf(Activation activation) =>
        activation == Activation.Identity ? null : Record(1, x => [GradValue.Apply(activation.Operation(), x[0])]);

    private static Program? ProbabilitiesOf(LossKind? loss, int outputCount) => loss switch
    {
        LossKind.CrossEntropy => Record(outputCount, GradValue.Softmax),
        LossKind.BinaryCrossEntropy => Record(1, z => [(-z[0]).Sigmoid(), z[0].Sigmoid()]),
        _ => null,
    };

    /// <summary>The program that a function over live values records.</summary>
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
