namespace MicroGrad.Benchmarks;

/// <summary>A small network, its samples and what a sample costs: a problem for the scalar graph and what is compiled of it.</summary>
internal sealed class ScalarProblem
{
    private readonly Func<Mlp> _create;

    private ScalarProblem(Func<Mlp> create, double[][] inputs, double[][] targets, bool average, Func<GradValue[], GradValue[], GradValue> cost)
    {
        (_create, Inputs, Targets, IsAverage, Cost) = (create, inputs, targets, average, cost);
    }

    /// <summary>
    /// The hinge loss of two moons-like classes through Mlp(2, [16, 16, 1]) with relu over 100 rows, its numbers by the
    /// formulas of <see cref="TrainingWorkload"/>.
    /// </summary>
    public static ScalarProblem Moons { get; } = new(
        () => new Mlp(2, [16, 16, 1], Activation.Relu),
        [.. Enumerable.Range(0, 100).Select(r => new[] { Math.Sin(1 + 0.7 * r), Math.Sin(2.3 + 0.7 * r) })],
        [.. Enumerable.Range(0, 100).Select(r => new[] { r % 2 == 0 ? 1.0 : -1.0 })],
        average: true,
        (outputs, targets) => (1 - targets[0] * outputs[0]).Relu());

    /// <summary>The lecture's four samples through Mlp(3, [4, 4, 1]) with tanh, their squared errors added up.</summary>
    public static ScalarProblem Lecture { get; } = new(
        () => new Mlp(3, [4, 4, 1], Activation.Tanh, Activation.Tanh),
        [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]],
        [[1], [-1], [-1], [1]],
        average: false,
        (outputs, targets) => (outputs[0] - targets[0]).Pow(2));

    public double[][] Inputs { get; }

    public double[][] Targets { get; }

    public bool IsAverage { get; }

    public Func<GradValue[], GradValue[], GradValue> Cost { get; }

    public Mlp CreateModel()
    {
        var model = _create();
        model.SetParameters(TrainingWorkload.FirstParameters(model));
        return model;
    }
}
