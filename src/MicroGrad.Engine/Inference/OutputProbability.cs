using System.Runtime.InteropServices;
using MicroGrad.Formulas;
using MicroGrad.Operations;

namespace MicroGrad.Inference;

/// <summary>
/// The probabilities that outputs mean, where the loss makes them probabilities: one formula for numbers, for nodes of a graph and for
/// instructions of a program.
/// </summary>
public static class OutputProbability
{
    /// <summary>Whether outputs of a model with this loss mean probabilities.</summary>
    public static bool IsGivenBy(LossKind? loss) => loss is LossKind.CrossEntropy or LossKind.BinaryCrossEntropy;

    /// <summary>The probability of each class; null where the loss gives none.</summary>
    /// <param name="loss">The loss that the model was trained with.</param>
    /// <param name="outputs">A row's outputs: one a class, or a single one for two classes.</param>
    internal static TReal[]? OfClasses<TReal>(LossKind? loss, ReadOnlySpan<TReal> outputs)
        where TReal : IReal<TReal>
    {
        switch (loss)
        {
            case LossKind.CrossEntropy:
                var shares = new TReal[outputs.Length];
                TReal.Softmax(outputs, shares);
                return shares;
            case LossKind.BinaryCrossEntropy:
                return [OfLabel(-outputs[0]), OfLabel(outputs[0])];
            default:
                return null;
        }
    }

    /// <summary>The probability of a label.</summary>
    internal static TReal OfLabel<TReal>(TReal output)
        where TReal : IReal<TReal> => output.Apply<Sigmoid>();

    /// <inheritdoc cref="OfClasses{TReal}"/>
    internal static double[]? OfClasses(LossKind? loss, ReadOnlySpan<double> outputs) =>
        OfClasses(loss, MemoryMarshal.Cast<double, ScalarReal>(outputs)) is { } shares ? Array.ConvertAll(shares, share => share.Number) : null;

    /// <inheritdoc cref="OfLabel{TReal}"/>
    internal static double OfLabel(double output) => OfLabel(new ScalarReal(output)).Number;

    /// <summary>
    /// Turns the outputs of a row, one a class, into the classes' probabilities, as cross entropy means them. Rows whose outputs
    /// differ by a constant have the same probabilities to the last bit, so that they tie.
    /// </summary>
    internal static void Normalize(Span<double> outputs)
    {
        var numbers = MemoryMarshal.Cast<double, ScalarReal>(outputs);
        Softmax.Of(numbers, numbers);
    }
}
