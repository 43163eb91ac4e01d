namespace MicroGrad;

/// <summary>What a playground lets its reader change, and may hide. A hidden control leaves its figure.</summary>
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

    /// <summary>The rows of a step.</summary>
    BatchSize,

    /// <summary>What training makes small.</summary>
    Loss,

    /// <summary>The price of squares of parameters.</summary>
    L2,

    /// <summary>The price of sizes of parameters.</summary>
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
