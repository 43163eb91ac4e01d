using MicroGrad.Compilation;

namespace MicroGrad.Engine.Tests;

/// <summary>Losses of networks as compiled functions of the parameters, against the live graph.</summary>
[Trait("Category", "Kernels")]
public sealed class CompiledNetworkTests
{
    public static TheoryData<Activation, int, int> Networks
    {
        get
        {
            var data = new TheoryData<Activation, int, int>();
            foreach (var activation in Enum.GetValues<Activation>())
            {
                foreach (var samples in new[] { 1, 7, 8, 9, 31 })
                {
                    foreach (var lanes in VectorWidths.Lanes)
                    {
                        data.Add(activation, samples, lanes);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Loss_and_gradient_are_those_of_the_live_graph(Activation activation, int samples, int lanes)
    {
        var model = new Mlp(3, [5, 7, 1], activation, random: new PythonRandom(samples));
        var (inputs, targets) = Draw(samples, 3);
        Compare(model, inputs, targets, Hinge, VectorWidths.Of(lanes));
    }

    [Fact]
    public void The_moons_loss_is_that_of_the_live_graph()
    {
        var (inputs, targets) = Draw(100, 2);
        Compare(new Mlp(2, [16, 16, 1], Activation.Relu), inputs, targets, Hinge);
    }

    [Fact]
    public void Squares_over_a_few_samples_are_those_of_the_live_graph()
    {
        double[][] inputs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];
        double[][] targets = [[1], [-1], [-1], [1]];
        Compare(new Mlp(3, [4, 4, 1], Activation.Tanh, Activation.Tanh), inputs, targets, Squares);
    }

    [Fact]
    public void A_network_of_several_outputs_has_cross_entropy_as_its_loss()
    {
        var (inputs, _) = Draw(17, 4);
        var targets = inputs.Select((_, i) => Enumerable.Range(0, 3).Select(k => k == i % 3 ? 1.0 : 0.0).ToArray()).ToArray();
        Compare(new Mlp(4, [9, 3], Activation.Silu), inputs, targets, CrossEntropy);

        static GradValue CrossEntropy(GradValue[] outputs, GradValue[] targets) =>
            GradValue.LogSumExp(outputs) - GradValue.Dot(targets, outputs);
    }

    [Fact]
    public void A_network_too_large_for_one_method_agrees_with_its_graph()
    {
        var (inputs, targets) = Draw(9, 7);
        Compare(new Mlp(7, [33, 29, 1], Activation.Tanh), inputs, targets, Squares);
    }

    private static GradValue Hinge(GradValue[] outputs, GradValue[] targets) => (1 + -targets[0] * outputs[0]).Relu();

    private static GradValue Squares(GradValue[] outputs, GradValue[] targets) => (outputs[0] - targets[0]).Pow(2);

    private static void Compare(
        Mlp model, double[][] inputs, double[][] targets, Func<GradValue[], GradValue[], GradValue> loss, VectorWidth? vector = null)
    {
        // A row of the function: parameters, inputs, targets.
        var (parameters, outputs) = (model.CopyParameters(), targets[0].Length);
        var function = new GradFunction(
            x => loss(Call(model, x[..^(model.InputCount + outputs)], x[^(model.InputCount + outputs)..^outputs]), x[^outputs..]),
            [.. Enumerable.Range(0, parameters.Length + model.InputCount + outputs).Select(i => $"x{i}")],
            vector: vector);
        var (values, gradients) = function.EvaluateMany([.. inputs.Zip(targets, (x, y) => (double[])[.. parameters, .. x, .. y])]);

        for (var row = 0; row < inputs.Length; row++)
        {
            var graph = loss(model.InvokeNumbers(inputs[row]), Array.ConvertAll(targets[row], y => new GradValue(y)));
            model.ZeroGrad();
            graph.Backward();
            Close.Equal(graph.Data, values[row], 1e-12, "loss");
            Close.Equal(
                model.Parameters.Select(parameter => parameter.Grad).ToArray(),
                gradients[row].AsSpan(0, parameters.Length),
                1e-12,
                "gradient");
        }
    }

    /// <summary>A model's outputs, with other values for its parameters.</summary>
    private static GradValue[] Call(Mlp model, GradValue[] parameters, GradValue[] inputs)
    {
        var start = 0;
        foreach (var layer in model.Layers)
        {
            var (width, stride) = (layer.InputCount, layer.InputCount + 1);
            inputs = [.. Enumerable.Range(0, layer.OutputCount).Select(n =>
            {
                var own = parameters[(start + n * stride)..(start + (n + 1) * stride)];
                return new Neuron(own[..width], own[width], layer.Activation).Invoke(inputs);
            })];
            start += layer.OutputCount * stride;
        }

        return inputs;
    }

    private static (double[][] Inputs, double[][] Targets) Draw(int samples, int inputs)
    {
        var random = new System.Random(samples);
        return (
            [.. Enumerable.Range(0, samples).Select(_ => Enumerable.Range(0, inputs).Select(_ => 4 * random.NextDouble() - 2).ToArray())],
            [.. Enumerable.Range(0, samples).Select(i => new double[] { i % 2 * 2 - 1 })]);
    }
}
