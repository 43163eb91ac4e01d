namespace MicroGrad.Generators;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014), whose draws are reached by their number: threads that share a sequence draw the
/// same, however they divide it.
/// </summary>
internal static class SplitMix
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>A draw of the sequence of a seed: 64 random bits.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="index">The draw's number, from 0.</param>
    public static ulong At(ulong seed, ulong index)
    {
        var bits = seed + (index + 1) * Step;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>A draw as a number in [0, 1).</summary>
    public static double UniformAt(ulong seed, ulong index) => (At(seed, index) >> 11) * 1.1102230246251565e-16;
}
