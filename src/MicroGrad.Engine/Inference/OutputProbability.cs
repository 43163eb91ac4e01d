using MicroGrad.Operations;

namespace MicroGrad.Inference;

/// <summary>The probabilities that outputs mean, where the loss makes them probabilities.</summary>
public static class OutputProbability
{
    /// <summary>Whether outputs of a model with this loss mean probabilities.</summary>
    public static bool IsGivenBy(LossKind? loss) => loss is LossKind.CrossEntropy or LossKind.BinaryCrossEntropy;

    /// <summary>The probability of one class; null where the loss gives none.</summary>
    /// <param name="loss">The loss that the model was trained with.</param>
    /// <param name="outputs">A row's outputs: one a class, or a single one for two classes.</param>
    /// <param name="place">The place of the class.</param>
    internal static double? OfClass(LossKind? loss, ReadOnlySpan<double> outputs, int place) => loss switch
    {
        LossKind.CrossEntropy => Math.Exp(outputs[place] - Largest(outputs)) / SumOfShares(outputs),
        LossKind.BinaryCrossEntropy => Sigmoid.Of(place == 1 ? outputs[0] : -outputs[0]),
        _ => null,
    };

    /// <summary>The probability of each class; null where the loss gives none.</summary>
    /// <param name="schema">The schema of a model whose target is one of classes.</param>
    /// <param name="outputs">A row's outputs.</param>
    internal static double[]? OfClasses(ModelSchema schema, ReadOnlySpan<double> outputs)
    {
        switch (schema.Loss)
        {
            case LossKind.CrossEntropy:
                var probabilities = outputs.ToArray();
                Normalize(probabilities);
                return probabilities;
            case LossKind.BinaryCrossEntropy:
                return [Sigmoid.Of(-outputs[0]), Sigmoid.Of(outputs[0])];
            default:
                return null;
        }
    }

    /// <summary>The probability of each class as a value over the outputs; null where the loss gives none.</summary>
    internal static GradValue[]? OfClasses(LossKind? loss, GradValue[] outputs) => loss switch
    {
        LossKind.CrossEntropy => GradValue.Softmax(outputs),
        LossKind.BinaryCrossEntropy => [(-outputs[0]).Sigmoid(), outputs[0].Sigmoid()],
        _ => null,
    };

    /// <summary>
    /// Turns the outputs of a row, one a class, into the classes' probabilities, as cross entropy means them. Rows whose outputs
    /// differ by a constant have the same probabilities to the last bit, so that they tie.
    /// </summary>
    internal static void Normalize(Span<double> outputs)
    {
        var (largest, sum) = (Largest(outputs), SumOfShares(outputs));
        foreach (ref var output in outputs)
        {
            output = Math.Exp(output - largest) / sum;
        }
    }

    /// <summary>The probability of each label.</summary>
    internal static double[] OfLabels(ReadOnlySpan<double> outputs) => Array.ConvertAll(outputs.ToArray(), Sigmoid.Of);

    private static double SumOfShares(ReadOnlySpan<double> outputs)
    {
        var largest = Largest(outputs);
        var sum = 0.0;
        foreach (var output in outputs)
        {
            sum += Math.Exp(output - largest);
        }

        return sum;
    }

    private static double Largest(ReadOnlySpan<double> outputs)
    {
        var largest = outputs[0];
        foreach (var output in outputs)
        {
            largest = Math.Max(largest, output);
        }

        return largest;
    }
}
