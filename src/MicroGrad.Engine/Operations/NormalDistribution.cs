using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The normal distribution function: the share of a standard normal variable below x. Gelu is made of it.</summary>
internal readonly struct NormalDistribution : IFormula<NormalDistribution>
{
    private const double InverseSqrtTwo = 0.70710678118654752440;
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    public static ElementwiseOperation Instance { get; } = new FormulaOperation<NormalDistribution>("normal distribution", "Φ");

    /// <remarks>erfc of -x keeps the digits of the lower tail, where 1 + erf would cancel.</remarks>
    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => 0.5 * SpecialFunctions.Erfc(-InverseSqrtTwo * x);

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => Density(x);

    /// <summary>The density of a standard normal variable.</summary>
    public static TReal Density<TReal>(TReal x)
        where TReal : IReal<TReal> => InverseSqrtTwoPi * (-0.5 * x * x).ExpOfNegative();
}
