using System.Diagnostics;
using System.Reflection;
using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Plain = new()
    {
        Epochs = 5,
        BatchSize = 4,
        LearningRate = 0.05,
        Optimizer = TrainingRun.Sgd,
    };

    public static TheoryData<OptimizerKind> Optimizers => [.. Enum.GetValues<OptimizerKind>()];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void The_same_seed_gives_the_same_bits(OptimizerKind kind)
    {
        var options = Plain with { Seed = 7, Optimizer = new OptimizerOptions { Kind = kind } };

        Assert.Equal(Outcome(options), Outcome(options));
    }

    [Fact]
    public void Another_seed_gives_other_weights() =>
        Assert.NotEqual(Outcome(Plain with { Seed = 7 }), Outcome(Plain with { Seed = 8 }));

    [Fact]
    public void Without_shuffling_the_seed_does_not_matter()
    {
        Assert.Equal(Outcome(Plain with { Seed = 7, Shuffle = false }), Outcome(Plain with { Seed = 8, Shuffle = false }));
        Assert.NotEqual(Outcome(Plain with { Seed = 7, Shuffle = false }), Outcome(Plain with { Seed = 7 }));
    }

    [Fact]
    public void With_all_rows_in_one_batch_the_seed_does_not_matter()
    {
        Assert.Equal(Outcome(Plain with { Seed = 7, BatchSize = 0 }), Outcome(Plain with { Seed = 8, BatchSize = 0 }));
        Assert.Equal(Outcome(Plain with { BatchSize = 0 }), Outcome(Plain with { BatchSize = 10_000 }));
    }

    [Fact]
    public void A_short_batch_at_the_end_of_an_epoch_is_a_step_of_its_own()
    {
        // Ten rows by four: two full batches and one of two.
        var samples = TrainingRun.Draw(10, TargetEncoding.Numbers);
        var (trained, stepped) = (Model(), Model());
        var result = Assert.Single(TrainingRun.Run(
            trained, samples, LossKind.MeanSquaredError, Plain with { Epochs = 1, Shuffle = false }));

        double[] losses =
        [
            TrainingRun.Step(stepped, samples, LossKind.MeanSquaredError, [0, 1, 2, 3], 0.05),
            TrainingRun.Step(stepped, samples, LossKind.MeanSquaredError, [4, 5, 6, 7], 0.05),
            TrainingRun.Step(stepped, samples, LossKind.MeanSquaredError, [8, 9], 0.05),
        ];

        Close.Equal(stepped.CopyParameters(), trained.CopyParameters(), Close.Evaluation, "parameter");
        Close.Equal((4 * losses[0] + 4 * losses[1] + 2 * losses[2]) / 10, result.Loss, Close.Evaluation, "loss");
    }

    [Fact]
    public void Each_epoch_takes_every_row_once_in_an_order_of_its_own()
    {
        var samples = TrainingRun.Draw(10, TargetEncoding.Numbers);
        var loss = new Listener();
        var options = Plain with { Epochs = 3, BatchSize = 1, LearningRate = 1e-300 };
        foreach (var _ in new Trainer(Model(), null, samples, loss, options).Run(CancellationToken.None))
        {
        }

        var epochs = loss.Targets.Chunk(10).ToArray();
        Assert.Equal(3, epochs.Length);
        Assert.All(epochs, epoch => Assert.Equal(samples.Targets.Order(), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.NotEqual(epochs[1], epochs[2]);
    }

    [Fact]
    public void Permuting_a_full_batch_changes_nothing_beyond_rounding()
    {
        var samples = TrainingRun.Draw(31, TargetEncoding.OneHot, outputCount: 3);
        var order = Enumerable.Range(0, 31).OrderBy(i => (i * 17) % 31).ToArray();
        var permuted = TrainingRun.Take(samples, order);
        var (first, second) = (Model(3), Model(3));

        var a = TrainingRun.Run(first, samples, LossKind.CrossEntropy, Plain with { Epochs = 20, BatchSize = 0 });
        var b = TrainingRun.Run(second, permuted, LossKind.CrossEntropy, Plain with { Epochs = 20, BatchSize = 0 });

        Close.Equal(first.CopyParameters(), second.CopyParameters(), Close.Evaluation, "parameter");
        Close.Equal(a[^1].Loss, b[^1].Loss, Close.Evaluation, "loss");
        Assert.Equal(a[^1].Accuracy, b[^1].Accuracy);
    }

    [Fact]
    public void Doubling_every_row_of_a_full_batch_changes_a_mean_by_no_more_than_rounding()
    {
        var samples = TrainingRun.Draw(10, TargetEncoding.Numbers);
        var twice = TrainingRun.Samples(
            [.. Enumerable.Range(0, 20).Select(r => samples.InputsAt(r % 10).ToArray())],
            [.. Enumerable.Range(0, 20).Select(r => samples.TargetsAt(r % 10).ToArray())]);
        var (first, second) = (Model(), Model());

        TrainingRun.Run(first, samples, LossKind.MeanSquaredError, Plain with { BatchSize = 0 });
        TrainingRun.Run(second, twice, LossKind.MeanSquaredError, Plain with { BatchSize = 0 });

        Close.Equal(first.CopyParameters(), second.CopyParameters(), Close.Evaluation);
    }

    [Fact]
    public void Stopping_after_three_epochs_leaves_the_weights_of_the_third()
    {
        var samples = TrainingRun.Draw(10, TargetEncoding.Numbers);
        var (stopped, whole) = (Model(), Model());

        var taken = TrainingRun.Start(stopped, samples, LossKind.MeanSquaredError, Plain with { Epochs = 50 }).Take(3).ToArray();
        TrainingRun.Run(whole, samples, LossKind.MeanSquaredError, Plain with { Epochs = 3 });

        Assert.Equal([1, 2, 3], taken.Select(result => result.Epoch));
        Assert.Equal(whole.CopyParameters(), stopped.CopyParameters());
    }

    [Fact]
    public void Nothing_happens_before_the_first_result_is_asked_for()
    {
        var model = Model();
        var before = model.CopyParameters();
        var results = TrainingRun.Start(model, TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.MeanSquaredError, Plain);

        Assert.Equal(before, model.CopyParameters());
        Assert.NotNull(results.First());
        Assert.NotEqual(before, model.CopyParameters());
    }

    [Fact]
    public void Cancellation_between_epochs_leaves_the_last_finished_epochs_weights()
    {
        using var cancellation = new CancellationTokenSource();
        var model = Model();
        var weights = new List<double[]>();
        var results = new Trainer(
            model, null, TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.MeanSquaredError.Create(), Plain with { Epochs = 50 })
            .Run(cancellation.Token);

        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var result in results)
            {
                weights.Add(model.CopyParameters());
                if (result.Epoch == 3)
                {
                    cancellation.Cancel();
                }
            }
        });

        Assert.Equal(3, weights.Count);
        Assert.Equal(weights[^1], model.CopyParameters());
    }

    [Fact]
    public void Cancellation_in_the_middle_of_an_epoch_leaves_the_last_finished_epochs_weights()
    {
        using var cancellation = new CancellationTokenSource();
        var model = Model();
        var weights = new List<double[]>();

        // Row 35 of ten a time: in the fourth epoch's second batch.
        var loss = new Listener { At = 35, Then = cancellation.Cancel };
        var trainer = new Trainer(model, null, TrainingRun.Draw(10, TargetEncoding.Numbers), loss, Plain with { Epochs = 50 });

        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in trainer.Run(cancellation.Token))
            {
                weights.Add(model.CopyParameters());
            }
        });

        Assert.Equal(3, weights.Count);
        Assert.Equal(weights[^1], model.CopyParameters());
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Single_precision_goes_the_same_way_and_hands_over_widened_numbers(OptimizerKind kind)
    {
        var samples = TrainingRun.Draw(40, TargetEncoding.Numbers);
        var options = Plain with { Epochs = 5, BatchSize = 9, LearningRate = 0.01, Optimizer = new OptimizerOptions { Kind = kind } };
        var (exact, single) = (Model(), Model());
        var expected = TrainingRun.Run(exact, samples, LossKind.MeanSquaredError, options);
        var actual = TrainingRun.Run(
            single, samples, LossKind.MeanSquaredError, options with { Precision = Precision.Single });

        Close.Equal(expected[^1].Loss, actual[^1].Loss, 1e-4);
        Close.Equal(expected[^1].GradientNorm, actual[^1].GradientNorm, 1e-3);
        Close.Equal(exact.CopyParameters(), single.CopyParameters(), 1e-4);
        Assert.All(single.CopyParameters(), parameter => Assert.Equal((float)parameter, parameter));
        Assert.NotEqual(exact.CopyParameters(), single.CopyParameters());
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void The_number_of_threads_changes_no_bit(Precision precision)
    {
        var samples = TrainingRun.Draw(130, TargetEncoding.OneHot, inputCount: 200, outputCount: 3);
        var options = Plain with { Epochs = 2, BatchSize = 65, Optimizer = new OptimizerOptions(), LearningRate = 0.001, Precision = precision };
        var models = Enumerable.Range(1, 3).Select(threads =>
        {
            var model = new Mlp(200, [150, 70, 3], Activation.Relu, random: new PythonRandom(1));
            TrainingRun.Run(model, samples, LossKind.CrossEntropy, options with { Threads = threads });
            return model.CopyParameters();
        }).ToArray();

        Assert.Equal(models[0], models[1]);
        Assert.Equal(models[0], models[2]);
    }

    /// <summary>True where the engine was compiled with optimization, as in Release.</summary>
    public static bool EngineIsOptimized =>
        typeof(Learner).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    [Theory(Skip = "The promise is that of optimized code.", SkipUnless = nameof(EngineIsOptimized))]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void A_step_allocates_nothing(Precision precision)
    {
        var samples = TrainingRun.Draw(64, TargetEncoding.OneHot, inputCount: 9, outputCount: 3);
        var model = new Mlp(9, [17, 3], random: new PythonRandom(1));
        var options = new TrainingOptions { Precision = precision, Threads = 1, L2 = 0.001, ClipNorm = 1 };
        var learner = Learner.Create(model, samples, LossKind.CrossEntropy.Create(), options, 32);
        int[] rows = [.. Enumerable.Range(0, 32)];
        for (var i = 0; i < 100; i++)
        {
            learner.Step(rows, 0.01);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            learner.Step(rows, 0.01);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Divergence_leaves_the_last_finite_weights_and_names_epoch_and_rate(OptimizerKind kind)
    {
        var model = Model();
        var weights = new List<double[]> { model.CopyParameters() };
        var options = Plain with { Epochs = 500, BatchSize = 0, LearningRate = 1e160, Optimizer = new OptimizerOptions { Kind = kind } };

        var error = Assert.Throws<TrainingDivergedException>(() =>
        {
            foreach (var result in TrainingRun.Start(
                model, TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.SumSquaredError, options))
            {
                Assert.True(double.IsFinite(result.Loss));
                weights.Add(model.CopyParameters());
            }
        });

        Assert.Equal(("TrainingDiverged", weights.Count, 1e160), (error.ErrorId, error.Epoch, error.LearningRate));
        Assert.Contains($"in epoch {weights.Count} ", error.Message, StringComparison.Ordinal);
        Assert.True(weights.Count > 1);
        Assert.Equal(weights[^1], model.CopyParameters());
        Assert.All(model.CopyParameters(), weight => Assert.True(double.IsFinite(weight)));
    }

    [Fact]
    public void Divergence_in_the_first_epoch_leaves_the_weights_of_the_start()
    {
        var model = Model();
        var before = model.CopyParameters();
        var samples = TrainingRun.Samples([[1, 2]], [[1e200]]);

        var error = Assert.Throws<TrainingDivergedException>(() => TrainingRun.Run(model, samples, LossKind.MeanSquaredError, Plain));

        Assert.Equal(1, error.Epoch);
        Assert.Contains("the weights it started with", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.CopyParameters());
    }

    [Fact]
    public void Weights_that_overflow_in_a_step_with_a_finite_loss_are_not_handed_to_the_model()
    {
        var model = new Mlp(2, [1]);
        var before = model.CopyParameters();
        var samples = TrainingRun.Samples([[1e150, 1e150]], [[0]]);
        var options = Plain with { Epochs = 1, LearningRate = 1e200 };

        Assert.Throws<TrainingDivergedException>(() => TrainingRun.Run(model, samples, LossKind.MeanAbsoluteError, options));

        Assert.Equal(before, model.CopyParameters());
    }

    [Fact]
    public void With_a_full_batch_loss_accuracy_and_gradient_norm_are_those_before_the_step()
    {
        var samples = TrainingRun.Draw(20, TargetEncoding.OneHot, outputCount: 3);
        var model = Model(3);
        var root = TrainingRun.Graph(model, samples, LossKind.CrossEntropy, Enumerable.Range(0, 20));
        root.Backward();
        var norm = Math.Sqrt(model.Parameters.Sum(parameter => parameter.Grad * parameter.Grad));
        var right = Enumerable.Range(0, 20).Count(r =>
        {
            var outputs = model.Predict(samples.InputsAt(r).ToArray());
            return Array.IndexOf(outputs, outputs.Max()) == samples.Classes[r];
        });

        var result = Assert.Single(TrainingRun.Run(
            model, samples, LossKind.CrossEntropy, Plain with { Epochs = 1, BatchSize = 0 }));

        Close.Equal(root.Data, result.Loss, Close.Evaluation, "loss");
        Close.Equal(norm, result.GradientNorm, Close.Evaluation, "norm");
        Assert.Equal(right / 20.0, result.Accuracy);
        Assert.Equal((1, 0.05), (result.Epoch, result.LearningRate));
        Assert.Null(result.ValidationLoss);
    }

    [Fact]
    public void Numeric_targets_have_no_accuracy() => Assert.All(
        TrainingRun.Run(Model(), TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.MeanSquaredError, Plain),
        result => Assert.Null(result.Accuracy));

    [Fact]
    public void L2_adds_the_sum_of_squares_of_all_parameters_to_the_loss_and_its_derivative_to_the_gradient()
    {
        var samples = TrainingRun.Draw(10, TargetEncoding.Numbers);
        var (model, stepped) = (Model(), Model());
        var root = TrainingRun.Graph(stepped, samples, LossKind.MeanSquaredError, Enumerable.Range(0, 10))
            + 0.01 * GradValue.Sum([.. stepped.Parameters.Select(parameter => parameter.Pow(2))]);
        root.Backward();
        GradientStep.Apply(stepped.Parameters, 0.05, ascend: false);

        var result = Assert.Single(TrainingRun.Run(
            model, samples, LossKind.MeanSquaredError, Plain with { Epochs = 1, BatchSize = 0, L2 = 0.01 }));

        Close.Equal(root.Data, result.Loss, Close.Evaluation, "loss");
        Close.Equal(stepped.CopyParameters(), model.CopyParameters(), Close.Evaluation, "parameter");
    }

    [Theory]
    [InlineData(LossKind.MeanSquaredError)]
    [InlineData(LossKind.Hinge)]
    [InlineData(LossKind.BinaryCrossEntropy)]
    [InlineData(LossKind.CrossEntropy)]
    [InlineData(LossKind.Huber)]
    [InlineData(LossKind.MeanAbsoluteError)]
    public void Training_makes_the_loss_small(LossKind loss)
    {
        var encoding = TrainingRun.LossOf(loss).Encoding;
        var outputs = encoding == TargetEncoding.OneHot ? 3 : 1;
        var samples = TrainingRun.Draw(60, encoding, outputCount: outputs);

        var results = TrainingRun.Run(
            Model(outputs), samples, loss, Plain with { Epochs = 100, BatchSize = 8, Optimizer = new OptimizerOptions(), LearningRate = 0.02 });

        Assert.True(results[^1].Loss < 0.3 * results[0].Loss, $"{results[0].Loss} became {results[^1].Loss}");
        Assert.True(encoding == TargetEncoding.Numbers || results[^1].Accuracy > 0.9, $"accuracy {results[^1].Accuracy}");
    }

    [Fact]
    public void A_schema_is_given_to_the_model_with_its_first_finished_epoch()
    {
        var model = Model();
        var rows = Schemas.Table(["a", "b"], ["y"]);
        rows.Add([1.0, 2.0, 3.0], 1);
        rows.Add([2.0, 1.0, 5.0], 2);
        var table = rows.Build();
        var schema = Schemas.Learn(model, table, null);
        var samples = schema.Encode(table, [0, 1], 1);
        var results = new Trainer(model, schema, samples, schema.Loss!.Value.Create(), Plain).Run(CancellationToken.None);
        Assert.Null(model.Schema);

        _ = results.First();

        Assert.Same(schema, model.Schema);
        Assert.Equal(["a", "b"], model.FeatureNames);
    }

    [Fact]
    public void Time_goes_on_and_speed_is_positive()
    {
        var results = TrainingRun.Run(Model(), TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.MeanSquaredError, Plain);

        Assert.Equal(results.Select(result => result.Elapsed).Order(), results.Select(result => result.Elapsed));
        Assert.All(results, result => Assert.True(result.SamplesPerSecond > 0));
    }

    [Fact]
    public void A_negative_seed_is_refused_before_the_start_by_its_own_number()
    {
        var error = Assert.Throws<GradException>(() => TrainingRun.Start(
            Model(), TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.MeanSquaredError, Plain with { Seed = -5 }));

        Assert.Equal("InvalidSeed", error.ErrorId);
        Assert.Contains("The seed is -5;", error.Message, StringComparison.Ordinal);
    }

    private static Mlp Model(int outputs = 1) => new(2, [8, outputs], random: new PythonRandom(3));

    private static double[] Outcome(TrainingOptions options)
    {
        var model = Model();
        var results = TrainingRun.Run(model, TrainingRun.Draw(10, TargetEncoding.Numbers), LossKind.MeanSquaredError, options);
        return [.. model.CopyParameters(), .. results.Select(result => result.Loss)];
    }

    /// <summary>A squared error that keeps the targets it sees, and does something at one of them.</summary>
    private sealed class Listener : RowLoss
    {
        public List<double> Targets { get; } = [];

        public int At { get; init; }

        public Action? Then { get; init; }

        public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
        {
            Targets.Add(targets[0]);
            if (Targets.Count == At)
            {
                Then!();
            }

            gradient[0] = 2 * (outputs[0] - targets[0]);
            return (outputs[0] - targets[0]) * (outputs[0] - targets[0]);
        }

        public override double Divisor(double totalWeight, int outputCount) => totalWeight;
    }
}
