using System.Runtime.InteropServices;

namespace MicroGrad.Data;

/// <summary>A column of features in a table.</summary>
public sealed class FeatureValues
{
    private readonly List<double> _values;

    internal FeatureValues(string name, ColumnKind kind, List<double> values, IReadOnlyList<string> categories) =>
        (Name, Kind, _values, Categories) = (name, kind, values, categories);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>The kind of its cells.</summary>
    public ColumnKind Kind { get; }

    /// <summary>A number for each row: itself, the code of its category, or its date as <see cref="ClockTime"/> counts it; NaN where it is missing.</summary>
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The categories by their codes; empty for other kinds.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The column with some of the rows, and the categories of these rows in order of first appearance.</summary>
    internal FeatureValues Take(int[] rows)
    {
        var taken = new List<double>(rows.Length);
        if (Kind != ColumnKind.Category)
        {
            taken.AddRange(rows.Select(row => _values[row]));
            return new FeatureValues(Name, Kind, taken, []);
        }

        var places = new int[Categories.Count];
        var found = new List<string>();
        foreach (var row in rows)
        {
            if (double.IsNaN(_values[row]))
            {
                taken.Add(double.NaN);
                continue;
            }

            ref var place = ref places[(int)_values[row]];
            if (place == 0)
            {
                found.Add(Categories[(int)_values[row]]);
                place = found.Count;
            }

            taken.Add(place - 1);
        }

        return new FeatureValues(Name, Kind, taken, found);
    }
}
