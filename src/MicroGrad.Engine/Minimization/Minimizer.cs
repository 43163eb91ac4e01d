using System.Runtime.Intrinsics;
using MicroGrad.Training;

namespace MicroGrad;

/// <summary>Looks for a minimum of a compiled function, from a starting point downhill.</summary>
public static class Minimizer
{
    private const int Memory = 10;

    /// <summary>
    /// The way from a starting point to a minimum, the start first. It ends where the gradient is no longer than the
    /// tolerance, where the iterations are used up, or where no step leads further down. A step is made when the next place
    /// is asked for.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where to begin: a number for each of the function's parameters.</param>
    /// <param name="options">How to go on; null for L-BFGS with its defaults.</param>
    /// <exception cref="GradException">
    /// The start has another size than the function's point (id <c>SizeMismatch</c>), an option is out of range (ids
    /// <c>InvalidLearningRate</c>, <c>InvalidMaximumIteration</c>, <c>InvalidTolerance</c>), or the way leads to a value
    /// that is not finite (id <c>MinimizationDiverged</c>).
    /// </exception>
    public static IEnumerable<MinimizationStep> Run(GradFunction function, double[] start, MinimizationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        options ??= new MinimizationOptions();
        options.Check();
        var place = Place.At(function, (double[])start.Clone());
        var places = options.Method switch
        {
            MinimizationMethod.GradientDescent => Descend(function, place, options.Rate),
            MinimizationMethod.Adam => DescendByAdam(function, place, options.Rate),
            _ => DescendByLbfgs(function, place, options.Rate),
        };
        return Report(places, options);
    }

    private static IEnumerable<MinimizationStep> Report(IEnumerable<Place> places, MinimizationOptions options)
    {
        var iteration = 0;
        foreach (var place in places)
        {
            var norm = Math.Sqrt(Dot(place.Gradient, place.Gradient));
            if (!double.IsFinite(place.Value) || !double.IsFinite(norm))
            {
                throw new GradException(
                    "MinimizationDiverged",
                    FormattableString.Invariant($"After {iteration} iterations the value is {place.Value} and the gradient's length {norm}. Use a smaller learning rate, or start elsewhere."));
            }

            yield return new MinimizationStep(iteration, (double[])place.Point.Clone(), place.Value, norm);
            if (norm <= options.Tolerance || iteration == options.MaximumIteration)
            {
                yield break;
            }

            iteration++;
        }
    }

    private static IEnumerable<Place> Descend(GradFunction function, Place place, double rate)
    {
        while (true)
        {
            yield return place;
            place = place.Moved(function, place.Gradient, -rate);
        }
    }

    private static IEnumerable<Place> DescendByAdam(GradFunction function, Place place, double rate)
    {
        // The optimizer moves whole vectors at a time.
        var width = Vector512<double>.Count;
        var count = (place.Point.Length + width - 1) / width * width;
        var adam = new Adam<double>(count, 0.9, 0.999, 1e-8, 0, decoupled: false);
        var (point, gradient) = (new double[count], new double[count]);
        place.Point.CopyTo(point, 0);
        while (true)
        {
            yield return place;
            place.Gradient.CopyTo(gradient, 0);
            adam.Step(point, gradient, rate);
            place = Place.At(function, point[..place.Point.Length]);
        }
    }

    /// <remarks>The two loops of Nocedal (1980), with steps that satisfy the weak Wolfe conditions.</remarks>
    private static IEnumerable<Place> DescendByLbfgs(GradFunction function, Place place, double rate)
    {
        var steps = new List<(double[] Move, double[] Change, double Curvature)>();
        while (true)
        {
            yield return place;
            var direction = Direction(place.Gradient, steps);

            // Before anything is known of the curvature, the first step is no longer than 1.
            var length = steps.Count > 0 ? rate : rate / Math.Max(1, Math.Sqrt(Dot(place.Gradient, place.Gradient)));
            if (Search(function, place, direction, length) is not { } next)
            {
                yield break;
            }

            var move = Difference(next.Point, place.Point);
            var change = Difference(next.Gradient, place.Gradient);
            var curvature = Dot(move, change);
            if (curvature > 0)
            {
                steps.Add((move, change, curvature));
                if (steps.Count > Memory)
                {
                    steps.RemoveAt(0);
                }
            }

            place = next;
        }
    }

    private static double[] Direction(double[] gradient, List<(double[] Move, double[] Change, double Curvature)> steps)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var factors = new double[steps.Count];
        for (var k = steps.Count - 1; k >= 0; k--)
        {
            factors[k] = Dot(steps[k].Move, direction) / steps[k].Curvature;
            AddTo(direction, -factors[k], steps[k].Change);
        }

        if (steps.Count > 0)
        {
            var (_, change, curvature) = steps[^1];
            var scale = curvature / Dot(change, change);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var k = 0; k < steps.Count; k++)
        {
            AddTo(direction, factors[k] - Dot(steps[k].Change, direction) / steps[k].Curvature, steps[k].Move);
        }

        return direction;
    }

    /// <summary>A place along a direction that is low enough and flat enough, by bisection (Lewis and Overton 2013); null for none.</summary>
    private static Place? Search(GradFunction function, Place place, double[] direction, double length)
    {
        const double enoughDescent = 1e-4;
        const double enoughFlattening = 0.9;
        var slope = Dot(place.Gradient, direction);
        if (!(slope < 0))
        {
            return null;
        }

        Place? best = null;
        var (shortest, longest) = (0.0, double.PositiveInfinity);
        for (var trial = 0; trial < 60; trial++)
        {
            var next = place.Moved(function, direction, length);

            // Also false for NaN, which is then too far.
            if (!(next.Value <= place.Value + enoughDescent * length * slope))
            {
                longest = length;
            }
            else if (Dot(next.Gradient, direction) < enoughFlattening * slope)
            {
                best = next;
                shortest = length;
            }
            else
            {
                return next;
            }

            length = double.IsInfinity(longest) ? 2 * length : (shortest + longest) / 2;
        }

        return best;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static void AddTo(double[] target, double factor, double[] x)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * x[i];
        }
    }

    /// <summary>A point with what the function is there.</summary>
    private sealed record Place(double[] Point, double Value, double[] Gradient)
    {
        public static Place At(GradFunction function, double[] point)
        {
            var gradient = new double[point.Length];
            return new(point, function.Evaluate(point, gradient), gradient);
        }

        public Place Moved(GradFunction function, double[] direction, double length)
        {
            var point = (double[])Point.Clone();
            AddTo(point, length, direction);
            return At(function, point);
        }
    }
}
