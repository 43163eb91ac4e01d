using MicroGrad.Formulas;

namespace MicroGrad.Training;

/// <summary>(output - target)^2.</summary>
internal readonly struct SquaredError : ILossFormula
{
    public static TReal Cost<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => (output - target).Square();

    public static TReal Derivative<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => 2 * (output - target);
}
