using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>-x. C# reaches it by the unary operator; PowerShell evaluates <c>-$a</c> as <c>0 - $a</c>.</summary>
internal readonly struct Negate : IFormula<Negate>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Negate>("negate", "neg");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => -x;

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.Number(-1);
}
