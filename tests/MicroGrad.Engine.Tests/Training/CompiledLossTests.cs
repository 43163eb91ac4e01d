using MicroGrad.Generators;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class CompiledLossTests
{
    private static readonly Dictionary<string, Func<GradValue[], GradValue[], GradValue>> Costs = new()
    {
        ["cubes"] = (p, t) => GradValue.Sum([.. p.Zip(t, (x, y) => (x - y).Abs().Pow(3))]),
        ["cross entropy"] = (p, t) => GradValue.LogSumExp(p) * GradValue.Sum(t) - GradValue.Dot(p, t),
        ["two slopes"] = (p, t) => GradValue.Mean([.. p.Zip(t, (x, y) => GradValue.Choose(x, y, 3 * (x - y), 0.5 * (y - x)))]),
        ["target as exponent"] = (p, t) => GradValue.Sum([.. p.Zip(t, (x, y) => (1 + x.Pow(2)).Pow(y))]),
        ["functions"] = (p, t) => GradValue.Sum([.. p.Zip(t, (x, y) => (x * y).Softplus() + (x - y).Tanh() + y.Exp() * x.Sin().Max(y))]),
        ["no output in it"] = (_, t) => t[0] + 1,
    };

    public static TheoryData<string, int, int> Batches
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var cost in Costs.Keys)
            {
                foreach (var outputs in new[] { 1, 3 })
                {
                    foreach (var lanes in VectorWidths.Lanes)
                    {
                        data.Add(cost, outputs, lanes);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<int, int, Precision> Networks
    {
        get
        {
            var data = new TheoryData<int, int, Precision>();
            foreach (var seed in Enumerable.Range(1, 6))
            {
                foreach (var batch in new[] { 1, 7, 8, 9, 31 })
                {
                    data.Add(seed, batch, Precision.Double);
                    data.Add(seed, batch, Precision.Single);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Cost_and_gradient_of_a_batch_are_those_of_the_graphs_of_its_rows(string cost, int outputs, int lanes)
    {
        var random = new System.Random(outputs);
        var compiled = new CompiledLoss(Costs[cost], outputs, TargetEncoding.Numbers, VectorWidths.Of(lanes));
        foreach (var rows in new[] { 1, 7, 8, 9, 31 })
        {
            var (values, targets) = (Draw(rows * outputs), Draw(rows * outputs));
            foreach (var weights in new[] { Array.ConvertAll(Draw(rows), Math.Abs), [], new double[rows] })
            {
                var (expected, actual) = (new double[values.Length], new double[values.Length]);
                Close.Equal(
                    new GraphLoss(Costs[cost]).Batch(new(values, targets, weights, outputs, expected)),
                    compiled.Batch(new(values, targets, weights, outputs, actual)),
                    Close.Evaluation,
                    $"cost of {rows} rows");
                Close.Equal(expected, actual, Close.Evaluation, $"gradient of {rows} rows");
            }
        }

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => 6 * random.NextDouble() - 3)];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    public void A_class_is_told_as_a_target_for_each_output(int rows)
    {
        var samples = TrainingRun.Draw(rows, TargetEncoding.OneHot, outputCount: 3);
        double[] outputs = [.. Enumerable.Range(0, 3 * rows).Select(i => 2 * Math.Sin(i))];
        var expected = new double[outputs.Length];
        var cost = LossKind.CrossEntropy.Create().Batch(LossBatch.Of(samples, outputs, expected));

        foreach (var loss in new Loss[]
        {
            new CompiledLoss(Costs["cross entropy"], 3, TargetEncoding.OneHot), new GraphLoss(Costs["cross entropy"]),
        })
        {
            var actual = new double[outputs.Length];
            Close.Equal(cost, loss.Batch(LossBatch.Of(samples, outputs, actual)), Close.Evaluation, "cost");
            Close.Equal(expected, actual, Close.Evaluation, "gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_learns_the_same_by_it_as_by_graphs_of_its_rows(int seed, int batch, Precision precision)
    {
        var random = new System.Random(seed);
        var (inputs, outputs) = (random.Next(1, 5), random.Next(1, 4));
        int[] layers = [random.Next(1, 12), random.Next(1, 12), outputs];
        var samples = TrainingRun.Draw(41, TargetEncoding.Numbers, inputs, outputs, seed);
        samples.Weights = [.. Enumerable.Range(0, 41).Select(_ => random.NextDouble())];
        var validation = TrainingRun.Draw(9, TargetEncoding.Numbers, inputs, outputs, seed + 1);
        var tolerance = precision == Precision.Double ? Close.Evaluation : 1e-5;
        var options = new TrainingOptions { Epochs = 2, BatchSize = batch, LearningRate = 0.01, Optimizer = TrainingRun.Sgd, Precision = precision };

        var (expected, expectedModel) = Train(new GraphLoss(Costs["functions"]));
        var (actual, actualModel) = Train(new CompiledLoss(Costs["functions"], outputs, TargetEncoding.Numbers));

        Close.Equal(expectedModel.CopyParameters(), actualModel.CopyParameters(), tolerance, "parameter");
        for (var i = 0; i < expected.Length; i++)
        {
            Close.Equal(expected[i].Loss, actual[i].Loss, tolerance, "loss");
            Close.Equal(expected[i].ValidationLoss!.Value, actual[i].ValidationLoss!.Value, tolerance, "validation loss");
        }

        (EpochResult[] Results, Mlp Model) Train(Loss loss)
        {
            var model = new Mlp(inputs, layers, Activation.Tanh, random: new PythonRandom(seed));
            return ([.. new Trainer(model, null, samples, loss, options, validation).Run(CancellationToken.None)], model);
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_in_any_place_of_a_batch()
    {
        var loss = new CompiledLoss(Costs["functions"], 1, TargetEncoding.Numbers);
        var gradients = new double[19];
        loss.Batch(new(Enumerable.Repeat(0.3, 19).ToArray(), Enumerable.Repeat(0.7, 19).ToArray(), Enumerable.Repeat(19.0, 19).ToArray(), 1, gradients));

        Assert.All(gradients, gradient => Assert.Equal(gradients[0], gradient));
    }

    [Fact]
    public void Tracing_again_gives_the_same_loss_until_a_constant_changes()
    {
        var factor = 2.0;
        var loss = new CompiledLoss((p, t) => factor * (p[0] - t[0]).Pow(2), 1, TargetEncoding.Numbers);

        Assert.Same(loss, loss.Retraced());
        factor = 3;
        var other = loss.Retraced();

        Assert.NotSame(loss, other);
        Assert.Equal(2, loss.Row([3], [2], new double[1]));
        Assert.Equal(3, other.Row([3], [2], new double[1]));
    }

    [Fact]
    public void A_number_read_from_a_symbolic_value_is_refused() => Assert.Equal(
        "SymbolicData",
        Assert.Throws<GradException>(() => new CompiledLoss((p, t) => p[0] * t[0].Data, 1, TargetEncoding.Numbers)).ErrorId);

    /// <summary>The loss as rows' graphs give it.</summary>
    private sealed class GraphLoss(Func<GradValue[], GradValue[], GradValue> cost) : RowLoss
    {
        public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
        {
            var leaves = Array.ConvertAll(outputs.ToArray(), output => new GradValue(output));
            var root = cost(leaves, Array.ConvertAll(targets.ToArray(), target => new GradValue(target)));
            root.Backward();
            leaves.Select(leaf => leaf.Grad).ToArray().CopyTo(gradient);
            return root.Data;
        }

        public override double Divisor(double totalWeight, int outputCount) => totalWeight;
    }
}
