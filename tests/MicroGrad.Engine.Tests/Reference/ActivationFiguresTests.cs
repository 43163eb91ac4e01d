using System.Text.Json;
using MicroGrad.Inference;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

public sealed class ActivationFiguresTests
{
    private static readonly JsonElement[] Figures =
        [.. ReferenceFile.Load("activations.json").GetProperty("rows").EnumerateArray()];

    private static readonly Dictionary<string, (Activation Kind, Func<GradValue, GradValue> Method)> Known = new()
    {
        ["identity"] = (Activation.Identity, x => GradValue.Apply(Identity.Instance, x)),
        ["tanh"] = (Activation.Tanh, x => x.Tanh()),
        ["sigmoid"] = (Activation.Sigmoid, x => x.Sigmoid()),
        ["relu"] = (Activation.Relu, x => x.Relu()),
        ["leaky_relu_0.01"] = (Activation.LeakyRelu, x => x.LeakyRelu()),
        ["elu_1"] = (Activation.Elu, x => x.Elu()),
        ["gelu_exact"] = (Activation.Gelu, x => x.Gelu()),
        ["silu"] = (Activation.Silu, x => x.Silu()),
        ["softplus"] = (Activation.Softplus, x => x.Softplus()),
    };

    public static TheoryData<string, double, double, double> Rows
    {
        get
        {
            var data = new TheoryData<string, double, double, double>();
            foreach (var row in Figures)
            {
                data.Add(
                    row.Text("activation"),
                    row.GetProperty("x").GetDouble(),
                    row.GetProperty("value").GetDouble(),
                    row.GetProperty("derivative").GetDouble());
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. Known.Keys];

    [Fact]
    public void Every_activation_has_reference_figures_and_every_figure_an_activation()
    {
        Assert.Equal(Enum.GetValues<Activation>().Order(), Known.Values.Select(known => known.Kind).Order());
        Assert.Equal(Known.Keys.Order(), Figures.Select(row => row.Text("activation")).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_scalar_graph_gives_the_reference_value_and_derivative(
        string name, double x, double value, double derivative)
    {
        var leaf = new GradValue(x);
        var root = Known[name].Method(leaf);
        root.Backward();

        Close.Equal(value, root.Data, Close.Evaluation, "value");
        Close.Equal(derivative, leaf.Grad, Close.Evaluation, "derivative");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_operation_gives_the_reference_value_and_derivative(
        string name, double x, double value, double derivative)
    {
        var operation = Known[name].Kind.Operation();

        Close.Equal(value, operation.Value(x), Close.Evaluation, "value");
        Close.Equal(derivative, operation.Derivative(x, operation.Value(x)), Close.Evaluation, "derivative");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_batched_form_gives_the_reference_values_and_derivatives(string name)
    {
        var rows = Figures.Where(row => row.Text("activation") == name).ToArray();
        var operation = Known[name].Kind.Operation();
        var x = rows.Select(row => row.GetProperty("x").GetDouble()).ToArray();

        var y = Batched.Values(operation, x);
        var upstream = Batched.Chain(operation, x, y, 2);

        Close.Equal(rows.Select(row => row.GetProperty("value").GetDouble()).ToArray(), y, Close.Evaluation, "value");
        Close.Equal(
            rows.Select(row => 2 * row.GetProperty("derivative").GetDouble()).ToArray(),
            upstream,
            Close.Evaluation,
            "twice the derivative");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_applies_the_activation_of_its_name(string name)
    {
        var (kind, method) = Known[name];
        var layer = new Mlp(2, [3], outputActivation: kind, initialization: Initialization.Lecture).Layers[0];
        GradValue[] inputs = [0.7, -1.2];

        var outputs = layer.Invoke(inputs);

        Assert.All(layer.Neurons.Zip(outputs), pair =>
        {
            var (neuron, output) = pair;
            var sum = neuron.Bias!.Data + neuron.Weights[0].Data * 0.7 + neuron.Weights[1].Data * -1.2;
            Close.Equal(method(sum).Data, output.Data, 1e-15, name);
        });
    }
}
