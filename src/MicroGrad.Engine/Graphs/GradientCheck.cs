using MicroGrad.Graphs;

namespace MicroGrad;

/// <summary>The gradient of one leaf, by the chain rule and by a central difference.</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Analytic">The derivative of the root by the leaf, by backpropagation.</param>
/// <param name="Numeric">(f(x + h) - f(x - h)) / 2h.</param>
/// <param name="Error">|analytic - numeric|, relative to the largest of 1 and the two.</param>
/// <param name="Passed">Whether the error is within the tolerance.</param>
public sealed record GradientCheck(GradValue Leaf, double Analytic, double Numeric, double Error, bool Passed)
{
    /// <summary>The label of the leaf, or null.</summary>
    public string? Label => Leaf.Label;

    /// <summary>The leaf's name, as in tables and drawings of the graph.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GradientCheck), PrintMembers);

    /// <summary>
    /// Compares backpropagation with central differences for every leaf under a root. Data and gradients of the whole
    /// graph are afterwards what they were before.
    /// </summary>
    /// <param name="root">The root of the graph.</param>
    /// <param name="step">h, relative to the larger of 1 and the leaf's size; larger than 0.</param>
    /// <param name="tolerance">The largest error that passes; not negative.</param>
    /// <param name="stopping">Ends the work, within a leaf too.</param>
    /// <exception cref="GradException">Step or tolerance is out of range (ids <c>InvalidStep</c>, <c>InvalidTolerance</c>).</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<GradientCheck> Run(
        GradValue root, double step = 1e-5, double tolerance = 1e-6, CancellationToken stopping = default)
    {
        GradException.ThrowIfNull(root, "a value");
        if (!(step > 0 && double.IsFinite(step)))
        {
            throw new GradException(
                "InvalidStep",
                FormattableString.Invariant($"The step is {step}; it must be a number larger than 0, such as 1e-5."));
        }

        if (!(tolerance >= 0))
        {
            throw new GradException(
                "InvalidTolerance",
                FormattableString.Invariant($"The tolerance is {tolerance}; it must be 0 or larger, such as 1e-6."));
        }

        return Check(root, TopologicalOrder.Of(root, stopping), step, tolerance, stopping);
    }

    private static IEnumerable<GradientCheck> Check(
        GradValue root, GradValue[] order, double step, double tolerance, CancellationToken stopping)
    {
        var data = Array.ConvertAll(order, node => node.RawData);
        var gradients = Array.ConvertAll(order, node => node.Grad);
        double[] analytic;
        try
        {
            Array.ForEach(order, node => node.Grad = 0);
            ForwardPass.Run(order, stopping);
            Backpropagation.Run(root, 1, stopping);
            analytic = Array.ConvertAll(order, node => node.Grad);
        }
        finally
        {
            Restore();
        }

        var names = new NodeNames(order, stopping);
        for (var i = 0; i < order.Length; i++)
        {
            if (order[i].IsLeaf)
            {
                stopping.ThrowIfCancellationRequested();
                yield return CheckLeaf(order[i], analytic[i]);
            }
        }

        GradientCheck CheckLeaf(GradValue leaf, double derivative)
        {
            try
            {
                var x = leaf.RawData;
                var h = step * Math.Max(1, Math.Abs(x));
                var (above, below) = (At(x + h), At(x - h));

                // Divided by the actual distance, as x + h rounds.
                var numeric = (above - below) / ((x + h) - (x - h));
                var error = Math.Abs(derivative - numeric)
                    / Math.Max(1, Math.Max(Math.Abs(derivative), Math.Abs(numeric)));
                return new GradientCheck(leaf, derivative, numeric, error, error <= tolerance) { Name = names.Of(leaf) };
            }
            finally
            {
                Restore();
            }

            double At(double x)
            {
                leaf.RawData = x;
                ForwardPass.Run(order, stopping);
                return root.RawData;
            }
        }

        void Restore()
        {
            for (var i = 0; i < order.Length; i++)
            {
                order[i].RawData = data[i];
                order[i].Grad = gradients[i];
            }
        }
    }
}
