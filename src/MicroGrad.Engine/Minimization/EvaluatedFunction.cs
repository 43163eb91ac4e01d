namespace MicroGrad.Minimization;

/// <summary>A function that a search evaluates at one place after the other.</summary>
/// <param name="function">The function.</param>
/// <param name="stopping">Asked before each evaluation, and while the function is compiled.</param>
internal sealed class EvaluatedFunction(GradFunction function, CancellationToken stopping)
{
    /// <summary>The value and the gradient at a point.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public Place At(double[] point)
    {
        stopping.ThrowIfCancellationRequested();
        var gradient = new double[point.Length];
        return new(point, function.Evaluate(point, gradient, stopping), gradient);
    }

    /// <summary>The value and the gradient at a distance from a place in a direction.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public Place From(Place place, double[] direction, double length)
    {
        var point = (double[])place.Point.Clone();
        Flat.AddTo(point, length, direction);
        return At(point);
    }
}
