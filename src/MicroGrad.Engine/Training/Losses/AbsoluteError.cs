using MicroGrad.Formulas;
using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>|output - target|, with derivative 0 where they are equal.</summary>
internal readonly struct AbsoluteError : ILossFormula
{
    public static TReal Cost<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => (output - target).Abs();

    public static TReal Derivative<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal>
    {
        var difference = output - target;
        return Abs.Derivative(difference, difference.Abs());
    }
}
