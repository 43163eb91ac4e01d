using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

/// <summary>Trainings by the trainer, and the same by live values as a reader would write them.</summary>
internal static class TrainingRun
{
    public static readonly OptimizerOptions Sgd = new() { Kind = OptimizerKind.Sgd };

    /// <summary>A training that ends with the test that runs it.</summary>
    public static IEnumerable<EpochResult> Start(Mlp model, Samples samples, LossKind loss, TrainingOptions options) =>
        new Trainer(model, null, samples, loss.Create(), options).Run(TestContext.Current.CancellationToken);

    public static EpochResult[] Run(Mlp model, Samples samples, LossKind loss, TrainingOptions options) =>
        [.. Start(model, samples, loss, options)];

    public static Samples Samples(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets)
    {
        var samples = new Samples(inputs.Count, inputs[0].Length, targets[0].Length);
        for (var r = 0; r < inputs.Count; r++)
        {
            inputs[r].CopyTo(samples.InputsAt(r));
            targets[r].CopyTo(samples.TargetsAt(r));
        }

        return samples;
    }

    /// <summary>Rows of a smooth function of two numbers, or of its classes, as a loss wants its targets.</summary>
    public static Samples Draw(int count, TargetEncoding encoding, int inputCount = 2, int outputCount = 1, int seed = 1)
    {
        var random = new System.Random(seed);
        var inputs = Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, inputCount).Select(_ => 4 * random.NextDouble() - 2).ToArray())
            .ToArray();
        return Samples(inputs, Array.ConvertAll(inputs, Target));

        double[] Target(double[] x)
        {
            var y = Math.Sin(x[0]) + 0.5 * x[^1];
            return
            [
                .. Enumerable.Range(0, outputCount).Select(o => encoding switch
                {
                    TargetEncoding.Numbers => y + o,
                    TargetEncoding.ZeroOrOne => y > 0 ? 1.0 : 0.0,
                    TargetEncoding.MinusOneOrOne => y > 0 ? 1.0 : -1.0,
                    _ => o == (int)Math.Clamp(Math.Floor((y + 2) / 4 * outputCount), 0, outputCount - 1) ? 1.0 : 0.0,
                }),
            ];
        }
    }

    /// <summary>The loss of some rows as a graph over the model's parameters.</summary>
    public static GradValue Graph(Mlp model, Samples samples, LossKind loss, IEnumerable<int> rows)
    {
        var places = rows.ToArray();
        return loss.Create().Batch(
            Array.ConvertAll(places, row => model.InvokeNumbers(samples.InputsAt(row))),
            places.SelectMany(row => samples.TargetsAt(row).ToArray()).ToArray());
    }

    /// <summary>A step of gradient descent by the scalar graph; gives the loss before it.</summary>
    public static double Step(Mlp model, Samples samples, LossKind loss, IEnumerable<int> rows, double rate)
    {
        var root = Graph(model, samples, loss, rows);
        model.ZeroGrad();
        root.Backward();
        foreach (var parameter in model.Parameters)
        {
            parameter.Data -= rate * parameter.Grad;
        }

        return root.Data;
    }

    public static double[] Gradients(Mlp model) => [.. model.Parameters.Select(parameter => parameter.Grad)];
}
