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

    public static TheoryData<OptimizerKind, ScheduleKind> Pairs
    {
        get
        {
            var pairs = new TheoryData<OptimizerKind, ScheduleKind>();
            foreach (var optimizer in Enum.GetValues<OptimizerKind>())
            {
                foreach (var schedule in Enum.GetValues<ScheduleKind>())
                {
                    pairs.Add(optimizer, schedule);
                }
            }

            return pairs;
        }
    }

    /// <remarks>What each kind reads, as PyTorch's optimizers and schedulers have it.</remarks>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_option_is_refused_exactly_where_nothing_reads_it(OptimizerKind optimizer, ScheduleKind schedule)
    {
        var isAdam = optimizer is OptimizerKind.Adam or OptimizerKind.AdamW;
        var isSgd = optimizer == OptimizerKind.Sgd;
        var drops = schedule is ScheduleKind.Step or ScheduleKind.ReduceOnPlateau;
        (bool IsRead, TrainingOptions Options)[] cases =
        [
            (isSgd, new() { Optimizer = new() { Kind = optimizer, Momentum = 0.9 } }),
            (isSgd, new() { Optimizer = new() { Kind = optimizer, Momentum = 0.9, Nesterov = true } }),
            (isAdam, new() { Optimizer = new() { Kind = optimizer, Beta1 = 0.8 } }),
            (isAdam || optimizer == OptimizerKind.RmsProp, new() { Optimizer = new() { Kind = optimizer, Beta2 = 0.8 } }),
            (!isSgd, new() { Optimizer = new() { Kind = optimizer, Epsilon = 1e-6 } }),
            (true, new() { Optimizer = new() { Kind = optimizer, WeightDecay = 0.1 } }),
            (drops, new() { Schedule = new() { Kind = schedule, Factor = 0.5 } }),
            (drops, new() { Schedule = new() { Kind = schedule, Interval = 5 } }),
            (schedule is not (ScheduleKind.Constant or ScheduleKind.Step), new() { Schedule = new() { Kind = schedule, FinalLearningRate = 0.001 } }),
        ];
        foreach (var (isRead, options) in cases)
        {
            if (isRead)
            {
                options.Validate();
            }
            else
            {
                Assert.Equal("UnusedOption", Assert.Throws<GradException>(options.Validate).ErrorId);
            }
        }
    }

    [Fact]
    public void An_output_activation_is_refused_exactly_under_losses_over_scores()
    {
        foreach (var loss in Enum.GetValues<LossKind>())
        {
            foreach (var output in Enum.GetValues<Activation>())
            {
                if (output != Activation.Identity && loss is (LossKind.CrossEntropy or LossKind.BinaryCrossEntropy or LossKind.Hinge))
                {
                    Assert.Equal("OutputActivationMismatch", Assert.Throws<GradException>(() => OptionFit.Require(loss, output)).ErrorId);
                }
                else
                {
                    OptionFit.Require(loss, output);
                }
            }
        }
    }
}
