using System.Numerics;
using MicroGrad.Generators;

namespace MicroGrad;

/// <summary>
/// NumPy's legacy <c>RandomState</c> (what <c>numpy.random.seed</c> seeds), draw for draw: MT19937 seeded by one number.
/// </summary>
public sealed class NumPyRandom : IRandomSource
{
    private readonly MersenneTwister _twister;
    private double? _secondNormal;

    /// <summary>Seeds the generator as <c>RandomState(seed)</c> does.</summary>
    /// <param name="seed">An integer from 0 to 2^32 - 1.</param>
    /// <exception cref="GradException">The seed is out of range (id <c>InvalidSeed</c>).</exception>
    public NumPyRandom(BigInteger seed)
    {
        Seed = seed;
        if (seed.Sign < 0 || seed > uint.MaxValue)
        {
            throw Seeds.Invalid(seed, $"a whole number from 0 to {uint.MaxValue} for NumPy's generator");
        }

        _twister = MersenneTwister.FromNumber((uint)seed);
    }

    /// <summary><c>rand()</c>: the next number in [0, 1).</summary>
    public double NextDouble() => _twister.NextDouble();

    /// <summary><c>randn()</c>: the next standard normal number, made in pairs by Marsaglia's polar method.</summary>
    public double NextNormal()
    {
        if (_secondNormal is { } second)
        {
            _secondNormal = null;
            return second;
        }

        double x, y, square;
        do
        {
            x = 2 * NextDouble() - 1;
            y = 2 * NextDouble() - 1;
            square = x * x + y * y;
        }
        while (square >= 1 || square == 0);

        var scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _secondNormal = scale * x;
        return scale * y;
    }

    /// <summary><c>permutation(count)</c>: the numbers from 0 to count - 1, shuffled.</summary>
    /// <param name="count">How many; at least 0.</param>
    public int[] Permutation(int count)
    {
        if (count < 0)
        {
            throw new GradException("InvalidCount", $"The count is {count}; give 0 or more.");
        }

        var items = Enumerable.Range(0, count).ToArray();
        this.ShuffleInPlace<int>(items);
        return items;
    }

    /// <summary>The seed that the generator started from.</summary>
    public BigInteger Seed { get; }

    /// <inheritdoc/>
    /// <remarks>Legacy NumPy masks a draw to the bits that the largest index needs, and draws again while it is too large.</remarks>
    public int NextIndex(int bound)
    {
        Seeds.CheckBound(bound);
        var largest = (uint)(bound - 1);
        if (largest == 0)
        {
            return 0;
        }

        var mask = uint.MaxValue >> BitOperations.LeadingZeroCount(largest);
        uint draw;
        do
        {
            draw = _twister.NextUInt32() & mask;
        }
        while (draw > largest);
        return (int)draw;
    }

    /// <inheritdoc/>
    public override string ToString() => $"NumPy generator, seed {Seed}";
}
