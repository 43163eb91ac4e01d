namespace MicroGrad.Training;

/// <summary>
/// What a row's outputs cost against its targets, in two forms that tests tie together: over numbers with the gradient
/// (what the trainer runs) and over values with a graph (what a reader can take apart). The loss of a batch is the sum
/// over its rows, weighted, over <see cref="Divisor"/>.
/// </summary>
internal abstract class Loss
{
    /// <summary>What the targets are encoded as for this loss.</summary>
    public virtual TargetEncoding Encoding => TargetEncoding.Numbers;

    /// <summary>A row's cost. Writes its derivatives by the outputs to <paramref name="gradient"/>.</summary>
    public abstract double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient);

    /// <summary>A row's cost as a graph over the outputs.</summary>
    public abstract GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets);

    /// <summary>What the sum over rows is divided by, for rows of a total weight (their count, when unweighted).</summary>
    public abstract double Divisor(double totalWeight, int outputCount);

    /// <summary>The loss of a batch, row by row, and its derivatives by all outputs.</summary>
    /// <param name="outputs">rows × outputCount numbers.</param>
    /// <param name="targets">As many.</param>
    /// <param name="weights">One for each row, or empty for all 1.</param>
    /// <param name="outputCount">Outputs a row.</param>
    /// <param name="gradients">Receives rows × outputCount derivatives.</param>
    public virtual double Batch(
        ReadOnlySpan<double> outputs,
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> weights,
        int outputCount,
        Span<double> gradients)
    {
        var rows = outputs.Length / outputCount;
        var scale = Scale(weights, rows, outputCount);
        var sum = 0.0;
        for (var r = 0; r < rows; r++)
        {
            var start = r * outputCount;
            var gradient = gradients.Slice(start, outputCount);
            var weight = weights.IsEmpty ? 1 : weights[r];
            sum += weight * Row(outputs.Slice(start, outputCount), targets.Slice(start, outputCount), gradient);
            foreach (ref var g in gradient)
            {
                g *= weight * scale;
            }
        }

        return sum * scale;
    }

    /// <summary>The unweighted loss of a batch as a graph: outputs[row] and the targets row by row.</summary>
    public GradValue Batch(IReadOnlyList<GradValue[]> outputs, ReadOnlySpan<double> targets)
    {
        var rows = new GradValue[outputs.Count];
        for (var r = 0; r < rows.Length; r++)
        {
            rows[r] = Row(outputs[r], targets.Slice(r * outputs[r].Length, outputs[r].Length));
        }

        var sum = GradValue.Sum(rows);
        var divisor = Divisor(rows.Length, outputs[0].Length);
        return divisor == 1 ? sum : sum / divisor;
    }

    /// <summary>What the weighted sum over a batch's rows is multiplied by.</summary>
    protected double Scale(ReadOnlySpan<double> weights, int rows, int outputCount)
    {
        var total = weights.IsEmpty ? (double)rows : 0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        // Rows of a batch that all weigh nothing teach nothing.
        return total > 0 ? 1 / Divisor(total, outputCount) : 0;
    }
}
