namespace MicroGrad.Engine.Tests;

/// <summary>
/// A straight-line program over a few leaves: each instruction applies an operation to values that are already there, so
/// that values are shared, repeated and sometimes not used. Every instruction keeps its result small and the graph
/// smooth, so that differences can judge the gradient.
/// </summary>
/// <param name="Leaves">The data of the leaves.</param>
/// <param name="Instructions">
/// An operation and its two inputs, as numbers taken modulo what there is: the first is one of the last three values, so
/// that the graph grows deep, the second is any.
/// </param>
public sealed record RandomGraph(double[] Leaves, (int Operation, int First, int Second)[] Instructions)
{
    private static readonly Func<GradValue, GradValue, GradValue>[] Operations =
    [
        (a, b) => (a + b) * 0.5,
        (a, b) => a - b.Tanh(),
        (a, b) => (a * b).Sin(),
        (a, b) => a / (b * b + 1),
        (a, _) => a.Tanh(),
        (a, _) => a.Sigmoid(),
        (a, _) => a.Gelu(),
        (a, _) => a.Silu(),
        (a, _) => a.Softplus() - 0.5,
        (a, _) => a.Cos(),
        (a, _) => -a,
        (a, _) => a.Sin().Exp() - 1,
        (a, _) => (a.Pow(2) + 0.5).Log(),
        (a, _) => (a * a + 1).Sqrt() - 1,
        (a, b) => (a.Sin() + 1.5).Pow(b.Sin()),
        (a, b) => (a * a + 1).Pow(-1.5) * b,
        (a, b) => GradValue.LogSumExp(a, b, a) - 1,
        (a, b) => GradValue.Mean(a, b, b, a * b).Tanh(),
        (a, b) => GradValue.Sum(a, -b, a).Sin(),
        (a, b) => GradValue.Dot([a, b, a], [b, b, 0.25]).Tanh(),
        (a, b) => new Neuron([0.5, a, -0.75], b, Activation.Tanh).Invoke(a, b, a.Cos()),
        (a, b) => new Neuron([a, b], null, Activation.Identity).Invoke(b, 0.5) * 0.25,
        (a, b) => GradValue.Softmax(a, b, 0.5)[1],
    ];

    /// <summary>A graph over the given leaves, which are as many as <see cref="Leaves"/>.</summary>
    public GradValue Over(IReadOnlyList<GradValue> leaves)
    {
        var values = new List<GradValue>(leaves);
        foreach (var (operation, first, second) in Instructions)
        {
            values.Add(Operations[operation % Operations.Length](values[^(1 + first % Math.Min(3, values.Count))], values[second % values.Count]));
        }

        return values[^1];
    }

    /// <summary>A graph over fresh leaves.</summary>
    public (GradValue Root, GradValue[] Leaves) Build()
    {
        var leaves = Array.ConvertAll(Leaves, x => new GradValue(x));
        return (Over(leaves), leaves);
    }

    /// <summary>A graph drawn from a seed.</summary>
    public static RandomGraph Draw(int seed, int leaves = 4, int instructions = 15)
    {
        var random = new System.Random(seed);
        return new RandomGraph(
            [.. Enumerable.Range(0, leaves).Select(_ => 4 * random.NextDouble() - 2)],
            [.. Enumerable.Range(0, instructions).Select(_ => (random.Next(1000), random.Next(1000), random.Next(1000)))]);
    }

    public override string ToString() =>
        $"leaves [{string.Join(", ", Leaves)}], instructions [{string.Join(", ", Instructions)}]";
}
