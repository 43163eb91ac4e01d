namespace MicroGrad.Minimization;

/// <summary>A point with what a function is there.</summary>
internal sealed record Place(double[] Point, double Value, double[] Gradient)
{
    public double GradientNorm => Math.Sqrt(Flat.Dot(Gradient, Gradient));

    public static Place At(GradFunction function, double[] point)
    {
        var gradient = new double[point.Length];
        return new(point, function.Evaluate(point, gradient), gradient);
    }

    public Place Moved(GradFunction function, double[] direction, double length)
    {
        var point = (double[])Point.Clone();
        Flat.AddTo(point, length, direction);
        return At(function, point);
    }
}
