namespace MicroGrad;

/// <summary>What a reader can change in a playground, unless it is hidden. The figure of a hidden control stays.</summary>
public enum PlaygroundControl
{
    /// <summary>The features of the axes, and the values of the others.</summary>
    Axes,

    /// <summary>Adding and removing rows on the map.</summary>
    Rows,

    /// <summary>The share of rows held out.</summary>
    ValidationFraction,

    /// <summary>The noise on features.</summary>
    Noise,

    /// <summary>The size of a step.</summary>
    LearningRate,

    /// <summary>The rule by which parameters move.</summary>
    Optimizer,

    /// <summary>The momentum of gradient descent.</summary>
    Momentum,

    /// <summary>Rows in a step.</summary>
    BatchSize,

    /// <summary>The loss.</summary>
    Loss,

    /// <summary>What squares of parameters add to the loss.</summary>
    L2,

    /// <summary>What sizes of parameters add to the loss.</summary>
    L1,

    /// <summary>The activations of hidden layers.</summary>
    Activation,

    /// <summary>The number of hidden layers.</summary>
    Layers,

    /// <summary>The numbers of neurons in hidden layers.</summary>
    Neurons,

    /// <summary>Setting weights by hand.</summary>
    Weights,

    /// <summary>Drawing new weights.</summary>
    NewWeights,

    /// <summary>The speed of training.</summary>
    Speed,

    /// <summary>The rules by which training stops.</summary>
    Stop,

    /// <summary>Sharing the state's address and command.</summary>
    Share,

    /// <summary>Saving the model.</summary>
    Save,
}
