using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class TrainingOptionsTests
{
    private static readonly OptimizerOptions Sgd = TrainingRun.Sgd;
    private static readonly ScheduleOptions Linear = new() { Kind = ScheduleKind.Linear };

    private static readonly (string Id, string Given, TrainingOptions Options)[] Bad =
    [
        ("InvalidEpoch", "0", new() { Epochs = 0 }),
        ("InvalidEpoch", "-1", new() { Epochs = -1 }),
        ("InvalidBatchSize", "-1", new() { BatchSize = -1 }),
        ("InvalidLearningRate", "0", new() { LearningRate = 0 }),
        ("InvalidLearningRate", "-0.1", new() { LearningRate = -0.1 }),
        ("InvalidLearningRate", "NaN", new() { LearningRate = double.NaN }),
        ("InvalidLearningRate", "Infinity", new() { LearningRate = double.PositiveInfinity }),
        ("InvalidL2", "-0.5", new() { L2 = -0.5 }),
        ("InvalidL2", "NaN", new() { L2 = double.NaN }),
        ("InvalidMomentum", "1", new() { Optimizer = Sgd with { Momentum = 1 } }),
        ("InvalidMomentum", "-0.5", new() { Optimizer = Sgd with { Momentum = -0.5 } }),
        ("InvalidMomentum", "NaN", new() { Optimizer = Sgd with { Momentum = double.NaN } }),
        ("InvalidWeightDecay", "-0.5", new() { Optimizer = Sgd with { WeightDecay = -0.5 } }),
        ("InvalidWeightDecay", "Infinity", new() { Optimizer = Sgd with { WeightDecay = double.PositiveInfinity } }),
        ("InvalidBeta", "1", new() { Optimizer = new() { Beta1 = 1 } }),
        ("InvalidBeta", "-0.5", new() { Optimizer = new() { Beta2 = -0.5 } }),
        ("InvalidBeta", "NaN", new() { Optimizer = new() { Beta2 = double.NaN } }),
        ("InvalidEpsilon", "0", new() { Optimizer = new() { Epsilon = 0 } }),
        ("InvalidEpsilon", "NaN", new() { Optimizer = new() { Epsilon = double.NaN } }),
        ("UnusedOption", "Adam", new() { Optimizer = new() { Momentum = 0.5 } }),
        ("UnusedOption", "AdamW", new() { Optimizer = new() { Kind = OptimizerKind.AdamW, Nesterov = true } }),
        ("UnusedOption", "Nesterov", new() { Optimizer = Sgd with { Nesterov = true } }),
        ("InvalidFinalLearningRate", "-0.5", new() { Schedule = Linear with { FinalLearningRate = -0.5 } }),
        ("InvalidFinalLearningRate", "NaN", new() { Schedule = Linear with { FinalLearningRate = double.NaN } }),
        ("InvalidFinalLearningRate", "0", new() { Schedule = new() { Kind = ScheduleKind.Exponential, FinalLearningRate = 0 } }),
        ("InvalidScheduleFactor", "1", new() { Schedule = new() { Kind = ScheduleKind.Step, Factor = 1 } }),
        ("InvalidScheduleFactor", "0", new() { Schedule = new() { Kind = ScheduleKind.Step, Factor = 0 } }),
        ("InvalidScheduleInterval", "0", new() { Schedule = new() { Kind = ScheduleKind.Step, Interval = 0 } }),
        ("InvalidWarmup", "-1", new() { Schedule = new() { WarmupEpochs = -1 } }),
        ("UnusedOption", "Constant", new() { Schedule = new() { FinalLearningRate = 0.1 } }),
        ("UnusedOption", "Step", new() { Schedule = new() { Kind = ScheduleKind.Step, FinalLearningRate = 0.1 } }),
    ];

    public static TheoryData<int> BadOnes => [.. Enumerable.Range(0, Bad.Length)];

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void A_bad_option_is_refused_by_its_id_and_what_was_given(int number)
    {
        var (id, given, options) = Bad[number];

        var error = Assert.Throws<GradException>(options.Validate);

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(given, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_refuses_bad_options_before_it_starts()
    {
        var samples = TrainingRun.Draw(4, TargetEncoding.Numbers);

        var error = Assert.Throws<GradException>(() => TrainingRun.Start(
            new Mlp(2, [1]), samples, LossKind.MeanSquaredError, new TrainingOptions { Epochs = 0 }));

        Assert.Equal("InvalidEpoch", error.ErrorId);
    }

    [Fact]
    public void The_defaults_of_every_optimizer_and_schedule_are_accepted()
    {
        foreach (var kind in Enum.GetValues<OptimizerKind>())
        {
            foreach (var schedule in Enum.GetValues<ScheduleKind>())
            {
                var options = new TrainingOptions { Optimizer = new() { Kind = kind }, Schedule = new() { Kind = schedule } };
                options.Validate();

                Assert.Equal(kind is OptimizerKind.Sgd or OptimizerKind.Adagrad ? 0.1 : 0.01, options.FirstLearningRate);
            }
        }
    }

    [Fact]
    public void Kinds_that_do_not_exist_are_refused()
    {
        Assert.Equal("UnknownLoss", Assert.Throws<GradException>(() => ((LossKind)99).Create()).ErrorId);
        Assert.Equal(
            "UnknownOptimizer",
            Assert.Throws<GradException>(() => new OptimizerOptions { Kind = (OptimizerKind)99 }.Create<double>(1)).ErrorId);
    }
}
