namespace MicroGrad.Rendering.Plots;

/// <summary>A plane of two inputs of a model, and the values of the other inputs.</summary>
/// <param name="XName">The name of the column across.</param>
/// <param name="X">The place of its input.</param>
/// <param name="YName">The name of the column up.</param>
/// <param name="Y">The place of its input.</param>
/// <param name="Inputs">All inputs of the model in the user's units; those of the two columns are any numbers.</param>
/// <param name="Others">The values of the other columns, in words; empty where there are none.</param>
public sealed record FeaturePlane(string XName, int X, string YName, int Y, double[] Inputs, string Others)
{
    /// <summary>The plane of a model of two inputs.</summary>
    /// <exception cref="GradException">It has more or fewer, or they are the categories of one column (id <c>NotTwoInputs</c>).</exception>
    public static FeaturePlane Of(Mlp model)
    {
        if (model.Schema is { Features: var features } schema && (features.Count != 2 || features.Any(feature => feature.Width != 1)))
        {
            throw new GradException(
                "NotTwoInputs",
                $"The model reads {features.Count} column{(features.Count == 1 ? "" : "s")} ({MessageText.Shorten(schema.FeatureNames)}); "
                + "a decision boundary is drawn over two columns of numbers.");
        }

        if (model.InputCount != 2)
        {
            throw new GradException(
                "NotTwoInputs",
                $"The model has {model.InputCount} input{(model.InputCount == 1 ? "" : "s")}; a decision boundary is drawn for models of two.");
        }

        return model.FeatureNames is [var x, var y]
            ? new FeaturePlane(x, 0, y, 1, [0, 0], string.Empty)
            : new FeaturePlane("x1", 0, "x2", 1, [0, 0], string.Empty);
    }
}
