namespace MicroGrad.Minimization;

/// <summary>The two loops of Nocedal (1980), with steps that satisfy the weak Wolfe conditions.</summary>
/// <param name="function">The function.</param>
/// <param name="rate">The length that a search begins with, in steps that the curvature suggests.</param>
internal sealed class Lbfgs(EvaluatedFunction function, double rate)
{
    private const int Memory = 10;
    private const int MostTrials = 60;

    // How much the value must fall, and how flat the slope must become, as parts of the slope at the start of a step.
    private const double EnoughDescent = 1e-4;
    private const double EnoughFlattening = 0.9;

    // A smaller fall, relative to the value, is lost in rounding.
    private const double Rounding = 1e-14;

    private readonly List<(double[] Move, double[] Change, double Curvature)> _steps = [];

    /// <summary>The next place, and how the search ends there; null where it ends at this one.</summary>
    public (Place? Next, MinimizationOutcome? Outcome) Step(Place place)
    {
        var direction = Direction(place.Gradient);
        var slope = Flat.Dot(place.Gradient, direction);

        // The first step, without knowledge of the curvature, is no longer than 1.
        var length = _steps.Count > 0 ? rate : rate / Math.Max(1, place.GradientNorm);
        var (next, fallsOn) = slope < 0 ? Search(place, direction, slope, length) : default;
        if (next is null || next.Point.AsSpan().SequenceEqual(place.Point))
        {
            var isRounded = Math.Abs(slope) <= Rounding * Math.Abs(place.Value);
            return (null, isRounded ? MinimizationOutcome.Converged : MinimizationOutcome.Stalled);
        }

        var move = Flat.Difference(next.Point, place.Point);
        var change = Flat.Difference(next.Gradient, place.Gradient);
        var curvature = Flat.Dot(move, change);
        if (curvature > 0)
        {
            _steps.Add((move, change, curvature));
            if (_steps.Count > Memory)
            {
                _steps.RemoveAt(0);
            }
        }

        return (next, fallsOn ? MinimizationOutcome.Unbounded : null);
    }

    private double[] Direction(double[] gradient)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var factors = new double[_steps.Count];
        for (var k = _steps.Count - 1; k >= 0; k--)
        {
            factors[k] = Flat.Dot(_steps[k].Move, direction) / _steps[k].Curvature;
            Flat.AddTo(direction, -factors[k], _steps[k].Change);
        }

        if (_steps.Count > 0)
        {
            var (_, change, curvature) = _steps[^1];
            var scale = curvature / Flat.Dot(change, change);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var k = 0; k < _steps.Count; k++)
        {
            Flat.AddTo(direction, factors[k] - Flat.Dot(_steps[k].Change, direction) / _steps[k].Curvature, _steps[k].Move);
        }

        return direction;
    }

    /// <summary>
    /// A place along a direction that is low enough and flat enough, by bisection (Lewis and Overton 2013); null for none.
    /// Also tells whether the function fell however long the step.
    /// </summary>
    private (Place? Best, bool FallsOn) Search(Place place, double[] direction, double slope, double length)
    {
        Place? best = null;
        var (shortest, longest) = (0.0, double.PositiveInfinity);
        for (var trial = 0; trial < MostTrials; trial++)
        {
            var next = function.From(place, direction, length);

            // Also false for NaN, which is then too far.
            if (!(next.Value <= place.Value + EnoughDescent * length * slope))
            {
                longest = length;
            }
            else if (Flat.Dot(next.Gradient, direction) < EnoughFlattening * slope)
            {
                best = next;
                shortest = length;
            }
            else
            {
                return (next, false);
            }

            length = double.IsInfinity(longest) ? 2 * length : (shortest + longest) / 2;
        }

        return (best, double.IsInfinity(longest));
    }
}
