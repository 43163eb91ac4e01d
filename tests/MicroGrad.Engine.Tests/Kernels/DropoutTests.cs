using MicroGrad.Data;
using MicroGrad.Kernels;
using MicroGrad.Persistence;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class DropoutTests
{
    private const int Rows = 5;

    private static readonly TrainingOptions Options = new() { Epochs = 6, BatchSize = 7, LearningRate = 0.01 };

    [Fact]
    public void The_gradient_is_that_of_differences_with_the_same_units_dropped()
    {
        var model = Model(0.4);
        var network = new BatchedNetwork<double>(model.LayerShapes, Rows);
        var inputs = Enumerable.Range(0, Rows * 3).Select(i => Math.Sin(i)).ToArray();
        var parameters = model.CopyParameters();
        var gradients = new double[parameters.Length];

        Sum(network, parameters, inputs);
        network.Backward(Enumerable.Repeat(1.0, Rows * 2).ToArray(), gradients);

        const double Step = 1e-6;
        for (var i = 0; i < parameters.Length; i++)
        {
            var (up, down) = (parameters.ToArray(), parameters.ToArray());
            (up[i], down[i]) = (up[i] + Step, down[i] - Step);
            Assert.Equal((Sum(network, up, inputs) - Sum(network, down, inputs)) / (2 * Step), gradients[i], 1e-7);
        }
    }

    [Fact]
    public void Outputs_are_dropped_at_the_rate_and_the_others_scaled_so_that_the_mean_stays()
    {
        // One hidden layer of ones and a sum over it: an output is the number of kept units over 1 - rate.
        const int Units = 200;
        const int Steps = 300;
        var model = new Mlp(1, [Units, 1], Activation.Identity, hasBias: false);
        model.SetParameters(Enumerable.Repeat(1.0, model.ParameterCount).ToArray());
        var network = new BatchedNetwork<double>(model.LayerShapes, 1);
        var outputs = new double[Steps];
        for (var step = 0; step < Steps; step++)
        {
            network.DropOut(0.2, (ulong)step);
            outputs[step] = network.Forward(model.CopyParameters(), [1], 1)[0];
        }

        // A binomial count: mean 200 and variance 200 × 0.2 / 0.8; within four deviations.
        var deviation = Math.Sqrt(Units * 0.2 / 0.8);
        Assert.InRange(outputs.Average(), Units - 4 * deviation / Math.Sqrt(Steps), Units + 4 * deviation / Math.Sqrt(Steps));
        var variance = outputs.Average(output => Math.Pow(output - Units, 2));
        Assert.InRange(variance, deviation * deviation * (1 - 4 * Math.Sqrt(2.0 / Steps)), deviation * deviation * (1 + 4 * Math.Sqrt(2.0 / Steps)));
        Assert.All(outputs, output => Assert.Equal(Math.Round(output * 0.8), output * 0.8, 1e-9));
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void The_same_seed_drops_the_same_for_any_number_of_threads(Precision precision)
    {
        // Wide enough that threads share a layer.
        double[] Train(int threads)
        {
            var model = new Mlp(3, [150, 150, 2]) { Dropout = 0.3 };
            _ = TrainingRun.Run(model, Samples, LossKind.MeanSquaredError, Options with { Threads = threads, Precision = precision, Epochs = 2, BatchSize = 40 });
            return model.CopyParameters();
        }

        var one = Train(1);
        Assert.Equal(one, Train(2));
        Assert.Equal(one, Train(3));
    }

    [Fact]
    public void Another_seed_and_another_rate_drop_others()
    {
        Assert.NotEqual(Trained(0.3, 1), Trained(0.3, 2));
        Assert.NotEqual(Trained(0.3, 1), Trained(0.5, 1));
        Assert.NotEqual(Trained(0.3, 1), Trained(0, 1));
        Assert.Equal(Trained(0.3, 1), Trained(0.3, 1));

        static double[] Trained(double rate, int seed)
        {
            var model = Model(rate);

            // In the rows' order, so that the seed decides what is dropped and nothing else.
            _ = TrainingRun.Run(model, Samples, LossKind.MeanSquaredError, Options with { Seed = seed, Shuffle = false });
            return model.CopyParameters();
        }
    }

    [Fact]
    public void A_training_goes_on_to_the_same_bits()
    {
        var whole = Model(0.4);
        _ = TrainingRun.Run(whole, Samples, LossKind.MeanSquaredError, Options);

        var half = Model(0.4);
        var first = new Trainer(half, null, Samples, LossKind.MeanSquaredError.Create(), Options);
        _ = first.Run(CancellationToken.None).Take(3).ToArray();
        var other = Model(0.4);
        var second = new Trainer(other, null, Samples, LossKind.MeanSquaredError.Create(), Options);
        second.Restore(first.CaptureState());
        _ = second.Run(CancellationToken.None).ToArray();

        Assert.Equal(whole.CopyParameters(), other.CopyParameters());
    }

    [Fact]
    public void Answers_drop_nothing()
    {
        var (with, without) = (Model(0.9), Model(0));

        Assert.Equal(without.Predict(1, 2, 3), with.Predict(1, 2, 3));
        Assert.Equal(without.Invoke(1, 2, 3).Select(value => value.Data), with.Invoke(1, 2, 3).Select(value => value.Data));
    }

    [Fact]
    public void It_is_saved_with_the_model_and_copied()
    {
        var model = Model(0.25);

        Assert.Equal(0.25, ModelFile.Read(ModelFile.Write(model)).Dropout);
        Assert.Equal(0.25, model.WithSchema(null).Dropout);
        Assert.DoesNotContain("dropout", System.Text.Encoding.UTF8.GetString(ModelFile.Write(Model(0))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Rates_that_are_none_are_refused(double rate) =>
        Assert.Equal("InvalidDropout", Assert.Throws<GradException>(() => Model(rate)).ErrorId);

    [Fact]
    public void A_model_without_hidden_layer_has_nothing_to_drop() =>
        Assert.Equal("InvalidDropout", Assert.Throws<GradException>(() => new Mlp(2, [1]) { Dropout = 0.1 }).ErrorId);

    private static Samples Samples => TrainingRun.Draw(40, TargetEncoding.Numbers, 3, 2, 1);

    private static Mlp Model(double rate) => new(3, [8, 6, 2]) { Dropout = rate };

    private static double Sum(BatchedNetwork<double> network, double[] parameters, double[] inputs)
    {
        network.DropOut(0.4, 7);
        var sum = 0.0;
        foreach (var output in network.Forward(parameters, inputs, Rows))
        {
            sum += output;
        }

        return sum;
    }
}
