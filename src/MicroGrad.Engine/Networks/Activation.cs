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

/// <summary>The operation behind each name of an activation.</summary>
internal static class ActivationOperations
{
    public static UnaryOperation Operation(this Activation activation) => activation switch
    {
        Activation.Identity => Identity.Instance,
        Activation.Tanh => Tanh.Instance,
        Activation.Sigmoid => Sigmoid.Instance,
        Activation.Relu => Relu.Instance,
        Activation.LeakyRelu => LeakyRelu.Instance,
        Activation.Elu => Elu.Instance,
        Activation.Gelu => Gelu.Instance,
        Activation.Silu => Silu.Instance,
        Activation.Softplus => Softplus.Instance,
        _ => throw new GradException(
            "UnknownActivation",
            $"There is no activation '{activation}'; choose one of {string.Join(", ", Enum.GetNames<Activation>())}."),
    };
}
