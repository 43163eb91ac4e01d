namespace MicroGrad;

/// <summary>The rule by which training moves parameters.</summary>
public enum OptimizerKind
{
    /// <summary>Gradient descent, also with momentum.</summary>
    Sgd,

    /// <summary>Steps divided by a running mean of the gradient's size.</summary>
    RmsProp,

    /// <summary>Steps divided by the gradient's size summed over all steps.</summary>
    Adagrad,

    /// <summary>Running means of the gradient and of its square.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient.</summary>
    AdamW,
}
