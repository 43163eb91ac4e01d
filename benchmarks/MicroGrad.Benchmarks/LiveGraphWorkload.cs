namespace MicroGrad.Benchmarks;

/// <summary>
/// Live values, a graph built and differentiated anew at each step: the hinge loss of two moons-like classes through
/// Mlp(2, [16, 16, 1]) with relu over 100 rows, its numbers by the formulas of <see cref="TrainingWorkload"/>; and chains of
/// elementary operations.
/// </summary>
internal static class LiveGraphWorkload
{
    private const int Rows = 100;

    /// <summary>A step of the moons network; gives the loss plus the norm of its gradient, so that both are compared.</summary>
    public static Func<double> Moons()
    {
        var model = new Mlp(2, [16, 16, 1], Activation.Relu);
        model.SetParameters(TrainingWorkload.FirstParameters(model));
        var rows = Enumerable.Range(0, Rows).Select(r => new[] { Math.Sin(1 + 0.7 * r), Math.Sin(2.3 + 0.7 * r) }).ToArray();
        return () =>
        {
            var costs = new GradValue[Rows];
            for (var r = 0; r < Rows; r++)
            {
                var output = model.InvokeNumbers(rows[r])[0];
                costs[r] = (1 - (r % 2 == 0 ? 1.0 : -1.0) * output).Relu();
            }

            var loss = GradValue.Mean(costs);
            model.ZeroGrad();
            loss.Backward();
            return loss.Data + Math.Sqrt(model.Parameters.Sum(parameter => parameter.Grad * parameter.Grad));
        };
    }

    /// <summary>tanh(a y + b), over and over, and back; gives the derivative by a.</summary>
    public static double Chain(int steps)
    {
        var (a, b, y) = (new GradValue(0.999), new GradValue(0.001), new GradValue(0.5));
        for (var i = 0; i < steps; i++)
        {
            y = (a * y + b).Tanh();
        }

        y.Backward();
        return a.Grad;
    }
}
