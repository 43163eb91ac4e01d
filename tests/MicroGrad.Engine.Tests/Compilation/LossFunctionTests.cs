using MicroGrad.Generators;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class LossFunctionTests
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
    public void Loss_and_gradient_are_those_of_the_scalar_graph(Activation activation, int samples, int lanes)
    {
        var model = new Mlp(3, [5, 7, 1], activation, random: new MicroGrad.Generators.PythonRandom(samples));
        var (inputs, targets) = Draw(samples, 3);
        var loss = new LossFunction(model.Parameters, inputs, targets, (x, y) => Hinge(model.Invoke(x), y), true, 1e-3, VectorWidths.Of(lanes));
        Compare(model, loss, Graph(model, inputs, targets, Hinge, true, 1e-3));
    }

    [Fact]
    public void The_moons_loss_is_that_of_the_scalar_graph()
    {
        var model = new Mlp(2, [16, 16, 1], Activation.Relu);
        var (inputs, targets) = Draw(100, 2);

        Compare(model, LossFunction.Compile(model, inputs, targets, Hinge, true, 1e-4), Graph(model, inputs, targets, Hinge, true, 1e-4));
    }

    [Fact]
    public void A_sum_of_squares_over_a_few_samples_is_that_of_the_scalar_graph()
    {
        var model = new Mlp(3, [4, 4, 1], Activation.Tanh, Activation.Tanh);
        double[][] inputs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];
        double[][] targets = [[1], [-1], [-1], [1]];

        Compare(model, LossFunction.Compile(model, inputs, targets, Squares, average: false), Graph(model, inputs, targets, Squares, false, 0));
    }

    [Fact]
    public void A_network_of_several_outputs_has_cross_entropy_as_its_loss()
    {
        var model = new Mlp(4, [9, 3], Activation.Silu);
        var (inputs, _) = Draw(17, 4);
        var targets = inputs.Select((_, i) => Enumerable.Range(0, 3).Select(k => k == i % 3 ? 1.0 : 0.0).ToArray()).ToArray();

        Compare(model, LossFunction.Compile(model, inputs, targets, CrossEntropy), Graph(model, inputs, targets, CrossEntropy, true, 0));

        static GradValue CrossEntropy(GradValue[] outputs, GradValue[] targets) =>
            GradValue.LogSumExp(outputs) - GradValue.Dot(targets, outputs);
    }

    [Fact]
    public void A_network_too_large_for_one_method_agrees_with_its_graph()
    {
        var model = new Mlp(7, [33, 29, 1], Activation.Tanh);
        var (inputs, targets) = Draw(9, 7);

        Compare(model, LossFunction.Compile(model, inputs, targets, Squares), Graph(model, inputs, targets, Squares, true, 0));
    }

    [Fact]
    public void The_same_call_gives_the_same_bits()
    {
        var model = new Mlp(2, [5, 1]);
        var (inputs, targets) = Draw(9, 2);
        var loss = LossFunction.Compile(model, inputs, targets, Squares);
        var parameters = model.CopyParameters();
        var (first, second) = (new double[parameters.Length], new double[parameters.Length]);

        Assert.Equal(loss.Evaluate(parameters, first), loss.Evaluate(parameters, second));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        var model = new Mlp(2, [1]);
        Refuses("EmptyData", () => LossFunction.Compile(model, [], [], Squares));
        Refuses("SizeMismatch", () => LossFunction.Compile(model, [[1, 2]], [], Squares));
        Refuses("SizeMismatch", () => LossFunction.Compile(model, [[1, 2], [1]], [[1], [1]], Squares));
        Refuses("SizeMismatch", () => LossFunction.Compile(model, [[1]], [[1]], Squares));
        Refuses("NotAGradValue", () => LossFunction.Compile(model, [[1, 2]], [[1]], (_, _) => null!));
        var loss = LossFunction.Compile(model, [[1, 2]], [[1]], Squares);
        Refuses("SizeMismatch", () => loss.Evaluate(new double[2], new double[3]));
        Refuses("SizeMismatch", () => loss.Evaluate(new double[3], new double[2]));

        static void Refuses(string id, Action call) => Assert.Equal(id, Assert.Throws<GradException>(call).ErrorId);
    }

    private static GradValue Hinge(GradValue[] outputs, GradValue[] targets) => (1 + -targets[0] * outputs[0]).Relu();

    private static GradValue Squares(GradValue[] outputs, GradValue[] targets) => (outputs[0] - targets[0]).Pow(2);

    private static GradValue Graph(
        Mlp model, double[][] inputs, double[][] targets, Func<GradValue[], GradValue[], GradValue> loss, bool average, double l2)
    {
        var costs = inputs.Select((row, i) => loss(model.InvokeNumbers(row), Array.ConvertAll(targets[i], y => new GradValue(y)))).ToArray();
        return (average ? GradValue.Mean(costs) : GradValue.Sum(costs))
            + l2 * GradValue.Sum([.. model.Parameters.Select(parameter => parameter * parameter)]);
    }

    private static void Compare(Mlp model, LossFunction loss, GradValue graph)
    {
        var gradient = new double[model.ParameterCount];
        model.ZeroGrad();
        graph.Backward();

        Close.Equal(graph.Data, loss.Evaluate(model.CopyParameters(), gradient), 1e-12, "loss");
        Close.Equal(model.Parameters.Select(parameter => parameter.Grad).ToArray(), gradient, 1e-12, "gradient");
    }

    private static (double[][] Inputs, double[][] Targets) Draw(int samples, int inputs)
    {
        var random = new System.Random(samples);
        return (
            [.. Enumerable.Range(0, samples).Select(_ => Enumerable.Range(0, inputs).Select(_ => 4 * random.NextDouble() - 2).ToArray())],
            [.. Enumerable.Range(0, samples).Select(i => new double[] { i % 2 * 2 - 1 })]);
    }
}
