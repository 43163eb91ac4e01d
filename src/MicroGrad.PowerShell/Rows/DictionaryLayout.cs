using System.Collections;
using System.Collections.Specialized;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The keys of dictionaries. Unordered ones are sorted by name, so that every process reads the same order.</summary>
internal sealed class DictionaryLayout : RowLayout
{
    private readonly object[] _keys;

    /// <param name="row">A dictionary of the shape.</param>
    public DictionaryLayout(IDictionary row)
        : this(KeysOf(row))
    {
    }

    private DictionaryLayout(object[] keys)
        : base(Array.ConvertAll(keys, NameOf)) => _keys = keys;

    public override object? CellOf(object row, int place) => ((IDictionary)row)[_keys[place]];

    public override bool Fits(object row) =>
        row is IDictionary dictionary && dictionary.Count == _keys.Length && Array.TrueForAll(_keys, dictionary.Contains);

    private static string NameOf(object key) => key.ToString() ?? string.Empty;

    private static object[] KeysOf(IDictionary row)
    {
        // Names that differ only in case are one column.
        var keys = row.Keys.Cast<object>().DistinctBy(NameOf, StringComparer.OrdinalIgnoreCase);
        return [.. HasOrder(row) ? keys : keys.OrderBy(NameOf, StringComparer.OrdinalIgnoreCase).ThenBy(NameOf, StringComparer.Ordinal)];
    }

    private static bool HasOrder(IDictionary row)
    {
        var type = row.GetType();
        return row is IOrderedDictionary or SortedList
            || InheritsFrom(type, typeof(Dictionary<,>)) || InheritsFrom(type, typeof(SortedDictionary<,>)) || InheritsFrom(type, typeof(SortedList<,>));
    }

    private static bool InheritsFrom(Type? type, Type definition)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == definition)
            {
                return true;
            }
        }

        return false;
    }
}
