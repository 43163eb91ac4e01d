using System.Numerics;

namespace MicroGrad.Networks;

/// <summary>Draws the starting parameters of a network: one method for each <see cref="Initialization"/>.</summary>
public static class ParameterDraw
{
    /// <summary>The generator that a kind of initialization draws from.</summary>
    public static IRandomSource Generator(Initialization kind, BigInteger seed) => kind switch
    {
        Initialization.EurekaLabs => new XorShiftStar(seed),
        Initialization.NumPy => new NumPyRandom(seed),
        _ => new PythonRandom(seed),
    };

    /// <summary>Fills the parameters of one layer. Layers are drawn in order.</summary>
    /// <param name="kind">How to draw.</param>
    /// <param name="activation">The activation that the layer feeds.</param>
    /// <param name="weights">weights[neuron][input], to be filled.</param>
    /// <param name="biases">One a neuron, or empty; to be filled.</param>
    /// <param name="source">Where the draws come from.</param>
    /// <param name="stopping">Asked before each neuron or input.</param>
    internal static void Fill(
        Initialization kind,
        Activation activation,
        double[][] weights,
        Span<double> biases,
        IRandomSource source,
        CancellationToken stopping = default)
    {
        switch (kind)
        {
            case Initialization.Default:
                FillScaled(activation.Scaling(), weights, source, stopping);
                break;
            case Initialization.Micrograd:
                FillByNeuron(weights, () => source.NextUniform(-1, 1), stopping);
                break;
            case Initialization.Lecture:
                for (var n = 0; n < weights.Length; n++)
                {
                    FillByNeuron([weights[n]], () => source.NextUniform(-1, 1), stopping);
                    if (!biases.IsEmpty)
                    {
                        biases[n] = source.NextUniform(-1, 1);
                    }
                }

                break;
            case Initialization.EurekaLabs:
                // A product with the power instead of a quotient by the root, so that digits are those of the original.
                var scale = Math.Pow(weights[0].Length, -0.5);
                FillByNeuron(weights, () => source.NextUniform(-1, 1) * scale, stopping);
                break;
            case Initialization.NumPy:
                FillByInput(weights, source.NextDouble, stopping);
                break;
            case Initialization.Zero:
                break;
            default:
                throw new GradException(
                    "UnknownInitialization",
                    $"There is no initialization '{kind}'; choose one of {string.Join(", ", Enum.GetNames<Initialization>())}.");
        }
    }

    private static void FillScaled(VarianceScaling scaling, double[][] weights, IRandomSource source, CancellationToken stopping)
    {
        var (inputs, outputs) = (weights[0].Length, weights.Length);
        if (scaling == VarianceScaling.Xavier)
        {
            var limit = Math.Sqrt(6.0 / (inputs + outputs));
            FillByNeuron(weights, () => source.NextUniform(-limit, limit), stopping);
        }
        else
        {
            var deviation = Math.Sqrt(2.0 / inputs);
            FillByNeuron(weights, () => deviation * source.NextNormal(), stopping);
        }
    }

    private static void FillByNeuron(double[][] weights, Func<double> draw, CancellationToken stopping)
    {
        foreach (var neuron in weights)
        {
            stopping.ThrowIfCancellationRequested();
            for (var i = 0; i < neuron.Length; i++)
            {
                neuron[i] = draw();
            }
        }
    }

    private static void FillByInput(double[][] weights, Func<double> draw, CancellationToken stopping)
    {
        for (var i = 0; i < weights[0].Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            foreach (var neuron in weights)
            {
                neuron[i] = draw();
            }
        }
    }
}
