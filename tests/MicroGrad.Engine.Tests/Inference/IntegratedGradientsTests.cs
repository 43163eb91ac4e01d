using MicroGrad.Generators;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class IntegratedGradientsTests
{
    [Fact]
    public void A_line_gives_each_input_its_own_term()
    {
        var line = GradFunction.Compile(x => 3 * x[0] - 2 * x[1] + 7, "a", "b");
        Close.Equal([6.0, -8], IntegratedGradients.Of(line, [1, 1], [3, 5]), 1e-12);
    }

    /// <remarks>From the origin, each factor of a product contributes the same.</remarks>
    [Fact]
    public void A_product_is_shared_evenly()
    {
        var product = GradFunction.Compile(x => x[0] * x[1], "a", "b");
        Close.Equal([6.0, 6], IntegratedGradients.Of(product, [0, 0], [3, 4]), 1e-12);
    }

    [Fact]
    public void A_kink_is_found()
    {
        var kink = GradFunction.Compile(x => (x[0] - 1.0 / 3).Relu() + x[1].Abs(), "a", "b");
        Close.Equal([2.0 / 3, 0.25], IntegratedGradients.Of(kink, [0, -0.25], [1, 0.5]), 1e-9);
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void Contributions_add_up_to_the_difference_of_the_answers(Activation activation)
    {
        var model = new Mlp(4, [16, 8, 1], activation, random: new PythonRandom(3));
        var answer = GradFunction.Compile(x => model.Invoke(x)[0], "a", "b", "c", "d");
        double[] baseline = [0, 0, 0, 0];
        double[] inputs = [2, -3, 0.5, 5];

        var contributions = IntegratedGradients.Of(answer, baseline, inputs);

        Close.Equal(answer.Invoke(inputs) - answer.Invoke(baseline), contributions.Sum(), 1e-9);
    }

    [Fact]
    public void What_does_not_move_contributes_nothing()
    {
        var answer = GradFunction.Compile(x => (x[0] * x[1]).Exp(), "a", "b");
        Assert.Equal([0.0, 0.0], IntegratedGradients.Of(answer, [1, 2], [1, 2]));
    }

    [Fact]
    public void Work_that_is_stopped_ends()
    {
        var answer = GradFunction.Compile(x => (x[0] * x[1]).Exp(), "a", "b");
        Assert.Throws<OperationCanceledException>(() => IntegratedGradients.Of(answer, [1, 2], [3, 4], new CancellationToken(canceled: true)));
    }
}
