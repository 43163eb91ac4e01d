using System.Numerics;
using MicroGrad.Generators;

namespace MicroGrad;

/// <summary>
/// xorshift64* as EurekaLabs' micrograd draws from it: Vigna, "An experimental exploration of Marsaglia's xorshift
/// generators, scrambled", ACM TOMS 42 (2016). A number has 24 bits, as a float32 has.
/// </summary>
public sealed class XorShiftStar : IRandomSource
{
    private ulong _state;

    /// <summary>Seeds the generator: the seed is its first state.</summary>
    /// <param name="seed">An integer from 1 to 2^64 - 1; from 0 the generator would never leave 0.</param>
    /// <exception cref="GradException">The seed is out of range (id <c>InvalidSeed</c>).</exception>
    public XorShiftStar(BigInteger seed)
    {
        Seed = seed;
        if (seed.Sign <= 0 || seed > ulong.MaxValue)
        {
            throw Seeds.Invalid(seed, $"a whole number from 1 to {ulong.MaxValue} for the EurekaLabs generator");
        }

        _state = (ulong)seed;
    }

    /// <summary>The next number in [0, 1), a multiple of 2^-24.</summary>
    public double NextDouble() => (NextUInt32() >> 8) / 16777216.0;

    /// <summary>low + (high - low) u for the next u.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public double Uniform(double low, double high) => this.NextUniform(low, high);

    /// <summary>The seed that the generator started from.</summary>
    public BigInteger Seed { get; }

    /// <inheritdoc/>
    public int NextIndex(int bound)
    {
        Seeds.CheckBound(bound);
        return (int)(((ulong)NextUInt32() * (uint)bound) >> 32);
    }

    private uint NextUInt32()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (uint)((_state * 0x2545F4914F6CDD1DUL) >> 32);
    }

    /// <inheritdoc/>
    public override string ToString() => $"EurekaLabs generator, seed {Seed}";
}
