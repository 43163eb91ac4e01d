namespace MicroGrad.Data;

/// <summary>Rows that can be learnt from, column by column: features as numbers, targets as numbers or classes.</summary>
public sealed class SampleTable
{
    // Among fewer rows, texts may all differ by chance.
    private const int FewestRare = 10;

    private readonly IReadOnlyList<string> _missing;

    internal SampleTable(
        TableLayout layout, IReadOnlyList<FeatureValues> features, IReadOnlyList<TargetColumn> targets, double[] weights, int count, MissingValuePolicy policy, IReadOnlyList<string> missing)
    {
        (Layout, Features, Targets, Weights, Count, MissingValue) = (layout, features, targets, weights, count, policy);
        _missing = missing;
    }

    /// <summary>The names of the columns.</summary>
    public TableLayout Layout { get; }

    /// <summary>The columns to learn from, in order.</summary>
    public IReadOnlyList<FeatureValues> Features { get; }

    /// <summary>The columns to predict, in order.</summary>
    public IReadOnlyList<TargetColumn> Targets { get; }

    /// <summary>A weight for each row; empty without a column of weights.</summary>
    internal IReadOnlyList<double> Weights { get; }

    /// <summary>The rows taken.</summary>
    public int Count { get; }

    /// <summary>What becomes of rows with missing values.</summary>
    public MissingValuePolicy MissingValue { get; }

    /// <summary>The marks of missing values in text; null for the usual marks.</summary>
    public IReadOnlyList<string>? MissingMarks { get; init; }

    /// <summary>Rows left out because something was missing.</summary>
    internal int MissingCount { get; init; }

    /// <summary>The warning where more than a tenth of the rows are left out; null where fewer are.</summary>
    public string? ManyMissing => MissingValue == MissingValuePolicy.Skip && 10L * MissingCount > MissingCount + Count
        ? $"{MessageText.Count(MissingCount)} of {MessageText.Count(MissingCount + Count)} rows are left out, because something is missing in them: {NamedMissing()}."
        : null;

    /// <summary>A warning for each column of categories or classes that hardly repeat, such as names and ids.</summary>
    public IEnumerable<string> RareTexts => Features
        .Where(feature => AreRare(feature.Categories.Count))
        .Select(feature =>
            $"The column '{feature.Name}' has {MessageText.Count(feature.Categories.Count)} different texts in {MessageText.Count(Count)} rows. "
            + "Each becomes an input of its own, and any other text is unknown to the model: leave the column out if it holds names or ids.")
        .Concat(Targets
            .Where(target => target.AreClasses && AreRare(target.Classes().Count))
            .Select(target =>
                $"The target '{target.Name}' has {MessageText.Count(target.Classes().Count)} different classes in {MessageText.Count(Count)} rows. "
                + "What hardly repeats can't be learnt; is it another column that is meant?"));

    /// <summary>Errors of rows that are left out because a cell is wrong: of the first few by row, and of all others together.</summary>
    public IReadOnlyList<RowFault> Faults { get; init; } = [];

    /// <summary>The place of each row among those that came in; null where all are taken.</summary>
    public IReadOnlyList<int>? Places { get; init; }

    /// <summary>Whether a feature is missing in a row and was replaced.</summary>
    internal bool IsFilled(int row) => Features.Any(feature => double.IsNaN(feature.Values[row]));

    /// <summary>The numbers of all targets of some rows, row by row, in the units of their columns.</summary>
    public double[] TargetNumbers(IEnumerable<int> rows) => [.. rows.SelectMany(row => Targets.Select(target => target.NumberAt(row)))];

    /// <summary>Refuses to go on where rows with missing values are an error.</summary>
    /// <exception cref="GradException">There are such rows (id <c>MissingValue</c>): how many, and the first of them.</exception>
    public void RequireComplete()
    {
        if (MissingCount == 0 || MissingValue == MissingValuePolicy.Skip)
        {
            return;
        }

        throw new GradException(
            "MissingValue",
            $"{MissingCount} of {MissingCount + Count} rows {(MissingCount == 1 ? "has" : "have")} missing values: {NamedMissing()}"
            + (MissingValue == MissingValuePolicy.Mean ? ". A missing target or weight has no mean." : "."));
    }

    private bool AreRare(int texts) => texts >= FewestRare && 2L * texts > Count;

    private string NamedMissing() => string.Join(", ", _missing) + (MissingCount > _missing.Count ? ", …" : "");
}
