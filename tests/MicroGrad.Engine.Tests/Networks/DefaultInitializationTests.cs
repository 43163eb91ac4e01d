namespace MicroGrad.Engine.Tests;

public sealed class DefaultInitializationTests
{
    private const int Inputs = 100;
    private const int Outputs = 300;

    /// <summary>The variance that Glorot and Bengio (2010) or He et al. (2015) give for a layer of this size.</summary>
    public static TheoryData<Activation, double> Variances => new()
    {
        { Activation.Identity, 2.0 / (Inputs + Outputs) },
        { Activation.Tanh, 2.0 / (Inputs + Outputs) },
        { Activation.Sigmoid, 2.0 / (Inputs + Outputs) },
        { Activation.Relu, 2.0 / Inputs },
        { Activation.LeakyRelu, 2.0 / Inputs },
        { Activation.Elu, 2.0 / Inputs },
        { Activation.Gelu, 2.0 / Inputs },
        { Activation.Silu, 2.0 / Inputs },
        { Activation.Softplus, 2.0 / Inputs },
    };

    [Fact]
    public void Every_activation_has_a_stated_variance() =>
        Assert.Equal(Enum.GetValues<Activation>(), Variances.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Variances))]
    public void Weights_are_drawn_with_the_variance_that_suits_the_activation(Activation activation, double variance)
    {
        var model = new Mlp(Inputs, [Outputs], outputActivation: activation);
        var weights = model.Layers[0].Neurons.SelectMany(neuron => neuron.Weights).Select(weight => weight.Data).ToArray();

        Close.Equal(1, weights.Average(weight => weight * weight) / variance, 0.05, "variance");
        Assert.All(model.Layers[0].Neurons, neuron => Assert.Equal(0, neuron.Bias!.Data));
    }
}
