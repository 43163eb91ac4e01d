namespace MicroGrad.Training;

/// <summary>
/// A rule that moves parameters by their gradients. It owns what it remembers from step to step; parameters and
/// gradients come as flat lists of one length, always the same.
/// </summary>
internal abstract class Optimizer
{
    /// <summary>Moves the parameters once.</summary>
    public abstract void Step(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate);
}
