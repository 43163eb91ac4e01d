namespace MicroGrad.Operations;

/// <summary>x times the normal distribution function of x, exact (not the tanh approximation; Hendrycks and Gimpel 2016).</summary>
internal sealed class Gelu() : UnaryOperation("gelu")
{
    private const double InverseSqrtTwo = 0.70710678118654752440;
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    public static readonly Gelu Instance = new();

    public override double Value(double x) => x * Distribution(x);

    public override double Derivative(double x, double y) =>
        Distribution(x) + x * InverseSqrtTwoPi * Math.Exp(-0.5 * x * x);

    // By erfc of -x the lower tail keeps its digits, where 1 + erf would cancel.
    private static double Distribution(double x) => 0.5 * SpecialFunctions.Erfc(-x * InverseSqrtTwo);
}
