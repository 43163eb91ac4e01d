using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The hyperbolic tangent.</summary>
internal readonly struct Tanh : IFormula<Tanh>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Tanh>("tanh");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Tanh();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => 1 - y * y;
}
