using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>Which neurons of a layer a drawing shows: all of a small layer, the ends of a large one.</summary>
internal static class ShownNeurons
{
    /// <summary>The most circles in a column.</summary>
    public const int Limit = 16;

    /// <summary>The neurons to draw, from the top; -1 stands for those left out.</summary>
    public static int[] Of(int size)
    {
        if (size <= Limit)
        {
            return [.. Enumerable.Range(0, size)];
        }

        // The mark for the neurons left out takes one place.
        const int Ends = Limit / 2;
        return [.. Enumerable.Range(0, Ends), -1, .. Enumerable.Range(size - (Ends - 1), Ends - 1)];
    }

    /// <summary>What a drawing writes in place of the neurons that it leaves out.</summary>
    public static string HiddenText(int size) => $"{NumberText.Count(size - (Limit - 1))} more";

    /// <summary>The id of a neuron's circle in DOT and Mermaid.</summary>
    public static string Address(int layer, int neuron) => neuron < 0
        ? FormattableString.Invariant($"l{layer}rest")
        : FormattableString.Invariant($"l{layer}n{neuron}");
}
