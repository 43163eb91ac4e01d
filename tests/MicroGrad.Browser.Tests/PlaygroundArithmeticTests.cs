using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Operations;
using MicroGrad.Rendering;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Writers;
using MicroGrad.Training;
using Microsoft.Playwright;
using Xunit;

namespace MicroGrad.Browser.Tests;

/// <summary>The playground's arithmetic in a browser, against the engine's: the same functions, draws and trainings.</summary>
public sealed class PlaygroundArithmeticTests(Browser browser) : IClassFixture<Browser>
{
    private const int Epochs = 200;

    /// <summary>Trains in the page, as the page's own loop does.</summary>
    private const string Train = """
        t => {
            const parse = rows => rows.map(r => ({ inputs: r.Inputs, targets: r.Targets, class: r.Class }));
            const samples = (rows, outputs) => new Samples(parse(rows), rows.map((_, i) => i), t.Settings.loss, rows[0].Inputs.length, outputs);
            const network = new Network(t.Sizes, t.Kinds, true, t.Parameters);
            const outputs = t.Sizes[t.Sizes.length - 1];
            const empty = new Samples([], [], t.Settings.loss, t.Sizes[0], outputs);
            const held = t.Validation.length ? samples(t.Validation, outputs) : empty;
            const trainer = new Trainer(network, samples(t.Rows, outputs), held, t.Settings);
            const results = [];
            for (let e = 0; e < t.Epochs; e++) {
                results.push(trainer.run(() => false));
            }
            return {
                Losses: results.map(r => r.loss), Accuracies: results.map(r => r.accuracy),
                ValidationLosses: results.map(r => r.validationLoss), Parameters: [...network.parameters],
            };
        }
        """;

    [Fact]
    public async Task Every_activation_equals_the_engines()
    {
        await using var opened = await OpenAsync();
        double[] places = [-800, -40, -9.5, -3, -1.25, -0.5, -1e-9, 0, 1e-9, 0.3, 1, 2.5, 7, 38, 700];
        foreach (var kind in Enum.GetValues<Activation>())
        {
            var found = await opened.Page.EvaluateAsync<double[][]>(
                "([kind, xs]) => xs.map(x => { const f = activations[kind]; const y = f.value(x); return [y, f.derivative(x, y)]; })",
                new object[] { kind.ToString(), places });
            for (var i = 0; i < places.Length; i++)
            {
                var y = kind.Operation().Value(places[i]);
                AssertNear(y, found[i][0], 1e-12, $"{kind}({places[i]})");
                AssertNear(kind.Operation().Derivative(places[i], y), found[i][1], 1e-12, $"{kind}'({places[i]})");
            }
        }
    }

    [Fact]
    public async Task Every_loss_equals_the_engines()
    {
        await using var opened = await OpenAsync();
        double[][] outputs = [[0.5, -2, 3], [-800, 0, 12], [0, 0, 0], [1, -1, 1e-9], [30, 31, -4]];
        foreach (var kind in Losses)
        {
            var loss = kind.Create();
            double[] targets = loss.Encoding switch
            {
                TargetEncoding.Numbers => [1, -0.25, 3],
                TargetEncoding.OneHot => [0, 1, 0],
                TargetEncoding.ZeroOrOne => [1, 0, 1],
                _ => [-1, 1, 1],
            };
            Assert.Equal(loss.Encoding.ToString(), await opened.Page.EvaluateAsync<string>("kind => losses[kind].encoding", kind.ToString()));
            double Cost(double[] z, double[] t, double[] gradients) => loss.Batch(loss.Encoding == TargetEncoding.OneHot
                ? new(z, [], [], 3, gradients) { Classes = [.. t.Chunk(3).Select(one => Array.IndexOf(one, 1))] }
                : new(z, t, [], 3, gradients));

            foreach (var row in outputs)
            {
                var batch = Cost([.. row, .. row], [.. targets, .. targets], new double[6]);
                var found = await opened.Page.EvaluateAsync<double[]>(
                    "([kind, z, t]) => { const f = losses[kind]; const g = [0, 0, 0]; const cost = f.row(z, t, 0, g); return [2 * cost / f.divisor(2, 3), ...g]; }",
                    new object[] { kind.ToString(), row, targets });
                AssertNear(batch, found[0], 1e-12, $"{kind} of {row[0]}");

                // A row's own gradient is that of its cost, or of its mean over outputs: a batch of one row.
                var one = new double[3];
                Cost(row, targets, one);
                for (var i = 0; i < 3; i++)
                {
                    AssertNear(one[i] * loss.Divisor(1, 3), found[i + 1], 1e-12, $"{kind}' of {row[i]}");
                }
            }
        }
    }

    [Fact]
    public async Task The_generator_draws_as_the_engines_does()
    {
        await using var opened = await OpenAsync();
        foreach (var seed in new[] { "0", "1", "4294967296", "18446744073709551617", "340282366920938463463374607431768211457" })
        {
            var random = new PythonRandom(System.Numerics.BigInteger.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
            var expected = new List<double>();
            for (var i = 0; i < 700; i++)
            {
                expected.AddRange([random.NextDouble(), random.NextIndex(i + 1), random.Gauss()]);
            }

            var found = await opened.Page.EvaluateAsync<double[]>(
                "seed => { const r = new PythonRandom(seed); const all = []; for (let i = 0; i < 700; i++) all.push(r.nextDouble(), r.nextIndex(i + 1), r.gauss()); return all; }",
                seed);
            for (var i = 0; i < found.Length; i++)
            {
                AssertNear(expected[i], found[i], 1e-14, $"draw {i} of seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    public async Task New_weights_are_those_of_a_new_network(Activation activation)
    {
        await using var opened = await OpenAsync();
        var model = new Mlp(4, [7, 5, 3], activation, Activation.Identity, Initialization.Default, new PythonRandom(12));
        var found = await opened.Page.EvaluateAsync<double[]>(
            "kind => [...Network.draw([4, 7, 5, 3], [kind, kind, 'Identity'], true, '12').parameters]", activation.ToString());
        for (var i = 0; i < found.Length; i++)
        {
            AssertNear(model.Parameters[i].Data, found[i], 1e-14, $"parameter {i}");
        }
    }

    // The page refuses a model of quantiles.
    private static IEnumerable<LossKind> Losses => Enum.GetValues<LossKind>().Where(kind => kind != LossKind.Quantile);

    public static TheoryData<LossKind, OptimizerKind> Trainings
    {
        get
        {
            var all = new TheoryData<LossKind, OptimizerKind>();
            foreach (var loss in Losses)
            {
                foreach (var optimizer in Enum.GetValues<OptimizerKind>())
                {
                    all.Add(loss, optimizer);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public async Task Losses_of_200_epochs_are_the_trainers(LossKind loss, OptimizerKind optimizer)
    {
        await using var opened = await OpenAsync();
        foreach (var activation in Enum.GetValues<Activation>())
        {
            foreach (var batch in new[] { 1, 10, 0 })
            {
                await CompareAsync(opened.Page, loss, optimizer, activation, batch);
            }
        }
    }

    [Fact]
    public async Task Momentum_and_L2_and_a_shape_of_three_layers_are_the_trainers_too()
    {
        await using var opened = await OpenAsync();
        await CompareAsync(opened.Page, LossKind.MeanSquaredError, OptimizerKind.Sgd, Activation.Tanh, 7, momentum: 0.9, l2: 0.001, sizes: [6, 5, 4]);
        await CompareAsync(opened.Page, LossKind.CrossEntropy, OptimizerKind.Adam, Activation.Silu, 7, l2: 0.01, sizes: [6, 5, 4]);
    }

    private static async Task CompareAsync(
        IPage page, LossKind kind, OptimizerKind optimizer, Activation activation, int batch, double momentum = 0, double l2 = 0, int[]? sizes = null)
    {
        var loss = kind.Create();
        var outputs = loss.Encoding == TargetEncoding.OneHot ? 3 : loss.Encoding == TargetEncoding.Numbers ? 2 : 1;
        var (rows, validation) = (Rows(36, outputs, loss.Encoding, 1), Rows(12, outputs, loss.Encoding, 2));
        var model = new Mlp(2, [.. sizes ?? [4], outputs], activation, Activation.Identity, Initialization.Default, new PythonRandom(3));

        // A batch of a sum has a gradient as many times as large.
        var rate = (optimizer == OptimizerKind.Sgd ? 0.02 : 0.005) / (kind == LossKind.SumSquaredError ? 20 : 1);
        var start = model.CopyParameters();
        var options = new TrainingOptions
        {
            Epochs = Epochs,
            BatchSize = batch,
            LearningRate = rate,
            Seed = 5,
            L2 = l2,
            Optimizer = new OptimizerOptions { Kind = optimizer, Momentum = momentum },
            Threads = 1,
        };
        var expected = new Trainer(model, null, rows, loss, options, validation).Run(CancellationToken.None).ToArray();
        var found = await page.EvaluateAsync<Trained>(Train, new
        {
            Sizes = model.Sizes.ToArray(),
            Kinds = model.Layers.Select(layer => layer.Activation.ToString()).ToArray(),
            Parameters = start,
            Rows = Describe(rows, loss.Encoding),
            Validation = Describe(validation, loss.Encoding),
            Epochs,
            Settings = new { loss = kind.ToString(), optimizer = optimizer.ToString(), rate, momentum, batch, l1 = 0, l2, orderSeed = "5" },
        });

        // Near its end RmsProp divides by a gradient that vanishes, and the absolute error has a gradient that jumps: both
        // enlarge the last bit, in which a sum with fused products differs from one without.
        var compared = optimizer == OptimizerKind.RmsProp ? 50 : Epochs;
        var tolerance = kind == LossKind.MeanAbsoluteError ? 1e-11 : 1e-12;
        var name = $"{kind}, {optimizer}, {activation}, batch {batch}";
        for (var e = 0; e < compared; e++)
        {
            AssertNear(expected[e].Loss, found.Losses[e], tolerance, $"{name}, epoch {e + 1}");
            AssertNear(expected[e].ValidationLoss!.Value, found.ValidationLosses[e], tolerance, $"{name}, validation, epoch {e + 1}");
            Assert.Equal(expected[e].Accuracy, found.Accuracies[e]);
        }

        for (var i = 0; i < found.Parameters.Length && compared == Epochs; i++)
        {
            AssertNear(model.Parameters[i].Data, found.Parameters[i], 100 * tolerance, $"{name}, parameter {i}");
        }
    }

    private static Samples Rows(int count, int outputs, TargetEncoding encoding, int seed)
    {
        var random = new PythonRandom(seed);
        var samples = new Samples(count, 2, outputs, hasClasses: encoding == TargetEncoding.OneHot);
        for (var r = 0; r < count; r++)
        {
            var inputs = samples.InputsAt(r);
            (inputs[0], inputs[1]) = (random.Gauss(), random.Gauss());
            var targets = encoding == TargetEncoding.OneHot ? [] : samples.TargetsAt(r);
            var place = Math.Sin(2 * inputs[0]) + inputs[1] + 0.3 * random.Gauss();
            switch (encoding)
            {
                case TargetEncoding.Numbers:
                    (targets[0], targets[1]) = (place, inputs[0] * inputs[1]);
                    break;
                case TargetEncoding.OneHot:
                    samples.Classes[r] = place < -0.6 ? 0 : place < 0.6 ? 1 : 2;
                    break;
                default:
                    targets[0] = place > 0 ? 1 : encoding == TargetEncoding.ZeroOrOne ? 0 : -1;
                    break;
            }
        }

        return samples;
    }

    private static object[] Describe(Samples samples, TargetEncoding encoding) =>
    [
        .. Enumerable.Range(0, samples.Count).Select(r => new
        {
            Inputs = samples.InputsAt(r).ToArray(),
            Targets = LossBatch.Of(samples, new double[samples.Count * samples.OutputCount], []).TargetsAt(r, new double[samples.OutputCount]).ToArray(),
            Class = encoding == TargetEncoding.Numbers ? -1 : samples.ClassAt(r),
        }),
    ];

    private static void AssertNear(double expected, double found, double tolerance, string what)
    {
        // A loss near 0 is a difference of larger numbers: what is below the tolerance of 1e-3 is compared as that.
        var scale = Math.Max(Math.Abs(expected), 1e-3);
        Assert.True(Math.Abs(expected - found) <= tolerance * scale, $"{what}: the engine has {expected:R}, the page {found:R}.");
    }

    private async Task<OpenPage> OpenAsync()
    {
        var data = HtmlPage.Json(_ => { });
        return await browser.OpenAsync("arithmetic", HtmlPage.Write(
            "Arithmetic", "", "", data, "playground-data.js", "playground-random.js", PageAssets.Formulas, "playground-functions.js", "playground-arithmetic.js"));
    }

    private sealed class Trained
    {
        public double[] Losses { get; set; } = [];

        public double?[] Accuracies { get; set; } = [];

        public double[] ValidationLosses { get; set; } = [];

        public double[] Parameters { get; set; } = [];
    }
}
