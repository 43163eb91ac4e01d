using MicroGrad.Formulas;
using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>max(0, 1 - target * output) for targets -1 and 1: the margin loss of support vector machines.</summary>
internal readonly struct HingeLoss : ILossFormula
{
    public static TReal Cost<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => (1 - target * output).Apply<Relu>();

    public static TReal Derivative<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => (1 - target * output).Choose(0, -target, target.Number(0));
}
