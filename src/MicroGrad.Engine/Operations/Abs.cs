using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>|x|, with derivative 0 at 0.</summary>
internal readonly struct Abs : IFormula<Abs>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Abs>("abs");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Abs();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.Choose(0, x.Number(1), (-x).Choose(0, x.Number(-1), x.Number(0)));
}
