using MicroGrad.Data;
using MicroGrad.Networks;

namespace MicroGrad.Inference;

/// <summary>
/// Models of one task that answer together, each with the same weight: by the mean of the numbers that they predict, of each
/// quantile, or of the probabilities of classes and labels (of scores, where the loss gives no probabilities). A mean of
/// probabilities is that of a mixture (Lakshminarayanan, Pritzel and Blundell, 2017).
/// </summary>
public sealed class ModelEnsemble
{
    private readonly IReadOnlyList<ModelSchema?> _schemas;

    // For each model, the places of the first one's classes, which are found by name.
    private readonly int[][] _places;

    /// <param name="models">The models; at least one.</param>
    /// <exception cref="GradException">They read or predict different things (id <c>ModelsDiffer</c>).</exception>
    public ModelEnsemble(IReadOnlyList<Mlp> models)
        : this(models, [.. models.Select(model => model.Schema)])
    {
    }

    /// <param name="models">The models; at least one.</param>
    /// <param name="schemas">The meaning of their inputs and outputs.</param>
    /// <exception cref="GradException">They read or predict different things (id <c>ModelsDiffer</c>).</exception>
    internal ModelEnsemble(IReadOnlyList<Mlp> models, IReadOnlyList<ModelSchema?> schemas)
    {
        for (var m = 1; m < models.Count; m++)
        {
            if (Difference(models[0], schemas[0], models[m], schemas[m]) is { } difference)
            {
                throw new GradException(
                    "ModelsDiffer",
                    $"Model {m + 1} does not answer the same question as model 1: {difference}. Models answer together where they read and predict the same columns, with the same classes and loss.");
            }
        }

        _schemas = schemas;
        _places = [.. schemas.Select(schema => PlacesIn(schema, schemas[0]))];
    }

    /// <summary>Whether the losses of all models are in the same units.</summary>
    internal bool HasOneScale => _schemas.All(schema =>
        schema is null || schema.Targets.Select(target => (target.Mean, target.Scale)).SequenceEqual(_schemas[0]!.Targets.Select(target => (target.Mean, target.Scale))));

    /// <summary>The answers of a model, in the order of the first model's classes.</summary>
    /// <param name="model">The place of the model.</param>
    /// <param name="outputs">Its outputs for a row, in the user's units.</param>
    /// <returns>A number for each target, quantile, label or class.</returns>
    internal double[] Answers(int model, ReadOnlySpan<double> outputs)
    {
        if (_schemas[model] is not { } schema)
        {
            return outputs.ToArray();
        }

        if (schema.Encoding != TargetEncoding.Numbers)
        {
            var scores = ClassScores.Of(schema, outputs);
            return schema.HasClasses ? Array.ConvertAll(_places[model], place => scores[place]) : scores;
        }

        var numbers = outputs.ToArray();
        if (schema.Quantiles.Count > 0)
        {
            Quantiles.Sort(numbers, numbers.Length);
        }

        return numbers;
    }

    /// <summary>The place in a model of a class of the first one.</summary>
    internal int PlaceOf(int model, int place) => _schemas[model] is { HasClasses: true } ? _places[model][place] : place;

    /// <summary>The outputs of the first model that would give the answers, in the user's units.</summary>
    /// <param name="answers">Those of a row, of all models together.</param>
    internal double[] Outputs(double[] answers) => _schemas[0] switch
    {
        { Encoding: TargetEncoding.Labels } => Array.ConvertAll(answers, share => LogOdds(share, 1 - share)),
        { HasClasses: true, Loss: LossKind.CrossEntropy } => Array.ConvertAll(answers, Log),
        { HasClasses: true, Loss: LossKind.BinaryCrossEntropy } => [LogOdds(answers[1], answers[0])],
        { HasClasses: true, OutputCount: 1 } => [answers[1]],
        _ => answers,
    };

    /// <summary>The same for rows of a table, row by row and in the units of the first model's layers.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    internal double[] Outputs(IReadOnlyList<Mlp> models, SampleTable table, int[] rows, CancellationToken stopping)
    {
        var answers = new double[rows.Length][][];
        foreach (var (m, model) in models.Index())
        {
            var runner = new NetworkRunner(model);
            runner.StopBy(stopping);
            var outputs = runner.Outputs(_schemas[m]!.Encode(table, rows, model.OutputCount).Inputs);
            _schemas[m]!.Scaling?.UnscaleOutputs(outputs);
            for (var row = 0; row < rows.Length; row++)
            {
                (answers[row] ??= new double[models.Count][])[m] = Answers(m, outputs.AsSpan(row * model.OutputCount, model.OutputCount));
            }
        }

        double[] together = [.. answers.SelectMany(one => Outputs(Mean(one)))];
        _schemas[0]!.Scaling?.ScaleOutputs(together);
        return together;
    }

    /// <summary>The mean of answers, number by number.</summary>
    internal static double[] Mean(double[][] answers) =>
        [.. Enumerable.Range(0, answers[0].Length).Select(i => Averages.Mean(Array.ConvertAll(answers, one => one[i])))];

    /// <summary>
    /// The standard deviation of each answer among the models. They are all that there are and no sample of more, so that
    /// the squares are divided by their number, as NumPy's std does; one model has a deviation of 0.
    /// </summary>
    internal static double[] Deviation(double[][] answers, double[] means) =>
        [.. means.Select((mean, i) => Averages.RootMeanSquare(Array.ConvertAll(answers, one => one[i] - mean)))];

    private static double LogOdds(double share, double rest) => Log(share) - Log(rest);

    // A probability too small for a number is the smallest one.
    private static double Log(double probability) => Math.Log(Math.Max(probability, double.Epsilon));

    private static int[] PlacesIn(ModelSchema? schema, ModelSchema? first) =>
        schema is null ? [] : [.. first!.Classes.Select(name => schema.Classes.ToList().IndexOf(name))];

    /// <summary>The difference of a model from the first; null where both answer the same question.</summary>
    private static string? Difference(Mlp firstModel, ModelSchema? first, Mlp otherModel, ModelSchema? other)
    {
        if (first is null || other is null)
        {
            return first is not null || other is not null ? $"it {Known(other)}, and model 1 {Known(first)}"
                : (firstModel.InputCount, firstModel.OutputCount) == (otherModel.InputCount, otherModel.OutputCount) ? null
                : $"it has {Sizes(otherModel)}, and model 1 {Sizes(firstModel)}";
        }

        if (!AreSame(first.FeatureNames, other.FeatureNames))
        {
            return $"it reads {MessageText.Shorten(other.FeatureNames)}, and model 1 {MessageText.Shorten(first.FeatureNames)}, in this order";
        }

        foreach (var (column, known) in other.Features.Zip(first.Features))
        {
            if (column.Kind != known.Kind)
            {
                return $"it reads '{column.Name}' as {column.Kind}, and model 1 as {known.Kind}";
            }

            if (column.Categories is { } categories && !categories.ToHashSet().SetEquals(known.Categories!))
            {
                return $"it knows the categories {MessageText.Shorten(categories)} of '{column.Name}', and model 1 {MessageText.Shorten(known.Categories!)}";
            }
        }

        return !AreSame(first.TargetNames, other.TargetNames) ? $"it predicts {MessageText.Shorten(other.TargetNames)}, and model 1 {MessageText.Shorten(first.TargetNames)}"
            : first.ClassKind != other.ClassKind && first.HasClasses && other.HasClasses
                ? $"its classes are {Kind(other)} ({Listed(other.Classes)}), and those of model 1 are {Kind(first)} ({Listed(first.Classes)})"
            : !first.Classes.ToHashSet().SetEquals(other.Classes)
                ? $"it tells the classes {Listed(other.Classes)} apart, and model 1 {Listed(first.Classes)}"
            : first.Loss != other.Loss ? $"it was trained with the loss {Named(other.Loss)}, and model 1 with {Named(first.Loss)}"
            : first.Encoding != other.Encoding ? $"it was trained for {other.Encoding}, and model 1 for {first.Encoding}"
            : !first.Quantiles.SequenceEqual(other.Quantiles)
                ? FormattableString.Invariant($"it gives the quantiles {string.Join(", ", other.Quantiles)}, and model 1 {string.Join(", ", first.Quantiles)}")
            : null;
    }

    private static bool AreSame(IReadOnlyList<string> first, IReadOnlyList<string> other) => first.SequenceEqual(other, StringComparer.OrdinalIgnoreCase);

    private static string Known(ModelSchema? schema) => schema is null ? "was never trained" : "knows its columns";

    private static string Sizes(Mlp model) => $"{model.InputCount} inputs and {model.OutputCount} outputs";

    private static string Kind(ModelSchema schema) => schema.ClassKind switch
    {
        ClassKind.Number => "numbers",
        ClassKind.Boolean => "truth values",
        _ => "text",
    };

    private static string Listed(IReadOnlyList<string> classes) => classes.Count == 0 ? "of none" : MessageText.Shorten(classes);

    private static string Named(LossKind? loss) => loss?.ToString() ?? "one of its own";
}
