using System.Collections;
using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// Finds the cells of named columns in rows: objects by property, dictionaries by key, lists of numbers by position. What
/// the names are is settled by the first row.
/// </summary>
internal sealed class RowReader
{
    private readonly string[] _features;
    private readonly string[] _targets;
    private readonly string? _weight;
    private readonly int? _inputCount;

    private string[] _columns = [];
    private object?[] _cells = [];

    /// <param name="features">Names or wildcards; empty for all columns that are not targets.</param>
    /// <param name="targets">Names or wildcards; empty where none is wanted.</param>
    /// <param name="inputCount">How many leading numbers of a list are features, its targets behind them; null for all.</param>
    /// <param name="weight">The column of weights, or null.</param>
    public RowReader(IReadOnlyList<string> features, IReadOnlyList<string> targets, int? inputCount, string? weight = null)
    {
        _weight = weight;
        _features = [.. features];
        _targets = [.. targets];
        _inputCount = inputCount;
    }

    /// <summary>Whether the first row has settled the names.</summary>
    public bool IsOpen => _columns.Length > 0;

    public string[] FeatureNames { get; private set; } = [];

    public string[] TargetNames { get; private set; } = [];

    public string? WeightName { get; private set; }

    /// <summary>Whether a row is a list of numbers (or a single number), which has positions instead of names.</summary>
    public static bool IsList(object row) =>
        row is not (PSObject { ImmediateBaseObject: PSCustomObject } or string or IDictionary) && (row is IList || Data.Cell.TryNumber(row, out _));

    /// <summary>
    /// The rows in an argument: a list of rows is taken apart, a list of numbers is a row of its own. What can't be a row
    /// is given as it is, for <see cref="RequireRow"/> to refuse.
    /// </summary>
    public static IEnumerable<object?> RowsOf(object? argument)
    {
        var value = Wrapped.Unwrap(argument);
        if (value is not IList list || value is Array { Rank: > 1 } || IsNumberList(list))
        {
            yield return argument is PSObject wrapped && value is PSCustomObject ? wrapped : value;
            yield break;
        }

        foreach (var element in list)
        {
            yield return element is PSObject { BaseObject: not PSCustomObject } inner ? inner.BaseObject : element;
        }
    }

    /// <summary>The row itself, unless it can't be one.</summary>
    /// <exception cref="GradException">It is null, or a block of numbers (id <c>InvalidRow</c>).</exception>
    public static object RequireRow(object? row, long number) => row switch
    {
        null => throw new GradException("InvalidRow", $"Row {number} is $null; leave it out."),
        Array { Rank: > 1 } block => throw new GradException(
            "InvalidRow",
            $"Row {number} is an array of {block.Rank} dimensions. Give an array for each row, such as @((1, 2), (3, 4))."),
        _ => row,
    };

    /// <summary>Settles the names by a row.</summary>
    /// <exception cref="GradException">A name is not among the row's columns (ids <c>FeatureNotFound</c>, <c>TargetNotFound</c>).</exception>
    public void Open(object row)
    {
        if (IsList(row))
        {
            OpenList(row is IList list ? list.Count : 1);
        }
        else
        {
            OpenNamed(ColumnsOf(row));
        }

        SetColumns();
    }

    /// <summary>Settles the names by the header of a file.</summary>
    /// <exception cref="GradException">As of <see cref="Open"/>.</exception>
    public void OpenHeader(IReadOnlyList<string> header)
    {
        OpenNamed([.. header]);
        SetColumns();
    }

    /// <summary>The places of the columns in a header.</summary>
    public int[] PlacesIn(IReadOnlyList<string> header)
    {
        var places = header.Select((name, place) => (name, place)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return Array.ConvertAll(_columns, column => places[column]);
    }

    private void OpenNamed(string[] available)
    {
        TargetNames = Resolve(_targets, available, "TargetNotFound", "target");
        WeightName = _weight is null ? null : Resolve([_weight], available, "FeatureNotFound", "weight")[0];
        FeatureNames = _features.Length == 0
            ? [.. available.Except([.. TargetNames, WeightName ?? string.Empty], StringComparer.OrdinalIgnoreCase)]
            : ResolveFeatures(available);
    }

    /// <summary>A wildcard leaves out what is predicted; a name given for both is a mistake.</summary>
    private string[] ResolveFeatures(string[] available)
    {
        string[] taken = [.. TargetNames, .. WeightName is null ? Array.Empty<string>() : [WeightName]];
        if (_features.Intersect(taken, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            throw new GradException(
                "FeatureIsTarget",
                $"The column '{both}' is named as a feature and as target or weight. A model that sees the answer learns nothing; leave it out of -Feature.");
        }

        return [.. Resolve(_features, available, "FeatureNotFound", "feature").Except(taken, StringComparer.OrdinalIgnoreCase)];
    }

    private void SetColumns()
    {
        _columns = WeightName is null ? [.. FeatureNames, .. TargetNames] : [.. FeatureNames, .. TargetNames, WeightName];
        _cells = new object?[_columns.Length];
    }

    /// <summary>The cells of a row: features, then targets. Valid until the next call.</summary>
    /// <exception cref="GradException">A column is missing, or a list is of another length (ids <c>MissingFeature</c>, <c>RaggedRow</c>).</exception>
    public ReadOnlySpan<object?> Read(object row, long number)
    {
        switch (row)
        {
            case IDictionary dictionary:
                for (var i = 0; i < _columns.Length; i++)
                {
                    _cells[i] = FindKey(dictionary, _columns[i]) is { } key
                        ? Wrapped.Unwrap(dictionary[key])
                        : throw Missing(number, _columns[i], ColumnsOf(row));
                }

                break;
            case var list when IsList(list):
                ReadList(list, number);
                break;
            default:
                for (var i = 0; i < _columns.Length; i++)
                {
                    _cells[i] = RowProperties.Find(row, _columns[i]) is { } property
                        ? ValueOf(property, number)
                        : throw Missing(number, _columns[i], ColumnsOf(row));
                }

                break;
        }

        return _cells;
    }

    /// <summary>The names of a row's columns, in order.</summary>
    public static string[] ColumnsOf(object row) => row is IDictionary dictionary
        ? [.. dictionary.Keys.Cast<object>().Select(key => key.ToString() ?? string.Empty)]
        : [.. RowProperties.Of(row).Select(property => property.Name)];

    /// <summary>What a property holds; one that computes it can fail.</summary>
    private static object? ValueOf(PSPropertyInfo property, long number)
    {
        try
        {
            return Wrapped.Unwrap(property.Value);
        }
        catch (GetValueException error)
        {
            throw new GradException("InvalidRow", $"Row {number} does not give its '{property.Name}': {error.Message}", error);
        }
    }

    private static bool IsNumberList(IList list) =>
        list.Count > 0 && Wrapped.Unwrap(list[0]) is var first && (first is string || Data.Cell.TryNumber(first, out _));

    private static object? FindKey(IDictionary dictionary, string name)
    {
        if (dictionary.Contains(name))
        {
            return name;
        }

        return dictionary.Keys.Cast<object>()
            .FirstOrDefault(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Resolve(string[] patterns, string[] available, string errorId, string role)
    {
        var names = new List<string>();
        foreach (var pattern in patterns)
        {
            var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            var exact = available.Where(name => string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase)).ToArray();
            var matches = exact.Length > 0 ? exact : Match(wildcard, available);
            if (matches.Length == 0)
            {
                throw new GradException(
                    errorId,
                    $"The rows have no column '{pattern}' for a {role}; they have {string.Join(", ", available)}.");
            }

            names.AddRange(matches.Except(names, StringComparer.OrdinalIgnoreCase));
        }

        return [.. names];
    }

    private static string[] Match(WildcardPattern wildcard, string[] names)
    {
        try
        {
            return Array.FindAll(names, wildcard.IsMatch);
        }
        catch (WildcardPatternException)
        {
            // A bracket that nobody closes matches nothing.
            return [];
        }
    }

    private static GradException Missing(long row, string column, string[] available) => new(
        "MissingFeature",
        $"Row {row} has no column '{column}'; it has {string.Join(", ", available)}. Give every row the columns of the first.");

    private void OpenList(int length)
    {
        var targets = _targets.Length > 0 ? _targets.Length : Math.Max(0, length - (_inputCount ?? length));
        FeatureNames = NamesOrNumbered(_features, Math.Max(0, length - targets), "X");
        TargetNames = _targets.Length > 0 ? _targets : targets == 1 ? ["Label"] : NamesOrNumbered([], targets, "Y");
    }

    private static string[] NamesOrNumbered(string[] names, int count, string letter) =>
        names.Length == count && count > 0 ? names : [.. Enumerable.Range(1, count).Select(i => $"{letter}{i}")];

    private void ReadList(object row, long number)
    {
        var count = row is IList items ? items.Count : 1;
        if (count != _columns.Length)
        {
            throw new GradException(
                "RaggedRow",
                $"Row {number} has {count} numbers, but {_columns.Length} are expected. Give every row the same length.");
        }

        for (var i = 0; i < count; i++)
        {
            _cells[i] = row is IList list ? Wrapped.Unwrap(list[i]) : row;
        }
    }
}
