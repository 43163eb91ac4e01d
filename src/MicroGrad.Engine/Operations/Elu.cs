namespace MicroGrad.Operations;

/// <summary>x for positive x, e^x - 1 elsewhere (alpha = 1; Clevert, Unterthiner, Hochreiter 2015).</summary>
internal sealed class Elu() : UnaryOperation("elu")
{
    public static readonly Elu Instance = new();

    public override double Value(double x) => x > 0 ? x : SpecialFunctions.Expm1(x);

    public override double Derivative(double x, double y) => x > 0 ? 1 : Math.Exp(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => x.Min(0).Exp();
}
