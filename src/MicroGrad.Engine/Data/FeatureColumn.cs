using MicroGrad.Data;

namespace MicroGrad;

/// <summary>A column that a model reads, and how it becomes inputs.</summary>
/// <param name="Name">The column's name.</param>
public sealed record FeatureColumn(string Name)
{
    /// <summary>The kind of the column's cells.</summary>
    public ColumnKind Kind =>
        Categories is not null ? ColumnKind.Category
        : DateParts.Count > 0 ? ColumnKind.Date
        : IsBoolean ? ColumnKind.Boolean
        : ColumnKind.Number;

    /// <summary>For text: the categories in order, one input each (1 at the row's own, 0 elsewhere). Null for other columns.</summary>
    public IReadOnlyList<string>? Categories
    {
        get;

        // With an indexer of its own, as the lists of a schema.
        init => field = value is null ? null : Array.AsReadOnly<string>([.. value]);
    }

    /// <summary>For dates: the parts that the model reads, in the order of its inputs. Empty for other columns.</summary>
    public IReadOnlyList<DatePart> DateParts { get; init => field = Array.AsReadOnly<DatePart>([.. value]); } = Array.AsReadOnly<DatePart>([]);

    /// <summary>The day from which <see cref="DatePart.Trend"/> counts.</summary>
    public DateTime Origin { get; init; }

    /// <summary>What is subtracted from a number, or from a date's trend: the mean of the training rows where the model standardizes, else 0.</summary>
    public double Mean { get; init; }

    /// <summary>What it is then divided by: the standard deviation of the training rows, else 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>
    /// What replaces a missing number (for a date, its trend), or null where a row without one can't be read.
    /// </summary>
    public double? Fill { get; init; }

    /// <summary>How many inputs the column becomes.</summary>
    public int Width => Categories?.Count ?? (DateParts.Count > 0 ? DateParts.Sum(ClockTime.Width) : 1);

    /// <summary>The names of these inputs.</summary>
    internal IEnumerable<string> InputNames =>
        Categories?.Select(category => $"{Name} = {category}")
        ?? (DateParts.Count == 0 ? [Name] : DateParts.SelectMany(part => ClockTime.InputNames(part).Select(input => $"{Name} {input}")));

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(FeatureColumn), PrintMembers);

    /// <summary>Whether the column holds truth values.</summary>
    internal bool IsBoolean { get; init; }

    /// <summary>The scaling of the column's inputs, in order: numbers and trends have mean and scale, others none.</summary>
    internal IEnumerable<(double Mean, double Scale)> InputScaling()
    {
        for (var i = 0; i < Width; i++)
        {
            var isNumber = Categories is null && (DateParts.Count == 0 || (i == 0 && DateParts[0] == DatePart.Trend));
            yield return isNumber ? (Mean, Scale) : (0, 1);
        }
    }

    /// <summary>The place of a category by its text; negative where it is none.</summary>
    /// <param name="text">The text.</param>
    public int IndexOfCategory(string text)
    {
        for (var i = 0; i < Categories!.Count; i++)
        {
            if (string.Equals(Categories[i], text, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The error for a category that the model does not know.</summary>
    internal GradException UnknownCategory(string text, long row) => new(
        "UnknownCategory",
        $"Row {row} has '{text}' in column '{Name}', which is none of the categories that the model knows ({MessageText.Shorten(Categories!)}).{Spelling.DidYouMean(text, Categories!)}");

    /// <summary>Writes the inputs of a cell that is not missing, in the user's units.</summary>
    /// <param name="value">The number, the place of the category (negative for none), or the date as <see cref="ClockTime"/> counts it.</param>
    /// <param name="inputs">As many as <see cref="Width"/>.</param>
    public void Write(double value, Span<double> inputs)
    {
        switch (Kind)
        {
            case ColumnKind.Category:
                inputs.Clear();
                if (value >= 0)
                {
                    inputs[(int)value] = 1;
                }

                break;
            case ColumnKind.Date:
                ClockTime.Write(value, ClockTime.Of(Origin), DateParts, inputs);
                break;
            default:
                inputs[0] = value;
                break;
        }
    }

    /// <summary>Writes the same in the units of the layers.</summary>
    internal void WriteScaled(double value, Span<double> inputs)
    {
        Write(value, inputs);
        var i = 0;
        foreach (var (mean, scale) in InputScaling())
        {
            inputs[i] = (inputs[i] - mean) / scale;
            i++;
        }
    }

    /// <summary>Writes the inputs of a missing cell, where a value replaces it.</summary>
    internal void WriteFill(Span<double> inputs)
    {
        inputs.Clear();
        if (NeedsMean)
        {
            inputs[0] = Fill ?? double.NaN;
        }
    }

    /// <summary>Refuses a missing cell where the mean of the training rows is needed and not known.</summary>
    /// <param name="row">The number of the row, from 1.</param>
    /// <exception cref="GradException">It is not known (id <c>MeanMissing</c>).</exception>
    internal void RequireFill(long row)
    {
        if (NeedsMean && Fill is null)
        {
            throw new GradException(
                "MeanMissing", $"Row {row} has no value in column '{Name}', and the model keeps no mean of its training rows to fill in.");
        }
    }

    // A missing category is none of the categories, and a missing part of a date none of its places.
    private bool NeedsMean => Categories is null && (DateParts.Count == 0 || DateParts[0] == DatePart.Trend);
}
