using System.Numerics;
using MicroGrad.Generators;

namespace MicroGrad;

/// <summary>
/// Python's <c>random</c> module, draw for draw: MT19937 seeded by the 32-bit words of an integer of any size.
/// </summary>
public sealed class PythonRandom : IRandomSource
{
    private readonly MersenneTwister _twister;
    private double? _secondGauss;

    /// <summary>Seeds the generator as <c>random.seed(seed)</c> does.</summary>
    /// <param name="seed">A non-negative integer of any size.</param>
    /// <exception cref="GradException">The seed is negative (id <c>InvalidSeed</c>).</exception>
    public PythonRandom(BigInteger seed)
    {
        Seed = seed;
        if (seed.Sign < 0)
        {
            throw Seeds.Invalid(seed, "a whole number from 0 on");
        }

        // The words of the seed from the lowest on; zero is one word.
        var bytes = seed.ToByteArray(isUnsigned: true);
        var key = new uint[Math.Max(1, (bytes.Length + 3) / 4)];
        for (var i = 0; i < bytes.Length; i++)
        {
            key[i / 4] |= (uint)bytes[i] << (8 * (i % 4));
        }

        _twister = MersenneTwister.FromKey(key);
    }

    /// <summary><c>random()</c>: the next number in [0, 1).</summary>
    public double NextDouble() => _twister.NextDouble();

    /// <summary><c>uniform(low, high)</c>.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public double Uniform(double low, double high) => this.NextUniform(low, high);

    /// <summary><c>gauss(mean, deviation)</c>: normal draws, made in pairs by Box and Muller's method.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    public double Gauss(double mean = 0, double deviation = 1)
    {
        var z = _secondGauss;
        _secondGauss = null;
        if (z is null)
        {
            var angle = NextDouble() * Math.Tau;
            var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
            z = Math.Cos(angle) * radius;
            _secondGauss = Math.Sin(angle) * radius;
        }

        return mean + z.Value * deviation;
    }

    /// <summary><c>shuffle</c>: a shuffled copy.</summary>
    /// <param name="items">What to shuffle.</param>
    public object[] Shuffle(object[] items)
    {
        GradException.ThrowIfNull(items, "a list");
        var copy = (object[])items.Clone();
        this.ShuffleInPlace<object>(copy);
        return copy;
    }

    /// <summary><c>choices(items, weights, k=count)</c>: draws with replacement, each item as often as its weight says.</summary>
    /// <param name="items">What to draw from; at least one.</param>
    /// <param name="weights">A weight for each item, 0 or more and not all 0; null where all weigh the same.</param>
    /// <param name="count">How many to draw.</param>
    /// <exception cref="GradException">There is nothing to draw from, or the weights do not fit (id <c>InvalidWeight</c>).</exception>
    public object[] Choices(object[] items, double[]? weights = null, int count = 1)
    {
        GradException.ThrowIfNull(items, "a list");
        var drawn = new object[Math.Max(0, count)];
        if (weights is null)
        {
            if (items.Length == 0)
            {
                throw new GradException("InvalidWeight", "There are no items to draw from; give at least one.");
            }

            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = items[(int)(NextDouble() * items.Length)];
            }

            return drawn;
        }

        var ends = RunningSums(items.Length, weights);
        for (var i = 0; i < drawn.Length; i++)
        {
            // The first item whose end lies above the draw, as bisect finds it.
            var at = NextDouble() * ends[^1];
            var place = Array.FindIndex(ends, end => end > at);
            drawn[i] = items[place < 0 ? items.Length - 1 : place];
        }

        return drawn;
    }

    /// <summary>The seed that the generator started from.</summary>
    public BigInteger Seed { get; }

    /// <inheritdoc/>
    /// <remarks>CPython's <c>_randbelow</c>: as many bits as the bound has, drawn again while they are too large.</remarks>
    public int NextIndex(int bound)
    {
        Seeds.CheckBound(bound);
        var bits = 32 - BitOperations.LeadingZeroCount((uint)bound);
        uint draw;
        do
        {
            draw = _twister.NextUInt32() >> (32 - bits);
        }
        while (draw >= (uint)bound);
        return (int)draw;
    }

    private static double[] RunningSums(int items, double[] weights)
    {
        if (items == 0 || weights.Length != items)
        {
            throw new GradException("InvalidWeight", $"There are {weights.Length} weights for {items} items; give one for each.");
        }

        var ends = new double[items];
        double sum = 0;
        for (var i = 0; i < items; i++)
        {
            sum += weights[i] >= 0 ? weights[i] : double.NaN;
            ends[i] = sum;
        }

        return sum > 0 && double.IsFinite(sum)
            ? ends
            : throw new GradException("InvalidWeight", "Weights must be 0 or positive numbers, and not all 0.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"Python generator, seed {Seed}";
}
