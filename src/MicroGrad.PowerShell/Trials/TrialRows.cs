using System.Collections;
using System.Security.Cryptography;
using System.Text;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Trials;

/// <summary>The rows of a search with the columns that its trainings read, in types that survive serialization.</summary>
/// <param name="rows">The rows, as they came.</param>
/// <param name="layout">The columns of features, targets and weights.</param>
/// <param name="selection">How columns are found in lists of numbers.</param>
/// <param name="group">A column that says which rows stay together; null for none.</param>
/// <param name="stopping">Asked before each row.</param>
internal sealed class TrialRows(IReadOnlyList<object> rows, TableLayout layout, ColumnSelection selection, string? group, CancellationToken stopping)
{
    /// <summary>The cells of each column, by its name.</summary>
    public Hashtable Columns { get; } = ReadColumns(rows, layout, selection, group, stopping);

    public int Count => rows.Count;

    /// <summary>The rows as dictionaries, which any number of threads may read.</summary>
    public Hashtable[] ToRows()
    {
        var all = new Hashtable[Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (DictionaryEntry column in Columns)
            {
                all[i].Add(column.Key, ((object?[])column.Value!)[i]);
            }
        }

        return all;
    }

    /// <summary>Adds the cells to a hash.</summary>
    public void AddTo(IncrementalHash hash)
    {
        foreach (var name in Columns.Keys.Cast<string>().Order(StringComparer.OrdinalIgnoreCase))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\0"));
            foreach (var cell in (object?[])Columns[name]!)
            {
                hash.AppendData(Encoding.UTF8.GetBytes((cell is null ? string.Empty : Cell.Text(cell)) + "\0"));
            }
        }
    }

    private static Hashtable ReadColumns(
        IReadOnlyList<object> rows, TableLayout layout, ColumnSelection selection, string? group, CancellationToken stopping)
    {
        string[] names = [.. layout.Features, .. layout.Targets, .. layout.Weight is { } weight ? [weight] : Array.Empty<string>()];
        var columns = Array.ConvertAll(names, _ => new object?[rows.Count]);
        var cells = new object?[names.Length];
        RowLayout? shape = null;
        int[] places = [];
        for (var i = 0; i < rows.Count; i++)
        {
            stopping.ThrowIfCancellationRequested();
            if (shape?.TryRead(rows[i], i + 1, Present(places), cells) != true)
            {
                shape = RowLayout.Of(rows[i]);
                places = PlacesIn(shape, names, selection);
                shape.TryRead(rows[i], i + 1, Present(places), cells);
            }

            for (int column = 0, next = 0; column < names.Length; column++)
            {
                // Rows may have different columns.
                columns[column][i] = places[column] < 0 ? null : Portable.CellOf(cells[next++]);
            }
        }

        var read = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, column) in names.Zip(columns))
        {
            read[name] = column;
        }

        if (group is not null && !read.ContainsKey(group))
        {
            read[group] = Array.ConvertAll<string, object?>(new ColumnReader(group).ReadAll(rows, stopping), text => text);
        }

        return read;
    }

    private static int[] Present(int[] places) => Array.FindAll(places, place => place >= 0);

    private static int[] PlacesIn(RowLayout shape, string[] names, ColumnSelection selection)
    {
        if (shape is not ListLayout)
        {
            return Array.ConvertAll(names, shape.PlaceOf);
        }

        var listed = selection.InList(shape.Columns);
        return Array.ConvertAll(names, name => Array.FindIndex(listed, column => column.Name == name) is >= 0 and var found ? listed[found].Place : -1);
    }
}
