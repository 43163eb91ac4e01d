using MicroGrad.Data;
using MicroGrad.Networks;

namespace MicroGrad.Inference;

/// <summary>
/// A model's mean answer as a function of one column, with the other columns as they are in the rows (Friedman, 2001).
/// </summary>
public static class PartialDependence
{
    /// <summary>For each value, the mean over all rows of every answer where the column has that value in each row.</summary>
    /// <param name="model">The model.</param>
    /// <param name="schema">What its inputs mean.</param>
    /// <param name="samples">The rows; at least one.</param>
    /// <param name="feature">The place of the column.</param>
    /// <param name="values">Numbers in the column's own units; of categories, their places; of dates, their <see cref="ClockTime"/>.</param>
    /// <returns>Values by targets or quantiles, in their units; or values by classes or labels, the scores of <see cref="ClassScores"/>.</returns>
    public static double[][] Of(Mlp model, ModelSchema schema, Samples samples, int feature, IReadOnlyList<double> values)
    {
        var first = schema.Features.Take(feature).Sum(before => before.Width);
        var column = schema.Features[feature];
        var changed = samples.WithOwnInputs();
        var runner = new NetworkRunner(model);
        var averages = new double[values.Count][];
        for (var v = 0; v < averages.Length; v++)
        {
            for (var row = 0; row < samples.Count; row++)
            {
                var inputs = changed.InputsAt(row).Slice(first, column.Width);
                column.WriteScaled(values[v], inputs);
            }

            var outputs = runner.Outputs(changed.Inputs);
            schema.Scaling?.UnscaleOutputs(outputs);
            if (schema.Quantiles.Count > 0)
            {
                Quantiles.Sort(outputs, schema.Quantiles.Count);
            }

            averages[v] = Means(schema, outputs, samples);
        }

        return averages;
    }

    private static double[] Means(ModelSchema schema, double[] outputs, Samples samples)
    {
        var width = samples.OutputCount;
        var sums = new double[schema.HasClasses ? schema.Classes.Count : width];
        var total = 0.0;
        for (var r = 0; r < samples.Count; r++)
        {
            var row = outputs.AsSpan(r * width, width);
            var weight = samples.Weights.Length == 0 ? 1 : samples.Weights[r];
            total += weight;
            var answers = schema.Encoding == TargetEncoding.Numbers ? row : ClassScores.Of(schema, row);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += weight * answers[i];
            }
        }

        return Array.ConvertAll(sums, sum => sum / total);
    }
}
