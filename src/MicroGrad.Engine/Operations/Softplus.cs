using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>log(1 + e^x), a smooth relu; its derivative is the sigmoid.</summary>
internal readonly struct Softplus : IFormula<Softplus>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Softplus>("softplus");

    /// <remarks>max(x, 0) + ln(1 + e^-|x|): neither overflows far right nor loses its digits far left.</remarks>
    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.AtLeast(0) + (-x.Abs()).ExpOfNegative().Log1pOfFraction();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.Apply<Sigmoid>();
}
