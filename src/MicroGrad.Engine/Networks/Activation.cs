using MicroGrad.Operations;

namespace MicroGrad;

/// <summary>What a layer applies to each of its weighted sums.</summary>
public enum Activation
{
    /// <summary>The sum itself.</summary>
    Identity,

    /// <summary>The hyperbolic tangent, in (-1, 1).</summary>
    Tanh,

    /// <summary>The logistic function, in (0, 1).</summary>
    Sigmoid,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x, or 0.01 x below 0.</summary>
    LeakyRelu,

    /// <summary>x, or e^x - 1 below 0.</summary>
    Elu,

    /// <summary>x times the normal distribution function, exact.</summary>
    Gelu,

    /// <summary>x sigmoid(x).</summary>
    Silu,

    /// <summary>log(1 + e^x).</summary>
    Softplus,
}

/// <summary>How wide the starting weights before an activation are drawn, so that signals keep their size through layers.</summary>
internal enum VarianceScaling
{
    /// <summary>
    /// Glorot and Bengio 2010: uniform within sqrt(6 / (inputs + outputs)), for activations that are near x around 0.
    /// </summary>
    Xavier,

    /// <summary>He et al. 2015: normal with deviation sqrt(2 / inputs), for activations that pass about half of their inputs.</summary>
    He,
}

/// <summary>What each activation is made of.</summary>
internal static class Activations
{
    public static ElementwiseOperation Operation(this Activation activation) => activation.Definition().Operation;

    public static VarianceScaling Scaling(this Activation activation) => activation.Definition().Scaling;

    /// <summary>The formula as people write it.</summary>
    public static string Formula(this Activation activation) => activation.Definition().Formula;

    private static (ElementwiseOperation Operation, VarianceScaling Scaling, string Formula) Definition(this Activation activation) => activation switch
    {
        Activation.Identity => (Identity.Instance, VarianceScaling.Xavier, "x"),
        Activation.Tanh => (Tanh.Instance, VarianceScaling.Xavier, "tanh x"),
        Activation.Sigmoid => (Sigmoid.Instance, VarianceScaling.Xavier, "1 / (1 + e⁻ˣ)"),
        Activation.Relu => (Relu.Instance, VarianceScaling.He, "max(0, x)"),
        Activation.LeakyRelu => (LeakyRelu.Instance, VarianceScaling.He, "x, or 0.01 x below 0"),
        Activation.Elu => (Elu.Instance, VarianceScaling.He, "x, or eˣ − 1 below 0"),
        Activation.Gelu => (Gelu.Instance, VarianceScaling.He, "x Φ(x)"),
        Activation.Silu => (Silu.Instance, VarianceScaling.He, "x / (1 + e⁻ˣ)"),
        Activation.Softplus => (Softplus.Instance, VarianceScaling.He, "log(1 + eˣ)"),
        _ => throw new GradException(
            "UnknownActivation",
            $"There is no activation '{activation}'; choose one of {string.Join(", ", Enum.GetNames<Activation>())}."),
    };
}
