namespace MicroGrad;

/// <summary>The method of a search for a minimum.</summary>
public enum MinimizationMethod
{
    /// <summary>Limited-memory BFGS: the curvature is learnt from the last ten steps, and the length of each step is searched for.</summary>
    Lbfgs,

    /// <summary>x -= learning rate * gradient.</summary>
    GradientDescent,

    /// <summary>Adam: steps scaled by running means of the gradient and its square.</summary>
    Adam,
}
