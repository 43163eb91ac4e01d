namespace MicroGrad;

/// <summary>A seeded generator: the only source of randomness in this project. The same seed gives the same draws everywhere.</summary>
public interface IRandomSource
{
    /// <summary>The next number in [0, 1).</summary>
    double NextDouble();

    /// <summary>An integer drawn evenly from 0 to <paramref name="bound"/> - 1, in the way of the generator's own shuffle.</summary>
    /// <param name="bound">How many integers there are to draw from; at least 1.</param>
    int NextIndex(int bound);
}

/// <summary>Draws that all generators have.</summary>
internal static class RandomSourceExtensions
{
    /// <summary>low + (high - low) u for the next u in [0, 1).</summary>
    public static double NextUniform(this IRandomSource source, double low, double high) =>
        low + (high - low) * source.NextDouble();

    /// <summary>The next standard normal number, in the generator's own way where it has one.</summary>
    public static double NextNormal(this IRandomSource source) => source switch
    {
        PythonRandom python => python.Gauss(),
        NumPyRandom numPy => numPy.NextNormal(),
        _ => Math.Sqrt(-2 * Math.Log(1 - source.NextDouble())) * Math.Cos(Math.Tau * source.NextDouble()),
    };

    /// <summary>Shuffles in place by Fisher and Yates' method from the back, as CPython and NumPy both do.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static void ShuffleInPlace<T>(this IRandomSource source, Span<T> items, CancellationToken stopping = default)
    {
        // Places are drawn some at a time, so that the processor loads all that are far apart at once.
        Span<int> drawn = stackalloc int[64];
        for (var last = items.Length - 1; last > 0; last -= drawn.Length)
        {
            var places = drawn[..Math.Min(drawn.Length, last)];
            for (var i = 0; i < places.Length; i++)
            {
                stopping.ThrowIfCancellationRequested();
                places[i] = source.NextIndex(last - i + 1);
                Cache.Prefetch(ref items[places[i]]);
            }

            for (var i = 0; i < places.Length; i++)
            {
                (items[last - i], items[places[i]]) = (items[places[i]], items[last - i]);
            }
        }
    }
}
