using System.Runtime.InteropServices;

namespace MicroGrad.Data;

/// <summary>Numbers texts in order of first appearance.</summary>
internal sealed class CategoryCodes
{
    private const int ShortLength = sizeof(ulong) - 1;
    private const int RecentCount = 64;

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];

    // Codes of short UTF-8 texts, by a hash, as columns repeat few texts.
    private readonly (ulong Key, int Code)[] _recent = new (ulong, int)[RecentCount];

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
    public bool TryRecent(ReadOnlySpan<byte> utf8, out int code)
    {
        var key = KeyOf(utf8);
        var recent = _recent[PlaceOf(key)];
        code = recent.Code;
        return key != 0 && recent.Key == key;
    }

    /// <summary>Notes the code of a text.</summary>
    public void Note(ReadOnlySpan<byte> utf8, int code)
    {
        var key = KeyOf(utf8);
        _recent[PlaceOf(key)] = (key, code);
    }

    /// <summary>The bytes of a short text and its length in one number; 0 for none.</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > ShortLength)
        {
            return 0;
        }

        ulong key = 0;
        utf8.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref key)));
        return (key << 8) | (uint)utf8.Length;
    }

    private static int PlaceOf(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 58);
}
