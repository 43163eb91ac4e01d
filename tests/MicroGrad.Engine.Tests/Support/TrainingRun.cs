using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

/// <summary>Trainings by the trainer, and the same by live values as a reader would write them.</summary>
internal static class TrainingRun
{
    // As many as any test has outputs.
    private static readonly double[] Quantiles = [0.05, 0.1, 0.25, 0.5, 0.6, 0.75, 0.9, 0.95];

    public static readonly OptimizerOptions Sgd = new() { Kind = OptimizerKind.Sgd };

    /// <summary>A training that ends with the test that runs it.</summary>
    public static IEnumerable<EpochResult> Start(Mlp model, Samples samples, LossKind loss, TrainingOptions options) =>
        new Trainer(model, null, samples, LossOf(loss), options).Run(TestContext.Current.CancellationToken);

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

    /// <summary>Rows with a class each.</summary>
    public static Samples Samples(IReadOnlyList<double[]> inputs, IReadOnlyList<int> classes, int classCount)
    {
        var samples = new Samples(inputs.Count, inputs[0].Length, classCount, hasClasses: true);
        for (var r = 0; r < inputs.Count; r++)
        {
            inputs[r].CopyTo(samples.InputsAt(r));
            samples.Classes[r] = classes[r];
        }

        return samples;
    }

    /// <summary>Some of the rows, in an order.</summary>
    public static Samples Take(Samples samples, IReadOnlyList<int> rows)
    {
        var taken = new Samples(rows.Count, samples.InputCount, samples.OutputCount, samples.Classes.Length > 0);
        for (var r = 0; r < rows.Count; r++)
        {
            samples.InputsAt(rows[r]).CopyTo(taken.InputsAt(r));
            if (samples.Classes.Length > 0)
            {
                taken.Classes[r] = samples.Classes[rows[r]];
            }
            else
            {
                samples.TargetsAt(rows[r]).CopyTo(taken.TargetsAt(r));
            }
        }

        return taken;
    }

    /// <summary>A number for each output of all rows: of a class, 1 at its place.</summary>
    public static double[] Targets(Samples samples)
    {
        var targets = new double[samples.Count * samples.OutputCount];
        var batch = LossBatch.Of(samples, outputs: targets, gradients: []);
        for (var row = 0; row < samples.Count; row++)
        {
            var room = new double[samples.OutputCount];
            batch.TargetsAt(row, room).CopyTo(targets.AsSpan(row * room.Length));
        }

        return targets;
    }

    /// <summary>The loss of a batch whose targets stand as a number for each output, whatever the loss takes.</summary>
    public static double Cost(
        Loss loss, double[] outputs, double[] targets, double[] weights, int outputCount, double[] gradients) =>
        loss.Batch(loss.Encoding == TargetEncoding.OneHot
            ? new(outputs, [], weights, outputCount, gradients) { Classes = [.. targets.Chunk(outputCount).Select(row => Array.IndexOf(row, 1))] }
            : new(outputs, targets, weights, outputCount, gradients));

    /// <summary>Rows of a smooth function of two numbers, or of its classes, as a loss wants its targets.</summary>
    public static Samples Draw(int count, TargetEncoding encoding, int inputCount = 2, int outputCount = 1, int seed = 1)
    {
        var random = new System.Random(seed);
        var inputs = Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, inputCount).Select(_ => 4 * random.NextDouble() - 2).ToArray())
            .ToArray();
        return encoding == TargetEncoding.OneHot
            ? Samples(inputs, Array.ConvertAll(inputs, Class), outputCount)
            : Samples(inputs, Array.ConvertAll(inputs, Target));

        static double Y(double[] x) => Math.Sin(x[0]) + 0.5 * x[^1];

        int Class(double[] x) => (int)Math.Clamp(Math.Floor((Y(x) + 2) / 4 * outputCount), 0, outputCount - 1);

        double[] Target(double[] x) =>
        [
            .. Enumerable.Range(0, outputCount).Select(o => encoding switch
            {
                TargetEncoding.Numbers => Y(x) + o,
                TargetEncoding.ZeroOrOne => Y(x) > 0 ? 1.0 : 0.0,
                _ => Y(x) > 0 ? 1.0 : -1.0,
            }),
        ];
    }

    /// <summary>The unweighted loss of a batch as a graph: outputs[row] and the targets row by row.</summary>
    public static GradValue Graph(this LossKind kind, IReadOnlyList<GradValue[]> outputs, ReadOnlySpan<double> targets)
    {
        var rows = new GradValue[outputs.Count];
        for (var r = 0; r < rows.Length; r++)
        {
            rows[r] = Cost(kind, outputs[r], targets.Slice(r * outputs[r].Length, outputs[r].Length).ToArray());
        }

        return GradValue.Sum(rows) / LossOf(kind).Divisor(rows.Length, outputs[0].Length);
    }

    /// <summary>A row's cost over values.</summary>
    public static GradValue Cost(LossKind kind, GradValue[] outputs, double[] targets) => kind == LossKind.CrossEntropy
        ? GradValue.LogSumExp(outputs) - outputs[Array.IndexOf(targets, 1)]
        : GradValue.Sum([.. outputs.Select((z, i) => Cost(kind, z, targets[i], Quantiles[i]))]);

    private static GradValue Cost(LossKind kind, GradValue z, double target, double quantile) => kind switch
    {
        LossKind.MeanSquaredError or LossKind.SumSquaredError => (z - target).Pow(2.0),
        LossKind.MeanAbsoluteError => (z - target).Abs(),
        LossKind.Huber => (z - target).Abs().Min(1) * ((z - target).Abs() - 0.5 * (z - target).Abs().Min(1)),
        LossKind.Hinge => (1 - target * z).Relu(),
        LossKind.BinaryCrossEntropy => z.Softplus() - target * z,
        LossKind.Quantile => quantile * (target - z).Relu() + (1 - quantile) * (z - target).Relu(),
        _ => throw new NotSupportedException($"{kind}"),
    };

    /// <summary>The loss of some rows as a graph over the model's parameters.</summary>
    public static GradValue Graph(Mlp model, Samples samples, LossKind loss, IEnumerable<int> rows)
    {
        var places = rows.ToArray();
        return loss.Graph(
            Array.ConvertAll(places, row => model.InvokeNumbers(samples.InputsAt(row))),
            Targets(Take(samples, places)));
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

    /// <summary>The loss of a name; that of quantiles has one for each output.</summary>
    public static Loss LossOf(LossKind kind) => kind.Create(Quantiles);
}
