namespace MicroGrad.Data;

/// <summary>The rows of a table that are left out because a cell is wrong.</summary>
/// <param name="numbers">The number of each row in messages.</param>
/// <param name="isOut">Which rows are left out; those found here are added.</param>
internal sealed class RowFaults(RowNumbers numbers, bool[] isOut)
{
    // The most errors that are reported one by one; all others share one.
    private const int NamedRows = 5;

    private readonly List<RowFault> _errors = [];
    private int _count;

    /// <summary>Takes the cells of a column that can't be read.</summary>
    public void Add(ColumnBuilder column)
    {
        foreach (var fault in column.Examples)
        {
            _errors.Add(new RowFault(fault.Index, fault.ToError(numbers[fault.Index], column.Name, column.Format)));
        }

        foreach (var row in column.FaultRows)
        {
            Leave(row);
        }
    }

    /// <summary>Takes the rows whose class or categories a model does not know.</summary>
    public void AddUnknown(
        ModelSchema known, IReadOnlyList<FeatureValues> features, IReadOnlyList<TargetColumn> targets, UnknownCategoryPolicy policy)
    {
        for (var f = 0; f < Math.Min(features.Count, known.Features.Count) && policy == UnknownCategoryPolicy.Error; f++)
        {
            if (features[f].Kind == ColumnKind.Category)
            {
                AddUnknownCategories(known.Features[f], features[f]);
            }
        }

        if (known.Encoding == TargetEncoding.Labels)
        {
            foreach (var label in targets)
            {
                AddUnknownLabels(label);
            }
        }
        else if (known.Classes.Count > 0 && targets is [var target])
        {
            var indexes = target.IndexesIn(known);
            for (var row = 0; row < indexes.Length; row++)
            {
                if (indexes[row] < 0 && !isOut[row])
                {
                    Take(row, () => known.UnknownClass(target.ClassAt(row), numbers[row]));
                }
            }
        }
    }

    /// <summary>The errors of the first few rows, and one for all others.</summary>
    public IReadOnlyList<RowFault> ToErrors()
    {
        if (_errors.Count == 0)
        {
            return [];
        }

        var first = _errors.OrderBy(error => error.Index).DistinctBy(error => error.Index).Take(NamedRows).ToArray();
        var rest = _count - first.Length;
        RowFault[] more = rest > 0
            ? [new RowFault(-1, new GradException(first[^1].Error.ErrorId, $"… and {MessageText.Count(rest)} more rows have cells that can't be read; they are left out too."))]
            : [];
        return [.. first, .. more];
    }

    private void AddUnknownCategories(FeatureColumn known, FeatureValues column)
    {
        var isKnown = column.Categories.Select(category => known.IndexOfCategory(category) >= 0).ToArray();
        for (var row = 0; row < column.Values.Length && isKnown.Contains(false); row++)
        {
            if (!isOut[row] && column.Values[row] is >= 0 and var code && !isKnown[(int)code])
            {
                Take(row, () => known.UnknownCategory(column.Categories[(int)code], numbers[row]));
            }
        }
    }

    private void AddUnknownLabels(TargetColumn label)
    {
        for (var row = 0; row < label.Count; row++)
        {
            if (!isOut[row] && !LabelColumns.IsLabel(label.NumberAt(row)))
            {
                Take(row, () => LabelColumns.NoLabel(label, row, numbers[row], "UnknownClass"));
            }
        }
    }

    private void Take(int row, Func<GradException> error)
    {
        if (_errors.Count < 2 * NamedRows || _errors.Count(known => known.Index < row) < NamedRows)
        {
            _errors.Add(new RowFault(row, error()));
        }

        Leave(row);
    }

    private void Leave(int row)
    {
        _count += isOut[row] ? 0 : 1;
        isOut[row] = true;
    }
}
