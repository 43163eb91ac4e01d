namespace MicroGrad.Rendering;

/// <summary>Which neurons of a layer a drawing shows: all of a small layer, the ends of a large one.</summary>
internal static class ShownNeurons
{
    /// <summary>The most circles in a column.</summary>
    public const int Limit = 16;

    /// <summary>The neurons to draw from the top; -1 stands for those left out.</summary>
    public static int[] Of(int size)
    {
        if (size <= Limit)
        {
            return [.. Enumerable.Range(0, size)];
        }

        // One place goes to the sign for what is missing.
        const int Ends = Limit / 2;
        return [.. Enumerable.Range(0, Ends), -1, .. Enumerable.Range(size - (Ends - 1), Ends - 1)];
    }

    /// <summary>How many neurons of a layer are left out.</summary>
    public static int Hidden(int size) => size <= Limit ? 0 : size - (Limit - 1);
}
