using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>x times the normal distribution function of x, exact (not the tanh approximation; Hendrycks and Gimpel 2016).</summary>
internal readonly struct Gelu : IFormula<Gelu>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Gelu>("gelu");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x * x.Apply<NormalDistribution>();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.MultiplyAdd(NormalDistribution.Density(x), x.Apply<NormalDistribution>());
}
