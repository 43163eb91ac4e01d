namespace MicroGrad.Data;

/// <summary>Refuses models and rows that do not go together.</summary>
public static class SchemaChecks
{
    /// <summary>Refuses a model of labels or quantiles where a row must have one answer.</summary>
    /// <param name="schema">What the model's outputs mean.</param>
    /// <param name="use">What needs one answer, such as "A plot".</param>
    /// <exception cref="GradException">The model predicts labels or quantiles (ids <c>LabelsNotSupported</c>, <c>QuantilesNotSupported</c>).</exception>
    public static void RequireOneAnswer(this ModelSchema schema, string use)
    {
        if (schema.Encoding == TargetEncoding.Labels)
        {
            throw new GradException(
                "LabelsNotSupported",
                $"The model predicts several labels a row ({MessageText.Shorten(schema.TargetNames)}). {use} takes models of one class or of numbers; train a model for one of the labels.");
        }

        if (schema.Quantiles.Count > 0)
        {
            throw new GradException(
                "QuantilesNotSupported",
                FormattableString.Invariant($"The model predicts the quantiles {string.Join(", ", schema.Quantiles)} of '{schema.TargetNames[0]}'. {use} takes models of one answer; train one for the number itself."));
        }
    }

    /// <summary>Refuses rows with more or fewer features than the model reads.</summary>
    /// <exception cref="GradException">There are more or fewer (id <c>SizeMismatch</c>).</exception>
    internal static void RequireColumns(this ModelSchema schema, SampleTable table)
    {
        if (table.Features.Count != schema.Features.Count)
        {
            throw new GradException(
                "SizeMismatch",
                $"The model reads {schema.Features.Count} columns ({MessageText.Shorten(schema.FeatureNames)}), but "
                + $"{table.Features.Count} were given. Give those that it was trained on.");
        }
    }
}
