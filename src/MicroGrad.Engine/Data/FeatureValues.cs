using System.Runtime.InteropServices;

namespace MicroGrad.Data;

/// <summary>A column of features in a table.</summary>
/// <param name="name">The column's name.</param>
/// <param name="kind">The kind of its cells.</param>
/// <param name="values">A number for each row: itself, the code of its category, or its date as <see cref="ClockTime"/> counts it; NaN where it is missing.</param>
/// <param name="categories">The categories by their codes; empty for other kinds.</param>
internal sealed class FeatureValues(string name, ColumnKind kind, List<double> values, IReadOnlyList<string> categories)
{
    public string Name { get; } = name;

    public ColumnKind Kind { get; } = kind;

    /// <summary>A number for each row.</summary>
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(values);

    /// <summary>The categories by their codes; empty for other kinds.</summary>
    public IReadOnlyList<string> Categories { get; } = categories;

    /// <summary>The column with some of the rows, and the categories of these rows in order of first appearance.</summary>
    public FeatureValues Take(int[] rows)
    {
        var taken = new List<double>(rows.Length);
        if (Kind != ColumnKind.Category)
        {
            taken.AddRange(rows.Select(row => values[row]));
            return new FeatureValues(Name, Kind, taken, []);
        }

        var places = new int[Categories.Count];
        var found = new List<string>();
        foreach (var row in rows)
        {
            if (double.IsNaN(values[row]))
            {
                taken.Add(double.NaN);
                continue;
            }

            ref var place = ref places[(int)values[row]];
            if (place == 0)
            {
                found.Add(Categories[(int)values[row]]);
                place = found.Count;
            }

            taken.Add(place - 1);
        }

        return new FeatureValues(Name, Kind, taken, found);
    }
}
