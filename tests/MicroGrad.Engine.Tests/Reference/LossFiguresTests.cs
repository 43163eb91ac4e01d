using System.Text.Json;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class LossFiguresTests
{
    private static readonly JsonElement[] Figures =
        [.. ReferenceFile.Load("losses.json").GetProperty("cases").EnumerateArray()];

    /// <summary>The reference cases by name. A kind of loss that is missing here fails a test below.</summary>
    private static readonly Dictionary<string, LossKind> Known = new()
    {
        ["mse_mean"] = LossKind.MeanSquaredError,
        ["mse_sum"] = LossKind.SumSquaredError,
        ["mae_mean"] = LossKind.MeanAbsoluteError,
        ["huber_mean_delta1"] = LossKind.Huber,
        ["hinge_mean"] = LossKind.Hinge,
        ["bce_mean_logits"] = LossKind.BinaryCrossEntropy,
        ["bce_mean_logits_huge"] = LossKind.BinaryCrossEntropy,
        ["cross_entropy_mean_logits"] = LossKind.CrossEntropy,
        ["cross_entropy_mean_logits_huge"] = LossKind.CrossEntropy,
    };

    public static TheoryData<string> Names => [.. Known.Keys];

    [Fact]
    public void Every_kind_of_loss_has_reference_figures_and_every_figure_a_kind()
    {
        // The figures of quantiles are scikit-learn's, in QuantileLossTests.
        Assert.Equal(Enum.GetValues<LossKind>().Except([LossKind.Quantile]).Order(), Known.Values.Distinct().Order());
        Assert.Equal(Figures.Select(item => item.Text("loss")).Order(), Known.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Over_numbers_value_and_gradient_are_the_reference_figures(string name)
    {
        var (outputs, targets, value, gradient) = Load(name);
        var gradients = new double[gradient.Length];

        var loss = TrainingRun.Cost(Known[name].Create(), outputs.SelectMany(row => row).ToArray(), targets, [], outputs[0].Length, gradients);

        Close.Equal(value, loss, Close.Evaluation, "value");
        Close.Equal(gradient, gradients, Close.Evaluation, "gradient");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void As_a_graph_value_and_gradient_are_the_reference_figures(string name)
    {
        var (outputs, targets, value, gradient) = Load(name);
        var leaves = Array.ConvertAll(outputs, row => Array.ConvertAll(row, number => new GradValue(number)));

        var loss = Known[name].Graph(leaves, targets);
        loss.Backward();

        Close.Equal(value, loss.Data, Close.Evaluation, "value");
        Close.Equal(gradient, leaves.SelectMany(row => row).Select(leaf => leaf.Grad).ToArray(), Close.Evaluation, "gradient");
    }

    private static (double[][] Outputs, double[] Targets, double Value, double[] Gradient) Load(string name)
    {
        var item = Figures.Single(figure => figure.Text("loss") == name);
        var outputs = item.GetProperty("output").Rows();
        var targets = item.GetProperty("target");

        // Classes stand as their numbers in the file and as one-hot rows in the engine.
        var encoded = targets[0].ValueKind == JsonValueKind.Number
            ? targets.Numbers().SelectMany(target => Enumerable.Range(0, outputs[0].Length).Select(c => c == target ? 1.0 : 0.0))
            : targets.Flatten();
        return (outputs, [.. encoded], item.GetProperty("value").GetDouble(), [.. item.GetProperty("gradient").Flatten()]);
    }
}
