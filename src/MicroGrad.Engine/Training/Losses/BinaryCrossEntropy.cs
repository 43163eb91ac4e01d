using MicroGrad.Formulas;
using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>
/// Binary cross entropy over logits for targets 0 and 1: softplus(z) - target * z, which is right for logits of any size
/// where the logarithm of a sigmoid is not.
/// </summary>
internal readonly struct BinaryCrossEntropy : ILossFormula
{
    public static TReal Cost<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => output.Apply<Softplus>() - target * output;

    public static TReal Derivative<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal> => output.Apply<Sigmoid>() - target;
}
