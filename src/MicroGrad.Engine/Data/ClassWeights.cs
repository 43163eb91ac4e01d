namespace MicroGrad.Data;

/// <summary>Weights for the rows of each class.</summary>
public static class ClassWeights
{
    /// <summary>n / (classes × rows of the class): as if all classes had equally many rows (scikit-learn's 'balanced').</summary>
    public static double[] Balanced(ModelSchema schema, Samples samples)
    {
        RequireClasses(schema);
        var counts = new int[schema.Classes.Count];
        for (var r = 0; r < samples.Count; r++)
        {
            counts[samples.ClassAt(r)]++;
        }

        var present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 1 : (double)samples.Count / (present * count));
    }

    /// <summary>Weights by the names of classes; a class that is not named has weight 1.</summary>
    /// <exception cref="GradException">A name is no class, or a weight is negative (ids <c>UnknownClass</c>, <c>InvalidWeight</c>).</exception>
    public static double[] Given(ModelSchema schema, IEnumerable<KeyValuePair<string, double>> weights)
    {
        RequireClasses(schema);
        var result = new double[schema.Classes.Count];
        Array.Fill(result, 1);
        foreach (var (name, weight) in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new GradException(
                    "InvalidWeight",
                    FormattableString.Invariant($"The class '{name}' has the weight {weight}; weights are 0 or positive numbers."));
            }

            result[schema.IndexOfClass(name)] = weight;
        }

        return result;
    }

    /// <summary>Multiplies each row's weight by that of its class.</summary>
    public static void Apply(ModelSchema schema, Samples samples, double[] weights)
    {
        if (samples.Weights.Length == 0)
        {
            samples.Weights = new double[samples.Count];
            Array.Fill(samples.Weights, 1);
        }

        for (var r = 0; r < samples.Count; r++)
        {
            samples.Weights[r] *= weights[samples.ClassAt(r)];
        }
    }

    private static void RequireClasses(ModelSchema schema)
    {
        if (!schema.HasClasses)
        {
            throw new GradException(
                "UnusedOption",
                schema.Encoding == TargetEncoding.Labels
                    ? $"Class weights need one target of classes, but there are several labels ({MessageText.Shorten(schema.TargetNames)}). Leave them out, or give rows weights of their own."
                    : $"Class weights need a target of classes, but '{MessageText.Shorten(schema.TargetNames)}' is numeric. Leave them out, or choose CrossEntropy.");
        }
    }
}
