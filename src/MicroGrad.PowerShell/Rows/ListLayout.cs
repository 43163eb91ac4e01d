using System.Collections;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The positions of lists of numbers: X1, X2 and so on.</summary>
internal sealed class ListLayout(int length) : RowLayout(Numbered("X", length))
{
    /// <summary>Names such as X1, X2, X3.</summary>
    public static string[] Numbered(string letter, int count) => [.. Enumerable.Range(1, count).Select(i => $"{letter}{i}")];

    /// <summary>How many numbers a row has.</summary>
    public static int LengthOf(object row) => row is IList list ? list.Count : 1;

    public override object? CellOf(object row, int place) => row is IList list ? list[place] : row;

    public override bool Fits(object row) => RowSource.IsList(row) && LengthOf(row) == Columns.Length;
}
