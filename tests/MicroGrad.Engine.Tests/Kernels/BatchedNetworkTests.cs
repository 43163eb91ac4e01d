using System.Numerics;
using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Inference;
using MicroGrad.Kernels;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class BatchedNetworkTests
{
    private static readonly int[] BatchSizes = [1, 7, 8, 9, 31];

    public static TheoryData<Activation, LossKind> Combinations
    {
        get
        {
            var data = new TheoryData<Activation, LossKind>();
            foreach (var activation in Enum.GetValues<Activation>())
            {
                foreach (var loss in Enum.GetValues<LossKind>())
                {
                    data.Add(activation, loss);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Batches_give_the_outputs_loss_and_gradients_of_the_scalar_graph(Activation activation, LossKind loss)
    {
        var outputs = Outputs(loss);
        int[][] shapes = [[outputs], [4, outputs], [17, 9, outputs]];
        foreach (var (shape, inputs) in shapes.Zip([19, 3, 5]))
        {
            foreach (var rows in BatchSizes)
            {
                var outputActivation = (Activation)((int)(activation + rows) % Enum.GetValues<Activation>().Length);
                var model = new Mlp(inputs, shape, activation, outputActivation, Initialization.Lecture, new PythonRandom(rows));
                CompareWithGraph<double>(model, loss, rows, $"{model} over {rows} rows", Close.Evaluation);
            }
        }
    }

    [Theory]
    [InlineData(LossKind.MeanSquaredError)]
    [InlineData(LossKind.CrossEntropy)]
    public void Networks_without_biases_agree_with_the_scalar_graph_too(LossKind loss) => CompareWithGraph<double>(
        new Mlp(5, [17, 9, Outputs(loss)], random: new PythonRandom(2), hasBias: false), loss, 9, "without biases", Close.Evaluation);

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Single_precision_agrees_with_the_scalar_graph_to_its_digits(Activation activation, LossKind loss)
    {
        var outputs = Outputs(loss);
        int[][] shapes = [[4, outputs], [33, 9, outputs]];
        foreach (var (shape, inputs) in shapes.Zip([3, 5]))
        {
            foreach (var rows in BatchSizes)
            {
                var model = new Mlp(inputs, shape, activation, random: new PythonRandom(rows));
                CompareWithGraph<float>(model, loss, rows, $"{model} over {rows} rows", 1e-5);
            }
        }
    }

    [Fact]
    public void Blocks_of_a_large_layer_and_threads_change_no_bit()
    {
        var model = new Mlp(300, [150, 67, 3], Activation.Relu, random: new PythonRandom(1));
        var samples = TrainingRun.Draw(70, TargetEncoding.OneHot, inputCount: 300, outputCount: 3);
        CompareWithGraph<double>(model, LossKind.CrossEntropy, 70, "large layers", Close.Evaluation);

        var alone = Run<double>(model, samples, LossKind.CrossEntropy);
        var shared = Run(model, samples, LossKind.CrossEntropy, new BatchedNetwork<double>(model.LayerShapes, 70, new WorkSharer(3)));

        Assert.Equal(alone.Outputs, shared.Outputs);
        Assert.Equal(alone.Gradients, shared.Gradients);
    }

    [Fact]
    public void A_row_has_the_same_outputs_alone_and_in_any_batch_bit_for_bit()
    {
        var model = new Mlp(9, [17, 3], random: new PythonRandom(1));
        var samples = TrainingRun.Draw(31, TargetEncoding.Numbers, inputCount: 9, outputCount: 3);
        var together = new BatchedNetwork<double>(model.LayerShapes, 31).Forward(model.CopyParameters(), samples.Inputs, 31).ToArray();
        var roomy = new BatchedNetwork<double>(model.LayerShapes, 100);

        for (var r = 0; r < 31; r++)
        {
            Assert.Equal(together.AsSpan(3 * r, 3).ToArray(), model.Predict(samples.InputsAt(r).ToArray()));
            Assert.Equal(
                together.AsSpan(0, 3 * (r + 1)).ToArray(),
                roomy.Forward(model.CopyParameters(), samples.Inputs, r + 1).ToArray());
        }
    }

    [Fact]
    public void A_small_batch_after_a_large_one_sees_nothing_of_it()
    {
        var model = new Mlp(4, [17, 3], random: new PythonRandom(1));
        var samples = TrainingRun.Draw(31, TargetEncoding.OneHot, inputCount: 4, outputCount: 3);
        var small = TrainingRun.Draw(5, TargetEncoding.OneHot, inputCount: 4, outputCount: 3, seed: 9);
        var network = new BatchedNetwork<double>(model.LayerShapes, 31);
        _ = Run(model, samples, LossKind.CrossEntropy, network);

        var after = Run(model, small, LossKind.CrossEntropy, network);
        var fresh = Run<double>(model, small, LossKind.CrossEntropy);

        Assert.Equal(fresh.Outputs, after.Outputs);
        Assert.Equal(fresh.Gradients, after.Gradients);
    }

    [Fact]
    public void The_order_of_rows_changes_gradients_by_no_more_than_rounding()
    {
        var model = new Mlp(4, [17, 3], random: new PythonRandom(1));
        var samples = TrainingRun.Draw(31, TargetEncoding.OneHot, inputCount: 4, outputCount: 3);
        var order = Enumerable.Range(0, 31).Reverse().ToArray();
        var reversed = TrainingRun.Take(samples, order);

        var forward = Run<double>(model, samples, LossKind.CrossEntropy);
        var backward = Run<double>(model, reversed, LossKind.CrossEntropy);

        Close.Equal(forward.Loss, backward.Loss, 1e-14);
        Close.Equal(forward.Gradients, backward.Gradients, 1e-14);
    }

    [Fact]
    public void A_hidden_value_that_overflows_shows_in_the_gradient_as_in_the_scalar_graph()
    {
        // The sigmoid saturates, so its gradient is 0; times the infinite hidden value that is NaN.
        var model = new Mlp(1, [1, 1], Activation.Relu, Activation.Sigmoid);
        model.SetParameters([1e200, 0, 1, 0]);
        var samples = TrainingRun.Samples([[1e200]], [[0]]);
        TrainingRun.Graph(model, samples, LossKind.MeanSquaredError, [0]).Backward();

        var (_, _, gradients) = Run<double>(model, samples, LossKind.MeanSquaredError);

        Assert.Equal(TrainingRun.Gradients(model), gradients);
        Assert.Contains(gradients, double.IsNaN);
    }

    private static int Outputs(LossKind loss) =>
        TrainingRun.LossOf(loss).Encoding is TargetEncoding.Numbers or TargetEncoding.OneHot ? 3 : 1;

    private static void CompareWithGraph<T>(Mlp model, LossKind loss, int rows, string what, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var samples = TrainingRun.Draw(rows, TrainingRun.LossOf(loss).Encoding, model.InputCount, model.OutputCount, rows);
        var root = TrainingRun.Graph(model, samples, loss, Enumerable.Range(0, rows));
        root.Backward();

        var (outputs, value, gradients) = Run<T>(model, samples, loss);

        for (var r = 0; r < rows; r++)
        {
            Close.Equal(
                Array.ConvertAll(model.InvokeNumbers(samples.InputsAt(r)), output => output.Data),
                outputs.AsSpan(r * model.OutputCount, model.OutputCount),
                tolerance,
                $"{what}: outputs of row {r}");
        }

        Close.Equal(root.Data, value, tolerance, $"{what}: loss");
        Close.Equal(TrainingRun.Gradients(model), gradients, tolerance, $"{what}: gradient");

        // A relu at the output may well be off for every row; no other leaves many rows without a gradient.
        Assert.True(
            rows < 31 || model.OutputActivation == Activation.Relu || gradients.Any(gradient => gradient != 0),
            $"{what}: nothing was compared but zeros");
    }

    private static (double[] Outputs, double Loss, double[] Gradients) Run<T>(
        Mlp model, Samples samples, LossKind loss, BatchedNetwork<T>? network = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        network ??= new BatchedNetwork<T>(model.LayerShapes, samples.Count);
        var parameters = new T[model.ParameterCount];
        Vectors.Convert(model.CopyParameters(), parameters.AsSpan());
        var outputs = network.Forward(parameters, samples.Inputs, samples.Count).ToArray();
        var outputGradients = new double[outputs.Length];
        var value = TrainingRun.LossOf(loss).Batch(LossBatch.Of(samples, outputs, outputGradients));
        var gradients = new T[model.ParameterCount];
        Array.Fill(gradients, T.NaN);
        network.Backward(outputGradients, gradients);
        var widened = new double[gradients.Length];
        Vectors.Convert<T>(gradients, widened);
        return (outputs, value, widened);
    }
}
