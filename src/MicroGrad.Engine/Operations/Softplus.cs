namespace MicroGrad.Operations;

/// <summary>log(1 + e^x), a smooth relu; its derivative is the sigmoid.</summary>
internal sealed class Softplus() : UnaryOperation("softplus")
{
    public static readonly Softplus Instance = new();

    public override double Value(double x) => Of(x);

    public override double Derivative(double x, double y) => Sigmoid.Of(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => x.Sigmoid();

    /// <summary>max(x, 0) + log(1 + e^-|x|): neither overflows far right nor loses its digits far left.</summary>
    public static double Of(double x) => Math.Max(x, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(x)));
}
