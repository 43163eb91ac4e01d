using System.Text.Json;
using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class TrainingFiguresTests
{
    private static readonly JsonElement Lecture = ReferenceFile.Load("lecture.json");
    private static readonly JsonElement Optimizers = ReferenceFile.Load("optimizers.json");

    public static TheoryData<int> LectureSeeds =>
        [.. Lecture.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("seed").GetInt32())];

    public static TheoryData<string> OptimizerNames =>
        [.. Optimizers.GetProperty("runs").EnumerateArray().Select(run => run.Text("optimizer"))];

    [Theory]
    [MemberData(nameof(LectureSeeds))]
    public void The_lectures_thirty_steps_have_the_losses_of_PyTorch(int seed)
    {
        var (model, samples, losses) = LectureOf(seed);

        var results = TrainingRun.Run(model, samples, LossKind.SumSquaredError, LectureOptions(losses.Length));

        Close.Equal(losses, results.Select(result => result.Loss).ToArray(), Close.Run, "loss");
    }

    [Theory]
    [MemberData(nameof(LectureSeeds))]
    public void The_lectures_steps_taken_by_hand_over_the_graph_end_at_the_same_weights(int seed)
    {
        var (trained, samples, losses) = LectureOf(seed);
        var (stepped, _, _) = LectureOf(seed);
        TrainingRun.Run(trained, samples, LossKind.SumSquaredError, LectureOptions(losses.Length));

        var byHand = losses.Select(_ => TrainingRun.Step(stepped, samples, LossKind.SumSquaredError, Enumerable.Range(0, 4), 0.05));

        Close.Equal(losses, byHand.ToArray(), Close.Run, "loss");
        Close.Equal(stepped.CopyParameters(), trained.CopyParameters(), Close.Run, "parameter");
        Assert.All(Enumerable.Range(0, 4), row => Close.Equal(
            stepped.InvokeNumbers(samples.InputsAt(row))[0].Data,
            trained.Predict(samples.InputsAt(row).ToArray())[0],
            Close.Run,
            $"prediction {row}"));
    }

    [Fact]
    public void The_moons_demonstration_goes_as_in_PyTorch_for_a_hundred_steps()
    {
        var file = ReferenceFile.Load("moons.json");
        var steps = file.GetProperty("steps").EnumerateArray().ToArray();
        var samples = TrainingRun.Samples(
            file.GetProperty("X").Rows(), Array.ConvertAll(file.GetProperty("y").Numbers(), y => new[] { y }));
        var model = new Mlp(
            2, [16, 16, 1], Activation.Relu, initialization: Initialization.Micrograd, random: new PythonRandom(1337));

        var results = TrainingRun.Run(model, samples, LossKind.Hinge, new TrainingOptions
        {
            Epochs = 100,
            BatchSize = 0,
            LearningRate = 1,
            L2 = 1e-4,
            Optimizer = TrainingRun.Sgd,
            Schedule = new ScheduleOptions { Kind = ScheduleKind.Linear, FinalLearningRate = 0.1 },
        });

        Close.Equal(
            Array.ConvertAll(steps, step => step.GetProperty("loss").GetDouble()),
            Array.ConvertAll(results, result => result.Loss),
            Close.Run,
            "loss");
        Close.Equal(
            Array.ConvertAll(steps, step => step.GetProperty("accuracy").GetDouble()),
            Array.ConvertAll(results, result => result.Accuracy!.Value),
            Close.Evaluation,
            "accuracy");
        Close.Equal(file.GetProperty("final").ByNeuron(), model.CopyParameters(), Close.Run, "parameter");
    }

    [Fact]
    public void The_xor_network_goes_as_in_NumPy_for_ten_thousand_epochs()
    {
        var file = ReferenceFile.Load("xor.json");
        var samples = TrainingRun.Samples([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]]);
        var model = new Mlp(2, [4, 1], Activation.Sigmoid, Activation.Sigmoid, Initialization.NumPy, new NumPyRandom(1));

        // Half the sum of squares at a rate of 0.5 is the sum at 0.25. The file logs before each
        // thousandth step, and its last output is that before the last step.
        var options = new TrainingOptions { Epochs = 9_999, BatchSize = 0, LearningRate = 0.25, Optimizer = TrainingRun.Sgd };
        var log = file.GetProperty("log").EnumerateArray().ToDictionary(
            entry => entry.GetProperty("epoch").GetInt32(), entry => entry.GetProperty("mean_absolute_error").GetDouble());
        Close.Equal(log[0], MeanAbsoluteError(), Close.Run, "before the first step");

        var compared = 1;
        foreach (var result in TrainingRun.Start(model, samples, LossKind.SumSquaredError, options))
        {
            if (log.TryGetValue(result.Epoch, out var expected))
            {
                Close.Equal(expected, MeanAbsoluteError(), Close.Run, $"after {result.Epoch} steps");
                compared++;
            }
        }

        Assert.Equal(log.Count, compared);
        Close.Equal(
            file.GetProperty("final_output").Numbers(),
            Enumerable.Range(0, 4).Select(row => model.Predict(samples.InputsAt(row).ToArray())[0]).ToArray(),
            Close.Run,
            "output");

        double MeanAbsoluteError() => Enumerable.Range(0, 4).Average(
            row => Math.Abs(model.Predict(samples.InputsAt(row).ToArray())[0] - samples.TargetsAt(row)[0]));
    }

    [Fact]
    public void The_yinyang_network_goes_as_in_EurekaLabs_micrograd_for_a_hundred_steps()
    {
        var file = ReferenceFile.Load("yinyang.json");
        var (train, validation) = (Points("train"), Points("validation"));
        var model = new Mlp(2, [8, 3]);
        model.SetParameters(file.GetProperty("initial").Numbers());
        var options = new TrainingOptions
        {
            Epochs = 100,
            BatchSize = 0,
            LearningRate = 0.1,
            Optimizer = new OptimizerOptions { Kind = OptimizerKind.AdamW, Beta2 = 0.95, WeightDecay = 1e-4 },
        };
        var checks = file.GetProperty("validation_loss").Rows().ToDictionary(row => (int)row[0], row => row[1]);
        Close.Equal(checks[1], Loss(validation), Close.Run, "validation before step 1");

        var losses = new List<double>();
        var compared = 1;
        foreach (var result in TrainingRun.Start(model, train, LossKind.CrossEntropy, options))
        {
            losses.Add(result.Loss);
            if (checks.TryGetValue(result.Epoch + 1, out var expected))
            {
                Close.Equal(expected, Loss(validation), Close.Run, $"validation before step {result.Epoch + 1}");
                compared++;
            }
        }

        Assert.Equal(checks.Count, compared);
        Close.Equal(file.GetProperty("train_loss").Numbers(), losses.ToArray(), Close.Run, "loss");
        Close.Equal(file.GetProperty("final").Numbers(), model.CopyParameters(), Close.Run, "parameter");

        double Loss(Samples samples) =>
            TrainingRun.Graph(model, samples, LossKind.CrossEntropy, Enumerable.Range(0, samples.Count)).Data;

        Samples Points(string name)
        {
            var points = file.GetProperty(name).EnumerateArray().ToArray();
            return TrainingRun.Samples(
                Array.ConvertAll(points, point => point[0].Numbers()),
                Array.ConvertAll(points, point => point[1].GetInt32()),
                3);
        }
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Every_optimizer_takes_the_steps_of_PyTorch(string name)
    {
        var run = Optimizers.GetProperty("runs").EnumerateArray().Single(item => item.Text("optimizer") == name);
        var settings = run.GetProperty("settings").EnumerateObject().ToDictionary(s => s.Name, s => s.Value);
        var samples = TrainingRun.Samples(
            Optimizers.GetProperty("X").Rows(),
            Array.ConvertAll(Optimizers.GetProperty("Y").Numbers(), y => (int)y),
            3);
        var model = new Mlp(2, [6, 3]);
        model.SetParameters(Parameters(Optimizers));
        var expected = run.GetProperty("loss_before_each_step").Numbers();

        var results = TrainingRun.Run(model, samples, LossKind.CrossEntropy, new TrainingOptions
        {
            Epochs = expected.Length,
            BatchSize = 0,
            LearningRate = settings["lr"].GetDouble(),
            Optimizer = Read(name, settings),
        });

        Close.Equal(expected, Array.ConvertAll(results, result => result.Loss), Close.Run, "loss");
        Close.Equal(Parameters(run.GetProperty("final")), model.CopyParameters(), Close.Run, "parameter");
    }

    [Fact]
    public void Every_optimizer_of_the_engine_has_reference_figures() => Assert.Equal(
        Enum.GetValues<OptimizerKind>().Order(),
        Optimizers.GetProperty("runs").EnumerateArray().Select(run => Kind(run.Text("optimizer"))).Distinct().Order());

    private static (Mlp Model, Samples Samples, double[] Losses) LectureOf(int seed)
    {
        var run = Lecture.GetProperty("runs").EnumerateArray().Single(item => item.GetProperty("seed").GetInt32() == seed);
        var model = new Mlp(
            3, [4, 4, 1], Activation.Tanh, Activation.Tanh, Initialization.Lecture, new PythonRandom(seed));
        var samples = TrainingRun.Samples(
            Lecture.GetProperty("X").Rows(), Array.ConvertAll(Lecture.GetProperty("y").Numbers(), y => new[] { y }));
        return (model, samples, run.GetProperty("loss_before_each_step").Numbers());
    }

    private static TrainingOptions LectureOptions(int steps) => new()
    {
        Epochs = steps,
        BatchSize = 0,
        LearningRate = Lecture.GetProperty("learning_rate").GetDouble(),
        Optimizer = TrainingRun.Sgd,
    };

    private static OptimizerKind Kind(string name) => name switch
    {
        "rmsprop" => OptimizerKind.RmsProp,
        "adagrad" => OptimizerKind.Adagrad,
        "adam" => OptimizerKind.Adam,
        "adamw" => OptimizerKind.AdamW,
        _ => OptimizerKind.Sgd,
    };

    private static OptimizerOptions Read(string name, Dictionary<string, JsonElement> settings)
    {
        var options = new OptimizerOptions { Kind = Kind(name) };
        foreach (var (setting, value) in settings)
        {
            options = setting switch
            {
                "lr" => options,
                "momentum" => options with { Momentum = value.GetDouble() },
                "nesterov" => options with { Nesterov = value.GetBoolean() },
                "weight_decay" => options with { WeightDecay = value.GetDouble() },
                "alpha" => options with { Beta2 = value.GetDouble() },
                "betas" => options with { Beta1 = value[0].GetDouble(), Beta2 = value[1].GetDouble() },
                "eps" => options with { Epsilon = value.GetDouble() },
                _ => throw new InvalidOperationException($"The setting '{setting}' is not understood."),
            };
        }

        return options;
    }

    private static double[] Parameters(JsonElement element)
    {
        var layers = new[] { ("W1", "b1"), ("W2", "b2") };
        return
        [
            .. layers.SelectMany(layer => element.GetProperty(layer.Item1).Rows()
                .Zip(element.GetProperty(layer.Item2).Numbers(), (weights, bias) => weights.Append(bias))
                .SelectMany(neuron => neuron)),
        ];
    }
}
