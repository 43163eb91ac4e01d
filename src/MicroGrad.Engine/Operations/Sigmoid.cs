namespace MicroGrad.Operations;

/// <summary>The logistic function 1 / (1 + e^-x).</summary>
internal sealed class Sigmoid() : UnaryOperation("sigmoid")
{
    public static readonly Sigmoid Instance = new();

    public override double Value(double x) => Of(x);

    public override double Derivative(double x, double y) => y * (1 - y);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => y * (1 - y);

    /// <summary>The form whose exponential cannot overflow on either side of 0.</summary>
    public static double Of(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        var e = Math.Exp(x);
        return e / (1 + e);
    }
}
