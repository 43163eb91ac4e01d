using MicroGrad.Data;

namespace MicroGrad.Inference;

/// <summary>
/// Which class or labels outputs mean. Without a threshold, the most probable class, and the labels that are more probable than
/// not. With a threshold, the second of two classes, and each label, from that probability on, as the points of a ROC curve do.
/// </summary>
internal sealed class DecisionRule
{
    private readonly ModelSchema _schema;
    private readonly double? _threshold;

    /// <param name="schema">The schema of the model.</param>
    /// <param name="threshold">A probability, or null.</param>
    /// <exception cref="GradException">
    /// The threshold is no probability, or the model does not decide between two classes by one (ids <c>InvalidThreshold</c>,
    /// <c>UnusedOption</c>).
    /// </exception>
    public DecisionRule(ModelSchema schema, double? threshold = null)
    {
        Require(schema, threshold);
        (_schema, _threshold) = (schema, threshold);
    }

    /// <summary>The place of the class that a row's outputs mean.</summary>
    public int ClassOf(ReadOnlySpan<double> outputs) => _threshold is { } threshold
        ? (OutputProbability.OfClasses(_schema.Loss, outputs)![1] >= threshold ? 1 : 0)
        : ClassDecision.ClassOf(_schema.Encoding, outputs);

    /// <summary>Whether a row has the label of an output.</summary>
    public bool HasLabel(double output) => _threshold is { } threshold ? OutputProbability.OfLabel(output) >= threshold : output > 0;

    /// <summary>Refuses a threshold that is no probability, or for a model in which it has no meaning.</summary>
    /// <param name="schema">The schema of the model; null where it has none.</param>
    /// <param name="threshold">A probability, or null.</param>
    /// <exception cref="GradException">It is not valid (ids <c>InvalidThreshold</c>, <c>UnusedOption</c>).</exception>
    public static void Require(ModelSchema? schema, double? threshold)
    {
        if (threshold is not { } given)
        {
            return;
        }

        RequireMeaning(schema);
        if (given is not (>= 0 and <= 1))
        {
            throw new GradException("InvalidThreshold", FormattableString.Invariant($"The threshold is {given}; give a probability, from 0 to 1."));
        }
    }

    private static void RequireMeaning(ModelSchema? schema)
    {
        if (schema?.Encoding != TargetEncoding.Labels && !(schema?.Classes.Count == 2 && OutputProbability.IsGivenBy(schema.Loss)))
        {
            throw new GradException(
                "UnusedOption",
                "A threshold is for models that give the probability of one of two classes, or of labels, but "
                + (schema is null or { HasClasses: false } ? "this model predicts numbers."
                    : schema.Classes.Count != 2 ? $"this one tells {schema.Classes.Count} classes apart ({MessageText.Shorten(schema.Classes)})."
                    : $"this one was trained with {(schema.Loss is { } loss ? $"the loss {loss}" : "a loss of your own")}, which gives no probabilities."));
        }
    }
}
