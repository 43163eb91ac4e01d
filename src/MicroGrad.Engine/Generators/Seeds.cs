using System.Numerics;

namespace MicroGrad.Generators;

/// <summary>Makes generators of seeds, and the errors of all generators about their arguments.</summary>
public static class Seeds
{
    /// <summary>The generator of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="seed">Decides all draws.</param>
    /// <exception cref="GradException">The kind can't take the seed (id <c>InvalidSeed</c>), or there is no such kind (id <c>UnknownRandomKind</c>).</exception>
    public static IRandomSource Generator(RandomKind kind, BigInteger seed) => kind.Create(seed);

    /// <summary>The error for a seed that can't be taken.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="expected">What to give instead, such as "a whole number".</param>
    public static GradException Invalid(object seed, string expected) =>
        new("InvalidSeed", FormattableString.Invariant($"The seed is {seed}; give {expected}."));

    internal static void CheckBound(int bound)
    {
        if (bound < 1)
        {
            throw new GradException("InvalidCount", $"There are {bound} integers to draw from; give at least 1.");
        }
    }
}
