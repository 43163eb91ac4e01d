using System.Collections;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>Turns rows into points of a function: lists by position, named cells by the names of its parameters.</summary>
internal sealed class PointReader(GradFunction function)
{
    private RowReader? _named;
    private long _rowNumber;

    /// <summary>The rows in an argument. For a function of one number, a list of numbers is as many rows.</summary>
    public IEnumerable<object?> RowsOf(object? argument)
    {
        foreach (var row in RowSource.RowsOf(argument))
        {
            if (function is { ParameterCount: 1, TakesList: false } && row is IList list and not Array { Rank: > 1 })
            {
                foreach (var element in list)
                {
                    yield return element;
                }
            }
            else
            {
                yield return row;
            }
        }
    }

    /// <summary>The numbers of a row.</summary>
    /// <exception cref="GradException">
    /// The row is null (id <c>InvalidRow</c>), lacks a column (ids <c>FeatureNotFound</c>, <c>MissingFeature</c>) or holds
    /// what is no number (id <c>NotANumber</c>).
    /// </exception>
    public double[] Read(object? row)
    {
        _rowNumber++;
        var usable = RowSource.RequireRow(row is System.Management.Automation.PSObject { BaseObject: IList inner } ? inner : row, _rowNumber);
        if (RowSource.IsList(usable) || usable is string)
        {
            return usable is IList list ? [.. Numbers(list)] : [Number(usable)];
        }

        _named ??= new RowReader(usable, new ColumnSelection { Features = [.. function.ParameterNames] });
        var cells = _named.Read(usable, _rowNumber);
        var point = new double[cells.Length];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = Number(cells[i]);
        }

        return point;
    }

    /// <summary>The numbers of a list, and of lists and matrices in it, in order.</summary>
    private IEnumerable<double> Numbers(IList list) => list.Cast<object?>().SelectMany(cell => Wrapped.Unwrap(cell) switch
    {
        IList inner => Numbers(inner),
        GradMatrix matrix => matrix.Values.Select(value => value.Data),
        var other => [Number(other)],
    });

    private double Number(object? cell)
    {
        var value = Wrapped.Unwrap(cell);
        if (value is GradValue { Data: var data })
        {
            return data;
        }

        return Cell.TryNumber(value, out var number)
            ? number
            : throw new GradException("NotANumber", $"Row {_rowNumber} holds '{value}', where a number is expected.");
    }
}
