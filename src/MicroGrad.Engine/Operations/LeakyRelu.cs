namespace MicroGrad.Operations;

/// <summary>x for positive x, 0.01 x elsewhere (PyTorch's default slope); derivative 0.01 at 0.</summary>
internal sealed class LeakyRelu() : UnaryOperation("leakyrelu")
{
    private const double Slope = 0.01;

    public static readonly LeakyRelu Instance = new();

    public override double Value(double x) => x > 0 ? x : Slope * x;

    public override double Derivative(double x, double y) => x > 0 ? 1 : x <= 0 ? Slope : double.NaN;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => GradValue.Choose(x, 0, 1, Slope);
}
