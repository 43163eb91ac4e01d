using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>The normal distribution function: the share of a standard normal variable below x. A part of gelu's derivative.</summary>
internal sealed class NormalDistribution() : UnaryOperation("normal distribution", "Φ")
{
    private const double InverseSqrtTwo = 0.70710678118654752440;
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    public static readonly NormalDistribution Instance = new();

    public override double Value(double x) => Of(x);

    public override double Derivative(double x, double y) => Density(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => Density(x);

    // By erfc of -x the lower tail keeps its digits, where 1 + erf would cancel.
    public static double Of(double x) => 0.5 * SpecialFunctions.Erfc(-x * InverseSqrtTwo);

    public static double Density(double x) => InverseSqrtTwoPi * Math.Exp(-0.5 * x * x);

    public static Vector512<T> Of<T>(Vector512<T> x)
        where T : unmanaged => Vectors.Of<T>(0.5) * SpecialFunctions.Erfc(x * Vectors.Of<T>(-InverseSqrtTwo));

    public static Vector512<T> Density<T>(Vector512<T> x)
        where T : unmanaged =>
        Vectors.Of<T>(InverseSqrtTwoPi) * VectorFunctions.ExpOfNegative(Vectors.Of<T>(-0.5) * x * x);

    public static GradValue Density(GradValue x) => InverseSqrtTwoPi * (-0.5 * x * x).Exp();

    public override Term Compile(Term x) => Formulas.NormalDistribution(x);
}
