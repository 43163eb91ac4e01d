namespace MicroGrad.Benchmarks;

/// <summary>Live values: a graph built and differentiated anew at each step.</summary>
internal static class LiveGraphWorkload
{
    /// <summary>
    /// A step of the moons network: the hinge loss of two moons-like classes over 100 rows, its numbers by the formulas of
    /// <see cref="TrainingWorkload"/>. It gives the loss plus the norm of its gradient, so that both are compared.
    /// </summary>
    public static Func<double> Moons()
    {
        var model = new Mlp(2, [16, 16, 1], Activation.Relu);
        model.SetParameters(TrainingWorkload.FirstParameters(model));
        double[][] inputs = [.. Enumerable.Range(0, 100).Select(r => new[] { Math.Sin(1 + 0.7 * r), Math.Sin(2.3 + 0.7 * r) })];
        double[] targets = [.. Enumerable.Range(0, 100).Select(r => r % 2 == 0 ? 1.0 : -1.0)];
        return () =>
        {
            var costs = new GradValue[targets.Length];
            for (var r = 0; r < costs.Length; r++)
            {
                costs[r] = (1 - targets[r] * model.InvokeNumbers(inputs[r])[0]).Relu();
            }

            var loss = GradValue.Mean(costs);
            model.ZeroGrad();
            loss.Backward();
            return loss.Data + Math.Sqrt(model.Parameters.Sum(parameter => parameter.Grad * parameter.Grad));
        };
    }

    /// <summary>tanh(a y + b), over and over, and back; gives the derivative by a.</summary>
    public static double TanhChain(int steps)
    {
        var (a, b, y) = Start();
        for (var i = 0; i < steps; i++)
        {
            y = (a * y + b).Tanh();
        }

        y.Backward();
        return a.Grad;
    }

    /// <summary>a y + b, over and over, and back: two nodes a step; gives the derivative by a.</summary>
    public static double Chain(int steps)
    {
        var (a, b, y) = Start();
        for (var i = 0; i < steps; i++)
        {
            y = a * y + b;
        }

        y.Backward();
        return a.Grad;
    }

    private static (GradValue A, GradValue B, GradValue Y) Start() => (new(0.999), new(0.001), new(0.5));
}
