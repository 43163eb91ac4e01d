namespace MicroGrad.Minimization;

/// <summary>A point with what a function is there.</summary>
internal sealed record Place(double[] Point, double Value, double[] Gradient)
{
    public double GradientNorm => Math.Sqrt(Flat.Dot(Gradient, Gradient));
}
