using MicroGrad.Compilation;
using MicroGrad.Data;
using MicroGrad.Formulas;

namespace MicroGrad.Inference;

/// <summary>
/// Divides answers among columns, by integrated gradients from a baseline. What is explained is the number that the model
/// predicts, or the probability of the predicted class; without probabilities, its score. All inputs of a category or a date count
/// for their column.
/// </summary>
public sealed class Explainer
{
    private readonly Mlp _model;
    private readonly double[] _baseline;
    private readonly int[] _widths;
    private readonly Dictionary<int, GradFunction> _answers = [];
    private readonly CancellationToken _stopping;

    /// <param name="model">The model.</param>
    /// <param name="baseline">Its inputs at the baseline, in the user's units; null for the means of the training rows.</param>
    /// <param name="stopping">Ends an explanation.</param>
    /// <exception cref="GradException">
    /// The model gives several answers, or does not know the means (ids <c>LabelsNotSupported</c>, <c>UnusedOption</c>, <c>BaselineMissing</c>).
    /// </exception>
    internal Explainer(Mlp model, double[]? baseline = null, CancellationToken stopping = default)
    {
        model.Schema?.RequireOneAnswer("An explanation");
        if (model.OutputCount > 1 && model.Schema is not { HasClasses: true })
        {
            throw new GradException(
                "UnusedOption",
                $"An explanation is of one answer, but the model predicts {model.OutputCount} numbers{(model.Schema is { } known ? $" ({MessageText.Shorten(known.TargetNames)})" : "")}.");
        }

        (_model, _stopping) = (model, stopping);
        _widths = model.Schema is { } schema ? [.. schema.Features.Select(feature => feature.Width)] : [.. Enumerable.Repeat(1, model.InputCount)];
        _baseline = baseline ?? Means(model.Schema);
    }

    /// <summary>Explains the answer to a row.</summary>
    /// <param name="inputs">The row's inputs, in the user's units.</param>
    /// <param name="place">The place of the predicted class; 0 for a number.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    internal Explanation Explain(double[] inputs, int place)
    {
        if (!_answers.TryGetValue(place, out var answer))
        {
            FunctionParameter[] parameters = [.. Enumerable.Range(0, _model.InputCount).Select(i => new FunctionParameter(FormattableString.Invariant($"x{i}")))];
            _answers.Add(place, answer = new GradFunction(x => Answer(_model.Invoke(x), place), parameters, stopping: _stopping));
        }

        var byInput = IntegratedGradients.Of(answer, _baseline, inputs, _stopping);
        var contributions = new double[_widths.Length];
        var at = 0;
        for (var f = 0; f < contributions.Length; f++)
        {
            contributions[f] = byInput.AsSpan(at, _widths[f]).ToArray().Sum();
            at += _widths[f];
        }

        return new Explanation(answer.Invoke(_baseline), contributions);
    }

    /// <remarks>Numbers have the mean of the training rows, each category of a column the same share, and times of the day and the year 0.</remarks>
    private static double[] Means(ModelSchema? schema)
    {
        var unknown = schema is null ? "its inputs"
            : schema.Scaling is null && schema.Features.FirstOrDefault(feature => feature.Categories is null && feature.Fill is null) is { } column ? $"'{column.Name}'"
            : null;
        if (unknown is not null)
        {
            throw new GradException("BaselineMissing", $"The model was not standardized, and does not know the mean of {unknown} to compare with.");
        }

        return [.. schema!.Features.SelectMany(MeansOf)];
    }

    private static IEnumerable<double> MeansOf(FeatureColumn feature) => feature switch
    {
        { Categories: { } categories } => Enumerable.Repeat(1.0 / categories.Count, categories.Count),
        { Fill: { } fill, Width: 1 } => [fill],
        _ => feature.InputScaling().Select(scaling => scaling.Mean),
    };

    private GradValue Answer(GradValue[] outputs, int place) => _model.Schema switch
    {
        { HasClasses: true } schema when OutputProbability.OfClasses<GraphReal>(schema.Loss, Array.ConvertAll(outputs, output => new GraphReal(output))) is { } probabilities =>
            probabilities[place].Node,
        { HasClasses: true } when outputs.Length == 1 => place == 1 ? outputs[0] : -outputs[0],
        _ => outputs[place],
    };
}
