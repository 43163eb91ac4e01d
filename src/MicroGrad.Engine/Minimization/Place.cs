namespace MicroGrad.Minimization;

/// <summary>A point with the value and the gradient of a function.</summary>
internal sealed record Place(double[] Point, double Value, double[] Gradient)
{
    public double GradientNorm => Math.Sqrt(Flat.Dot(Gradient, Gradient));
}
