using System.Runtime.Intrinsics;
using MicroGrad.Training;

namespace MicroGrad.Minimization;

/// <summary>Searches for a minimum of a compiled function, downhill from a starting point.</summary>
public static class Minimizer
{
    /// <summary>
    /// The way from a starting point to a minimum, the start first. It ends where the gradient is no longer than the
    /// tolerance, where the iterations are used up, or where no step leads further down; the last place tells which
    /// (<see cref="MinimizationStep.Outcome"/>). No more than one step is made before its place is asked for.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where to begin: a number for each of the function's parameters.</param>
    /// <param name="options">How to go on; null for L-BFGS with its defaults.</param>
    /// <exception cref="GradException">
    /// The start has another size than the function's point (id <c>SizeMismatch</c>), an option is out of range (ids
    /// <c>InvalidLearningRate</c>, <c>InvalidMaximumIteration</c>, <c>InvalidTolerance</c>), or the way leads to a value
    /// that is not finite (id <c>MinimizationDiverged</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static IEnumerable<MinimizationStep> Run(GradFunction function, double[] start, MinimizationOptions? options = null)
    {
        GradException.ThrowIfNull(function, "a function");
        GradException.ThrowIfNull(start, "a list of numbers");
        options ??= new MinimizationOptions();
        options.Check();
        var evaluated = new EvaluatedFunction(function, options.Stopping);
        return Run(evaluated, evaluated.At((double[])start.Clone()), options);
    }

    private static IEnumerable<MinimizationStep> Run(EvaluatedFunction function, Place place, MinimizationOptions options)
    {
        Func<Place, (Place?, MinimizationOutcome?)> step = options.Method switch
        {
            MinimizationMethod.GradientDescent => from => (function.From(from, from.Gradient, -options.Rate), null),
            MinimizationMethod.Adam => AdamStep(function, place.Point.Length, options.Rate),
            _ => new Lbfgs(function, options.Rate).Step,
        };
        var first = place.Value;
        MinimizationOutcome? outcome = null;
        for (var iteration = 0; ; iteration++)
        {
            var norm = place.GradientNorm;
            if (!double.IsFinite(place.Value) || !double.IsFinite(norm))
            {
                throw new GradException(
                    "MinimizationDiverged",
                    FormattableString.Invariant($"After {iteration} iterations the value is {place.Value} and the gradient's length {norm}. Use a smaller learning rate, or start elsewhere."));
            }

            if (norm <= options.Tolerance)
            {
                outcome = MinimizationOutcome.Converged;
            }
            else if (outcome is null && iteration == options.MaximumIteration)
            {
                outcome = place.Value > first ? MinimizationOutcome.Diverged : MinimizationOutcome.IterationLimit;
            }

            var (next, ending) = outcome is null ? step(place) : (null, outcome);
            yield return new MinimizationStep(
                iteration, (double[])place.Point.Clone(), place.Value, norm, next is null ? ending : null);
            if (next is null)
            {
                yield break;
            }

            (place, outcome) = (next, ending);
        }
    }

    private static Func<Place, (Place?, MinimizationOutcome?)> AdamStep(EvaluatedFunction function, int size, double rate)
    {
        // The optimizer moves whole vectors at a time.
        var width = Vector512<double>.Count;
        var count = (size + width - 1) / width * width;
        var adam = new Adam<double>(count, 0.9, 0.999, 1e-8, 0, decoupled: false);
        var (point, gradient) = (new double[count], new double[count]);
        return place =>
        {
            place.Point.CopyTo(point, 0);
            place.Gradient.CopyTo(gradient, 0);
            adam.Step(point, gradient, rate);
            return (function.At(point[..size]), null);
        };
    }
}
