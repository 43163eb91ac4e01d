using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MicroGrad.Data;

/// <summary>Numbers texts in order of first appearance.</summary>
internal sealed class CategoryCodes
{
    private const int LongestShort = sizeof(ulong);
    private const int RecentCount = 64;

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];

    // Codes of short UTF-8 texts, by a hash, as columns repeat few texts.
    private readonly (ulong Key, int Length, int Code)[] _recent = new (ulong, int, int)[RecentCount];

    public CategoryCodes() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    public IReadOnlyList<string> Texts => _texts;

    public int CodeOf(ReadOnlySpan<char> text)
    {
        if (!_lookup.TryGetValue(text, out var code))
        {
            code = _texts.Count;
            var copy = text.ToString();
            _codes.Add(copy, code);
            _texts.Add(copy);
        }

        return code;
    }

    /// <summary>The code of a short text that was noted, from its UTF-8 alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRecent(ReadOnlySpan<byte> utf8, out int code)
    {
        var key = KeyOf(utf8);
        ref readonly var recent = ref _recent[PlaceOf(key)];
        code = recent.Code;
        return recent.Key == key && recent.Length == utf8.Length && !utf8.IsEmpty;
    }

    /// <summary>Notes the code of a text, if it is short.</summary>
    public void Note(ReadOnlySpan<byte> utf8, int code)
    {
        if (utf8.Length <= LongestShort)
        {
            var key = KeyOf(utf8);
            _recent[PlaceOf(key)] = (key, utf8.Length, code);
        }
    }

    /// <summary>The bytes of a short text in one number; texts of other lengths may share it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong KeyOf(ReadOnlySpan<byte> utf8) => utf8.Length switch
    {
        0 or > LongestShort => 0,
        1 => utf8[0],
        2 or 3 => BinaryPrimitives.ReadUInt16LittleEndian(utf8) | ((ulong)utf8[^1] << 16),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(utf8) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(utf8[^4..]) << 32),
    };

    private static int PlaceOf(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 58);
}
