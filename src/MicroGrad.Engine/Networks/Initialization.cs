namespace MicroGrad;

/// <summary>How a new network draws its weights.</summary>
public enum Initialization
{
    /// <summary>
    /// What the activation asks for: Xavier's uniform range (Glorot and Bengio 2010) before tanh, sigmoid and the
    /// identity, He's normal distribution (He et al. 2015) before relu and its kin. Biases 0. Python's generator.
    /// </summary>
    Default,

    /// <summary>karpathy's micrograd: uniform(-1, 1), neuron by neuron, biases 0. Python's generator.</summary>
    Micrograd,

    /// <summary>The lecture: uniform(-1, 1), neuron by neuron, each bias drawn after its neuron's weights. Python's generator.</summary>
    Lecture,

    /// <summary>EurekaLabs' micrograd: uniform(-1, 1) over the square root of the inputs, biases 0. Its xorshift* generator.</summary>
    EurekaLabs,

    /// <summary>NumPy's <c>rand(inputs, outputs)</c>, layer by layer, in a network without biases. NumPy's generator.</summary>
    NumPy,

    /// <summary>All parameters 0, to show why that does not work.</summary>
    Zero,
}
