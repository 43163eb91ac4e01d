namespace MicroGrad;

/// <summary>How a minimum is looked for.</summary>
public enum MinimizationMethod
{
    /// <summary>Limited-memory BFGS: the curvature is learnt from the last ten steps, and each step's length searched for.</summary>
    Lbfgs,

    /// <summary>x -= learning rate * gradient.</summary>
    GradientDescent,

    /// <summary>Adam: steps scaled by running means of the gradient and its square.</summary>
    Adam,
}
