namespace MicroGrad.Generators;

/// <summary>
/// MT19937: Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudorandom number
/// generator", ACM TOMACS 8 (1998), with the two ways of seeding of their 2002 revision. Python and NumPy both draw from
/// it and differ in the seeding.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    private MersenneTwister()
    {
    }

    /// <summary>Seeding by one 32-bit number (Knuth's linear congruence), as NumPy's RandomState uses it.</summary>
    public static MersenneTwister FromNumber(uint seed)
    {
        var twister = new MersenneTwister();
        var state = twister._state;
        state[0] = seed;
        for (var i = 1; i < Size; i++)
        {
            state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + (uint)i;
        }

        return twister;
    }

    /// <summary>Seeding by a key of 32-bit words, as CPython's random.seed uses it for an integer of any size.</summary>
    public static MersenneTwister FromKey(ReadOnlySpan<uint> key)
    {
        var twister = FromNumber(19650218u);
        var state = twister._state;
        var (i, j) = (1, 0);
        for (var k = Math.Max(Size, key.Length); k > 0; k--)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525u)) + key[j] + (uint)j;
            j = (j + 1) % key.Length;
            i = Wrap(state, i + 1);
        }

        for (var k = Size - 1; k > 0; k--)
        {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941u)) - (uint)i;
            i = Wrap(state, i + 1);
        }

        state[0] = 0x80000000u;
        return twister;
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Size)
        {
            Refill();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    /// <summary>The next number in [0, 1) with 53 bits: 27 of one draw and 26 of the next.</summary>
    public double NextDouble()
    {
        var high = NextUInt32() >> 5;
        var low = NextUInt32() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private static int Wrap(uint[] state, int i)
    {
        if (i < Size)
        {
            return i;
        }

        state[0] = state[Size - 1];
        return 1;
    }

    private void Refill()
    {
        for (var k = 0; k < Size; k++)
        {
            var y = (_state[k] & 0x80000000u) | (_state[(k + 1) % Size] & 0x7fffffffu);
            _state[k] = _state[(k + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0dfu);
        }

        _next = 0;
    }
}
