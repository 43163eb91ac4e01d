namespace MicroGrad.Data;

/// <summary>
/// Collects rows in columns, cell by cell, and makes a table from them. A column may be added later; it is missing in earlier
/// rows. Rows end with <see cref="EndRows"/>; cells that were not given are missing.
/// </summary>
/// <param name="format">How text is read.</param>
public sealed class TableBuilder(CellFormat format)
{
    // An estimate that is too low by less than this share of it still suffices.
    private const int EstimateMargin = 32;

    private readonly List<FeatureBuilder> _features = [];
    private readonly List<TargetBuilder> _targets = [];
    private readonly List<ColumnBuilder> _columns = [];
    private readonly RowNumbers _numbers = new();

    // At this many rows the lists have to grow, unless there is room for more.
    private int _nextCheck = 1 << 12;
    private int _reserved;
    private WeightBuilder? _weight;

    /// <summary>Rows taken.</summary>
    public int Count => _numbers.Count;

    /// <summary>Estimates the number of all rows; null where nothing is known of those to come. Asked when the lists have to grow.</summary>
    public Func<double>? Estimate { get; set; }

    /// <summary>The number of a row in messages.</summary>
    /// <param name="index">Its place, from 0.</param>
    public long NumberOf(int index) => _numbers[index];

    /// <summary>The names of the columns to learn from, in the order in which they came.</summary>
    public IReadOnlyList<string> FeatureNames => [.. _features.Select(column => column.Name)];

    /// <summary>Whether there is a column to predict.</summary>
    public bool HasTarget => _targets.Count > 0;

    /// <summary>Adds a column to learn from.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">The kind of its cells; null where the cells decide.</param>
    public ColumnBuilder AddFeature(string name, ColumnKind? kind = null) => Add(_features, new FeatureBuilder(name, kind, format));

    /// <summary>Adds a column to predict.</summary>
    public ColumnBuilder AddTarget(string name) => Add(_targets, new TargetBuilder(name, format));

    /// <summary>Adds the column of weights.</summary>
    public ColumnBuilder AddWeight(string name)
    {
        _weight = new WeightBuilder(name, format);
        _columns.Add(_weight);
        return _weight;
    }

    /// <summary>The column for the next cell, with missing cells for rows that came without it.</summary>
    public ColumnBuilder CellOf(ColumnBuilder column)
    {
        if (column.Count < Count)
        {
            column.PadTo(Count);
        }

        return column;
    }

    /// <summary>Ends a row, or more that follow one another.</summary>
    /// <param name="number">The first one's number in messages, from 1.</param>
    /// <param name="count">How many rows there are.</param>
    /// <exception cref="GradException">Twice as many rows do not fit the memory (id <c>RowsTooLarge</c>).</exception>
    public void EndRows(long number, int count = 1)
    {
        _numbers.Add(number, count);
        if (Count >= _nextCheck)
        {
            _nextCheck *= 2;
            RequireMemory(Count, _columns.Count, _targets.Count);
            Reserve(Estimate?.Invoke() ?? 0);
        }
    }

    /// <summary>Refuses to read on where lists for twice as many rows do not fit the memory.</summary>
    internal static void RequireMemory(int rows, int columns, int targets) => MemoryBudget.Require(
        2L * rows,
        2 * SizeOf(rows, columns, targets),
        "RowsTooLarge",
        $"{rows} rows of {columns} columns came in, and room for twice as many takes");

    /// <summary>The table of all rows so far, without those that can't be used.</summary>
    /// <exception cref="GradException">
    /// A column can't be learnt from (ids <c>EmptyColumn</c>, <c>TextColumn</c>, <c>TextDates</c>, <c>DecimalComma</c>, <c>DecimalPoint</c>,
    /// <c>ThousandsSeparator</c>, <c>NumberWithUnit</c>, <c>NotADate</c>, <c>AmbiguousDate</c>, <c>NumberForDate</c>, <c>ObjectColumn</c>, <c>FailingColumn</c>, <c>UnreadableColumn</c>).
    /// </exception>
    public SampleTable Build(TableRules rules)
    {
        foreach (var column in _columns)
        {
            column.PadTo(Count);
        }

        TargetColumn[] targets = [.. _targets.Select(target => target.Finish(AreClasses(rules), rules.OutputCount))];
        ColumnFaults.Throw(_columns, Count, isKnown: rules.Known is not null, areGapsErrors: rules.MissingValue == MissingValuePolicy.Error);

        FeatureValues[] features =
            [.. _features.Select(column => new FeatureValues(column.Name, column.Kind ?? ColumnKind.Number, column.Values, column.Categories))];
        var isOut = new bool[Count];
        var faults = new RowFaults(_numbers, isOut);
        foreach (var column in _columns)
        {
            faults.Add(column);
        }

        var missing = new MissingRows(_numbers, isOut);
        MarkMissing(missing, targets, rules.MissingValue);
        if (rules.Known is { } known)
        {
            faults.AddUnknown(known, features, targets, rules.UnknownCategory);
        }

        var rows = Array.IndexOf(isOut, true) < 0 ? null : Enumerable.Range(0, Count).Where(row => !isOut[row]).ToArray();
        return new SampleTable(
            new TableLayout([.. _features.Select(column => column.Name)], [.. _targets.Select(column => column.Name)], _weight?.Name),
            rows is null ? features : [.. features.Select(column => column.Take(rows))],
            rows is null ? targets : [.. targets.Select(column => column.Take(rows))],
            WeightsOf(rows),
            rows?.Length ?? Count,
            rules.MissingValue,
            missing.Names)
        {
            MissingMarks = format.MissingMarks,
            MissingCount = missing.Count,
            Faults = faults.ToErrors(),
            Places = rows,
        };
    }

    /// <summary>The bytes that the lists take.</summary>
    private static double SizeOf(double rows, int columns, int targets) => rows * (columns * sizeof(double) + targets * sizeof(int));

    /// <summary>Makes room for an estimated number of rows, if it fits: lists that double would be copied and touch more memory.</summary>
    private void Reserve(double estimate)
    {
        var rows = estimate + (estimate / EstimateMargin);
        if (estimate <= Math.Max(_reserved, Count) || rows > Array.MaxLength || !MemoryBudget.Fits(SizeOf(rows, _columns.Count, _targets.Count)))
        {
            return;
        }

        _reserved = (int)rows;
        foreach (var column in _columns)
        {
            column.Reserve(_reserved);
        }
    }

    private TColumn Add<TColumn>(List<TColumn> columns, TColumn column)
        where TColumn : ColumnBuilder
    {
        columns.Add(column);
        _columns.Add(column);
        return column;
    }

    private bool? AreClasses(TableRules rules) =>
        rules.Known is { } known ? known.HasClasses
        : _targets.Count > 1 ? false
        : rules.TargetsAreClasses;

    private double[] WeightsOf(int[]? rows)
    {
        if (_weight is null)
        {
            return [];
        }

        return rows is null ? [.. _weight.Values] : [.. rows.Select(row => _weight.Values[row])];
    }

    private void MarkMissing(MissingRows missing, TargetColumn[] targets, MissingValuePolicy policy)
    {
        if (policy != MissingValuePolicy.Mean)
        {
            foreach (var column in _features)
            {
                missing.Add(column, row => double.IsNaN(column.Values[row]));
            }
        }

        for (var t = 0; t < targets.Length; t++)
        {
            missing.Add(_targets[t], targets[t].IsMissing);
        }

        if (_weight is not null)
        {
            missing.Add(_weight, row => double.IsNaN(_weight.Values[row]));
        }
    }
}
