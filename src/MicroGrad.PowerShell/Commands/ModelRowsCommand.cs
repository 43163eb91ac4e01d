using System.Globalization;
using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// What all cmdlets share that take rows for a model: which columns the rows have, what they are, and how text in them is
/// read.
/// </summary>
public abstract class ModelRowsCommand : CancellableCommand
{
    private RowCollector? _rows;

    /// <summary>
    /// The columns that the model reads; wildcards allowed. A table such as @{ Known = 'Given' } names columns that the rows have
    /// under other names. Without it: the model's own, or all that are not targets.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ColumnName(IsList = true)]
    [ValidateNotNull]
    public object[] Feature { get; set; } = [];

    /// <summary>The column or columns to predict; wildcards allowed. Without it: the model's own.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ColumnName(IsList = true)]
    [ValidateNotNull]
    public string[] Target { get; set; } = [];

    /// <summary>Features that hold categories instead of numbers: each category becomes an input. Wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ColumnName(IsList = true)]
    [ValidateNotNull]
    public string[] Categorical { get; set; } = [];

    /// <summary>Features that hold dates as text. Wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ColumnName(IsList = true)]
    [ValidateNotNull]
    public string[] Date { get; set; } = [];

    /// <summary>What becomes of rows with missing values; without it, what the model was made or trained with.</summary>
    [Parameter]
    [Choice]
    public MissingValuePolicy MissingValue { get; set; }

    /// <summary>What stands for a missing value besides an empty cell; without it, in columns of numbers and dates: NA, N/A, NaN, null, ?, - and #N/A.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] MissingMark { get; set; } = [];

    /// <summary>The culture of numbers and dates in text, such as de-DE; without it, numbers have a point, and dates such as 2025-04-30 are read.</summary>
    [Parameter]
    [CultureName]
    public CultureInfo? Culture { get; set; }

    /// <summary>The model that the rows are for; null where there is none yet.</summary>
    private protected abstract Mlp? RowModel { get; }

    /// <summary>The column of weights, or null.</summary>
    private protected virtual string? RowWeight => null;

    /// <summary>Whether the rows themselves are kept, for <see cref="KeptRows"/>.</summary>
    private protected virtual bool KeepsRows => false;

    /// <summary>The rows so far.</summary>
    private protected RowCollector Rows => _rows ??= NewRows();

    /// <summary>How text in cells is read.</summary>
    private protected CellFormat RowFormat => new(Culture, IsGiven(nameof(MissingMark)) ? MissingMark : RowModel?.Schema?.MissingMarks);

    /// <summary>What becomes of rows with missing values.</summary>
    private protected MissingValuePolicy RowPolicy =>
        IsGiven(nameof(MissingValue)) ? MissingValue : TableRules.PolicyOf(RowModel?.Schema);

    /// <summary>The columns that the model reads.</summary>
    private protected virtual IReadOnlyList<string> RowFeatures => GivenFeatures.Among(RowModel?.FeatureNames ?? []);

    /// <summary>The argument of -Feature.</summary>
    /// <exception cref="GradException">A table of other names is wrong (id <c>InvalidFeature</c>).</exception>
    private protected FeatureNames GivenFeatures => new(Feature);

    /// <summary>The columns to predict.</summary>
    private protected virtual IReadOnlyList<string> RowTargets => RowModel?.Schema?.TargetNames is { } known && (Target.Length == 0 || IsOrderOf(known)) ? known : Target;

    /// <summary>What becomes of rows with a category that the model does not know.</summary>
    private protected virtual UnknownCategoryPolicy RowUnknownCategory => UnknownCategoryPolicy.Error;

    /// <summary>Which columns of the rows are read.</summary>
    /// <exception cref="GradException">A table of other names is wrong (id <c>InvalidFeature</c>).</exception>
    private protected ColumnSelection RowSelection => ColumnSelection.Of(RowModel?.Schema, RowModel?.InputCount) with
    {
        Features = RowFeatures,
        Renamed = GivenFeatures.Renamed,
        Targets = RowTargets,
        Weight = RowWeight,
        Categorical = Categorical,
        Dates = Date,
    };

    /// <summary>Whether the targets that were given are the model's, in any order: a model finds its targets by name.</summary>
    private bool IsOrderOf(IReadOnlyList<string> known) =>
        Target.Length == known.Count && known.All(name => Target.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a loss compares classes; null where the target decides.</summary>
    private protected static bool? AreClasses(LossKind? loss) => loss is null ? null : Loss.EncodingOf(loss.Value) != TargetEncoding.Numbers;

    /// <summary>
    /// Ends the command where no model was given. It is not for PowerShell to ask for one: a model can't be typed at its prompt.
    /// </summary>
    /// <param name="input">What came through the pipeline.</param>
    private protected void RequireModel(object? input)
    {
        if (RowModel is null)
        {
            this.Throw(new GradException(
                "ModelMissing",
                IsGiven("Model") ? "Something else was given where a model is expected."
                : Wrapped.Unwrap(input) is Mlp ? "A model came through the pipeline, where rows are expected."
                : "No model was given for the rows."));
        }
    }

    /// <summary>Starts to collect rows anew.</summary>
    private protected RowCollector NewRows() => _rows = this.OrThrow(() => new RowCollector(this, RowSelection, RowFormat) { KeepsRows = KeepsRows });

    /// <summary>The rows themselves that are in a table, in its order.</summary>
    private protected object[] KeptRows(SampleTable table) =>
        table.Places is { } places ? [.. places.Select(place => Rows.KeptRows[place])] : [.. Rows.KeptRows];

    /// <summary>The table of all rows that came.</summary>
    /// <param name="areClasses">Whether the target is one of classes; null where its cells decide.</param>
    /// <param name="isKnown">Whether rows must be of the model's classes and categories.</param>
    /// <exception cref="GradException">Those of <see cref="RowCollector.Build"/>.</exception>
    private protected SampleTable BuildTable(bool? areClasses = null, bool isKnown = true) => Rows.Build(new TableRules
    {
        MissingValue = RowPolicy,
        Known = isKnown ? RowModel?.Schema : null,
        UnknownCategory = RowUnknownCategory,
        TargetsAreClasses = areClasses,
        OutputCount = RowModel?.OutputCount,
    });
}
