using MicroGrad.Formulas;

namespace MicroGrad.Training;

/// <summary>d^2 / 2 for |d| up to 1, |d| - 1/2 beyond, where d = output - target (Huber 1964, with delta 1).</summary>
internal readonly struct HuberLoss : ILossFormula
{
    /// <remarks>With m = min(|d|, 1) both branches are m (|d| - m / 2): no branch on a value in the graph.</remarks>
    public static TReal Cost<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal>
    {
        var distance = (output - target).Abs();
        var near = distance.AtMost(1);
        return near * (distance - 0.5 * near);
    }

    public static TReal Derivative<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => (output - target).AtLeast(-1).AtMost(1);
}
