namespace MicroGrad.Data;

/// <summary>Numbers texts in order of first appearance.</summary>
internal sealed class CategoryCodes
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];

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
}
