using System.Management.Automation;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// Which columns of rows are read, in which roles and as which kinds: from a cmdlet's parameters and the columns of its model.
/// </summary>
internal sealed record ColumnSelection
{
    /// <summary>Names or wildcards of the columns to learn from; empty for all that have no other role.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The names that columns have here, by the names that they have in the rows. Other columns keep their names.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>Names or wildcards of the columns to predict; empty where none is wanted.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The column of weights, or null.</summary>
    public string? Weight { get; init; }

    /// <summary>Names or wildcards of features that hold categories.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Names or wildcards of features that hold dates as text.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>How many leading numbers of a list are features, its targets behind them; null for all.</summary>
    public int? ListInputs { get; init; }

    /// <summary>The columns of the model; null where it has no names for them.</summary>
    public ModelSchema? Known { get; init; }

    /// <summary>The columns that a model reads and predicts; those of the rows where it has no names for them.</summary>
    /// <param name="schema">What the model's inputs and outputs mean, or null.</param>
    /// <param name="inputCount">How many inputs it has; null where that is open.</param>
    public static ColumnSelection Of(ModelSchema? schema, int? inputCount) => new()
    {
        Features = schema?.FeatureNames ?? [],
        Targets = schema?.TargetNames ?? [],
        ListInputs = schema?.Features.Count ?? inputCount,
        Known = schema,
    };

    /// <summary>The columns that are read of rows with named columns: features, targets, then the weight.</summary>
    /// <exception cref="GradException">
    /// A column has two roles, or the model has other columns (ids <c>FeatureIsTarget</c>, <c>ColumnsDiffer</c>).
    /// </exception>
    public SelectedColumn[] In(string[] columns)
    {
        var names = NamesOf(columns);
        columns = [.. names.OfType<string>()];
        var targets = Match(Targets, columns);
        string[] weight = Weight is null ? [] : [.. Match([Weight], columns).Take(1)];
        string[] taken = [.. targets, .. weight];
        if (Features.Intersect(taken, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            throw new GradException(
                "FeatureIsTarget",
                $"The column '{both}' is named as a feature and as target or weight. A model that sees the answer learns nothing; leave it out of -Feature."
                + (Renamed.Values.Contains(both, StringComparer.OrdinalIgnoreCase) ? $" A target that goes by another name in the rows is named with -Target {GivenName(both)}." : string.Empty));
        }

        // A wildcard leaves out what is predicted.
        var features = InKnownOrder([.. (Features.Count == 0 ? columns : Match(Features, columns)).Except(taken, StringComparer.OrdinalIgnoreCase)]);
        return
        [
            .. features.Select(name => new SelectedColumn(Array.IndexOf(names, name), name, ColumnRole.Feature, KindOf(name))),
            .. targets.Select(name => new SelectedColumn(Array.IndexOf(names, name), name, ColumnRole.Target)),
            .. weight.Select(name => new SelectedColumn(Array.IndexOf(names, name), name, ColumnRole.Weight)),
        ];
    }

    /// <summary>The columns that are read of lists of numbers: the last are the targets, unless they are named by X1, X2 and so on.</summary>
    public SelectedColumn[] InList(string[] columns)
    {
        if (Targets.Count > 0 && Targets.All(target => Match([target], columns).Length > 0))
        {
            return In(columns);
        }

        var targetCount = Targets.Count > 0 ? Targets.Count : Math.Max(0, columns.Length - (ListInputs ?? columns.Length));
        if (targetCount > columns.Length)
        {
            throw new GradException(
                "RaggedRow", $"A row has {columns.Length} numbers, but {targetCount} targets are expected behind its features. Give every row its features and targets.");
        }

        var featureCount = columns.Length - targetCount;
        var names = NamesInList(columns[..featureCount]);
        var features = Known?.Features.Count == featureCount ? InKnownOrder(names) : names;
        var targets = Targets.Count > 0 ? Targets : targetCount == 1 ? ["Label"] : ListLayout.Numbered("Y", targetCount);
        return
        [
            .. features.Select(name => new SelectedColumn(Array.IndexOf(names, name), name, ColumnRole.Feature, KindOf(name))),
            .. targets.Select((name, i) => new SelectedColumn(featureCount + i, name, ColumnRole.Target)),
        ];
    }

    /// <summary>Refuses names that no row has.</summary>
    /// <param name="columns">The columns that rows have.</param>
    /// <param name="features">The features that are read of them.</param>
    /// <exception cref="GradException">There is such a name (ids <c>FeatureNotFound</c>, <c>TargetNotFound</c>, <c>WrongDelimiter</c>).</exception>
    public void RequireFound(string[] columns, IReadOnlyList<string> features)
    {
        RequireGiven(columns);
        RequireMatch(Targets, columns, "TargetNotFound", "target");
        RequireMatch(Weight is null ? [] : [Weight], columns, "FeatureNotFound", "weight");
        RequireRead(columns, features);
    }

    /// <summary>The same for features alone.</summary>
    public void RequireFeatures(string[] columns, IReadOnlyList<string> features)
    {
        RequireGiven(columns);
        RequireRead(columns, features);
    }

    /// <summary>The name in the rows of a column that is named here.</summary>
    public string GivenName(string name) =>
        Renamed.FirstOrDefault(pair => string.Equals(pair.Value, name, StringComparison.OrdinalIgnoreCase)).Key ?? name;

    private void RequireRead(string[] columns, IReadOnlyList<string> features)
    {
        RequireMatch(Features, columns, "FeatureNotFound", "feature");
        RequireFeature(Categorical, features, "as categorical");
        RequireFeature(Dates, features, "as a date");
    }

    /// <summary>Refuses a table of names that the rows lack, or with both names in the wrong order.</summary>
    private void RequireGiven(string[] columns)
    {
        foreach (var (own, known) in Renamed)
        {
            if (columns.Contains(own, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            throw Known?.FeatureNames.Contains(own, StringComparer.OrdinalIgnoreCase) == true && columns.Contains(known, StringComparer.OrdinalIgnoreCase)
                ? new GradException(
                    "FeatureNotFound", $"The table gives '{known}' the column '{own}', but the model knows '{own}' and the rows have '{known}'. The name that the model knows comes first: @{{ '{own}' = '{known}' }}.")
                : NotFound(own, columns, "FeatureNotFound", $"feature '{known}'");
        }
    }

    /// <summary>The name that each column goes by; null for one whose name another column was given.</summary>
    private string?[] NamesOf(string[] columns) => Renamed.Count == 0
        ? columns
        : Array.ConvertAll(columns, column =>
            Renamed.TryGetValue(column, out var known) ? known
            : Renamed.Values.Contains(column, StringComparer.OrdinalIgnoreCase) ? null
            : column);

    /// <summary>The names of a list's features: those that are given, in the order of the numbers, or X1, X2 and so on.</summary>
    private string[] NamesInList(string[] columns)
    {
        string[] known = [.. Known?.FeatureNames ?? []];
        string[] names = Features.Any(WildcardPattern.ContainsWildcardCharacters) ? Match(Features, Known is null ? columns : known) : [.. Features];
        if (names.Length == columns.Length && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length)
        {
            return names;
        }

        return names.Length == 0 || names.SequenceEqual(known)
            ? columns
            : throw new GradException(
                "FeatureNotFound", $"The features {MessageText.Shorten(names)} were named for rows of {columns.Length} numbers. Name each number once, in their order.");
    }

    /// <summary>Columns that a model knows go by name: their order is the model's.</summary>
    private string[] InKnownOrder(string[] features)
    {
        if (Known is null)
        {
            return features;
        }

        var known = Known.FeatureNames;
        string[] others = [.. features.Except(known, StringComparer.OrdinalIgnoreCase)];
        return others.Length == 0
            ? [.. known.SelectMany(name => features.Where(feature => string.Equals(feature, name, StringComparison.OrdinalIgnoreCase)))]
            : throw new GradException(
                "ColumnsDiffer",
                $"The model knows the columns {MessageText.Shorten(known)}, but was given {MessageText.Shorten(others)}. "
                + $"Give the columns that it knows; where it is the same under another name, say so with -Feature @{{ '{known.Except(features, StringComparer.OrdinalIgnoreCase).FirstOrDefault(known[0])}' = '{others[0]}' }}.");
    }

    private void RequireMatch(IReadOnlyList<string> patterns, string[] columns, string errorId, string role)
    {
        string[] names = [.. NamesOf(columns).OfType<string>()];
        if (patterns.FirstOrDefault(pattern => Match([pattern], names).Length == 0) is { } missing)
        {
            throw NotFound(missing, columns, errorId, role);
        }
    }

    private GradException NotFound(string missing, string[] columns, string errorId, string role)
    {
        if (columns is [var only] && only.IndexOfAny([';', '\t', '|', ',']) is >= 0 and var at)
        {
            return new GradException(
                "WrongDelimiter",
                $"The rows have no column '{missing}' for a {role}, but a single one, '{MessageText.Excerpt(only)}'; it looks as if {(only[at] == '\t' ? "a tab" : $"'{only[at]}'")} stood between columns.");
        }

        if (columns.Contains("FullName") && columns.Contains("LastWriteTime"))
        {
            return new GradException(
                errorId, $"The rows are files, which have no column '{missing}' for a {role}. To read what is in a file, use Import-Csv, or -Path where the cmdlet reads files.");
        }

        // Columns that have another name in the rows are described with it.
        var told = columns.Select(column => Renamed.TryGetValue(column, out var known) ? $"{column} (given as {known})" : column).ToArray();
        var others = columns.Except(Match([.. Features, .. Targets], columns));
        return new GradException(errorId, $"The rows have no column '{missing}' for a {role}; they have {MessageText.Shorten(told)}.{Spelling.DidYouMean(missing, others)}");
    }

    /// <summary>The columns that names or wildcards mean, among those of a model.</summary>
    /// <exception cref="GradException">A name is none of them (id <c>FeatureNotFound</c>).</exception>
    public static string[] Choose(IReadOnlyList<string> patterns, IReadOnlyList<string> features)
    {
        RequireFeature(patterns, features, "to be shown");
        return Match(patterns, [.. features]);
    }

    private static void RequireFeature(IReadOnlyList<string> patterns, IReadOnlyList<string> features, string role)
    {
        if (patterns.FirstOrDefault(pattern => Match([pattern], [.. features]).Length == 0) is { } unknown)
        {
            throw new GradException(
                "FeatureNotFound", $"'{unknown}' is named {role}, but is none of the features ({MessageText.Shorten(features)}).{Spelling.DidYouMean(unknown, features)}");
        }
    }

    /// <summary>The kind of a feature's cells where it is known: from the model, or by -Categorical and -Date.</summary>
    private ColumnKind? KindOf(string feature) =>
        Known?.Features.FirstOrDefault(column => string.Equals(column.Name, feature, StringComparison.OrdinalIgnoreCase)) is { } known ? known.Kind
        : Match(Categorical, [feature]).Length > 0 ? ColumnKind.Category
        : Match(Dates, [feature]).Length > 0 ? ColumnKind.Date
        : null;

    /// <summary>The columns that names or wildcards mean, in their order, each once.</summary>
    private static string[] Match(IReadOnlyList<string> patterns, string[] columns)
    {
        var names = new List<string>();
        foreach (var pattern in patterns)
        {
            var exact = Array.FindAll(columns, name => string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase));
            var matches = exact.Length > 0 ? exact : MatchWildcard(pattern, columns);
            names.AddRange(matches.Except(names, StringComparer.OrdinalIgnoreCase));
        }

        return [.. names];
    }

    private static string[] MatchWildcard(string pattern, string[] names)
    {
        try
        {
            return WildcardPattern.ContainsWildcardCharacters(pattern)
                ? Array.FindAll(names, WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch)
                : [];
        }
        catch (WildcardPatternException)
        {
            // An unclosed bracket matches nothing.
            return [];
        }
    }
}
