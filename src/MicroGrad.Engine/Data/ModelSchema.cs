using MicroGrad.Data;

namespace MicroGrad;

/// <summary>
/// What a trained model's inputs and outputs mean: the columns that it reads, in order, and how its outputs stand for
/// the target. Learnt from the training rows, and kept with the model, so that later rows are read the same way.
/// </summary>
public sealed class ModelSchema
{
    internal ModelSchema(
        IReadOnlyList<FeatureColumn> features,
        IReadOnlyList<PredictedColumn> targets,
        TargetEncoding encoding,
        IReadOnlyList<string> classes,
        bool hasNumericClasses,
        LossKind? loss)
    {
        // Collections with an indexer of their own: without, PowerShell takes [0] for the whole list.
        Features = Array.AsReadOnly<FeatureColumn>([.. features]);
        FeatureNames = Array.AsReadOnly<string>([.. features.Select(feature => feature.Name)]);
        InputCount = features.Sum(feature => feature.Width);
        Targets = Array.AsReadOnly<PredictedColumn>([.. targets]);
        TargetNames = Array.AsReadOnly<string>([.. targets.Select(target => target.Name)]);
        Encoding = encoding;
        Classes = Array.AsReadOnly<string>([.. classes]);
        HasNumericClasses = hasNumericClasses;
        Loss = loss;
        Scaling = UnitScaling.Of(Features, encoding == TargetEncoding.Numbers ? Targets : []);
    }

    /// <summary>The columns that the model reads, in the order of its inputs.</summary>
    public IReadOnlyList<FeatureColumn> Features { get; }

    /// <summary>The names of these columns.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How many inputs the columns become: one a number, one for each category.</summary>
    public int InputCount { get; }

    /// <summary>A name for each input: its column's, and the category where the column is text.</summary>
    internal IReadOnlyList<string> InputNames => [.. Features.SelectMany(feature => feature.InputNames)];

    /// <summary>The columns that the model predicts, in the order of its outputs where they are numbers.</summary>
    public IReadOnlyList<PredictedColumn> Targets { get; }

    /// <summary>The names of these columns.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>How the outputs stand for the target.</summary>
    public TargetEncoding Encoding { get; }

    /// <summary>The classes, in the order of the outputs (of two classes for one output: the negative one first); else empty.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Whether the classes were numbers in the training rows, and are numbers in predictions.</summary>
    public bool HasNumericClasses { get; }

    /// <summary>The loss that the model was trained with, or null for a loss of the user's own.</summary>
    public LossKind? Loss { get; }

    /// <summary>Whether a numeric target was scaled: losses are then those of the scaled target.</summary>
    internal bool IsTargetScaled => Encoding == TargetEncoding.Numbers && Targets.Any(target => target.IsScaled);

    /// <summary>The maps between the user's units and those of the layers; null where training scaled nothing.</summary>
    internal UnitScaling? Scaling { get; }

    /// <summary>A row's cells, in the order of <see cref="Features"/>, as the model's inputs in the user's units.</summary>
    /// <exception cref="GradException">
    /// A cell is wrong (ids <c>NotANumber</c>, <c>NotFinite</c>, <c>MissingValue</c>, <c>UnknownCategory</c>).
    /// </exception>
    internal void EncodeCells(ReadOnlySpan<object?> cells, long row, Span<double> inputs)
    {
        var at = 0;
        for (var f = 0; f < Features.Count; f++)
        {
            var feature = Features[f];
            var own = inputs.Slice(at, feature.Width);
            if (feature.Categories is null)
            {
                own[0] = feature.Fill is { } fill && Cell.IsMissing(cells[f]) ? fill : Cell.RequireNumber(cells[f], row, feature.Name);
            }
            else
            {
                own.Clear();
                if (!Cell.IsMissing(cells[f]))
                {
                    own[CategoryIndex(feature, Cell.Text(cells[f]!), row)] = 1;
                }
                else if (feature.Fill is null)
                {
                    _ = Cell.RequireNumber(cells[f], row, feature.Name);
                }
            }

            at += feature.Width;
        }
    }

    /// <summary>Encodes the chosen rows for the arithmetic: inputs and targets in the units of the layers.</summary>
    /// <exception cref="GradException">A class or category is not among those of the model (ids <c>UnknownClass</c>, <c>UnknownCategory</c>).</exception>
    internal Samples Encode(SampleTable table, ReadOnlySpan<int> rows, int outputCount)
    {
        var samples = new Samples(rows.Length, InputCount, outputCount);
        for (var r = 0; r < rows.Length; r++)
        {
            EncodeFeatures(table, rows[r], samples.InputsAt(r));
            EncodeTargets(table, rows[r], samples.TargetsAt(r));
        }

        if (table.Layout.Weight is not null)
        {
            samples.Weights = new double[rows.Length];
            for (var r = 0; r < rows.Length; r++)
            {
                samples.Weights[r] = table.WeightAt(rows[r]);
            }
        }

        return samples;
    }

    /// <summary>The place of the predicted class among <see cref="Classes"/>.</summary>
    internal int ClassOf(ReadOnlySpan<double> outputs) => ClassDecision.ClassOf(Encoding, outputs);

    /// <summary>Refuses a row whose class or categories the model does not know.</summary>
    /// <exception cref="GradException">Ids <c>UnknownClass</c>, <c>UnknownCategory</c>.</exception>
    internal void RequireKnown(ReadOnlySpan<object?> features, ReadOnlySpan<object?> targets, long row)
    {
        for (var f = 0; f < Math.Min(features.Length, Features.Count); f++)
        {
            if (Features[f].Categories is not null && !Cell.IsMissing(features[f]))
            {
                _ = CategoryIndex(Features[f], Cell.Text(features[f]!), row);
            }
        }

        if (Classes.Count == 0 || targets.Length != 1 || Cell.IsMissing(targets[0]))
        {
            return;
        }

        var name = HasNumericClasses && Cell.TryNumber(targets[0], out var number) ? Cell.Text(number + 0.0) : Cell.Text(targets[0]!);
        if (!Classes.Contains(name, StringComparer.Ordinal))
        {
            throw new GradException(
                "UnknownClass",
                $"Row {row} has '{name}' in column '{TargetNames[0]}', which is none of the model's classes ({MessageText.Shorten(Classes)}). "
                + "Leave the row out, or train with such rows.");
        }
    }

    /// <summary>The place of a class by its name.</summary>
    /// <exception cref="GradException">There is no such class (id <c>UnknownClass</c>).</exception>
    internal int IndexOfClass(string name)
    {
        for (var i = 0; i < Classes.Count; i++)
        {
            if (string.Equals(Classes[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new GradException(
            "UnknownClass",
            $"'{name}' in column '{TargetNames[0]}' is none of the model's classes ({MessageText.Shorten(Classes)}).");
    }

    private static int CategoryIndex(FeatureColumn feature, string text, long row)
    {
        for (var i = 0; i < feature.Categories!.Count; i++)
        {
            if (string.Equals(feature.Categories[i], text, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new GradException(
            "UnknownCategory",
            $"Row {row} has '{text}' in column '{feature.Name}', which is none of the categories that the model knows "
            + $"({MessageText.Shorten(feature.Categories)}). Train with rows that have it, or leave the row out.");
    }

    private void EncodeFeatures(SampleTable table, int row, Span<double> inputs)
    {
        var features = table.FeaturesAt(row);
        var at = 0;
        for (var f = 0; f < features.Length; f++)
        {
            var feature = Features[f];
            if (feature.Categories is null)
            {
                inputs[at] = feature.Encode(double.IsNaN(features[f]) ? feature.Fill ?? double.NaN : features[f]);
            }
            else if (!double.IsNaN(features[f]))
            {
                inputs[at + CategoryIndex(feature, table.CategoriesOf(f)![(int)features[f]], row + 1)] = 1;
            }

            at += feature.Width;
        }
    }

    private void EncodeTargets(SampleTable table, int row, Span<double> targets)
    {
        if (Encoding == TargetEncoding.Numbers)
        {
            for (var t = 0; t < targets.Length; t++)
            {
                targets[t] = Targets[t].Encode(table.Targets[t].NumberAt(row));
            }

            return;
        }

        var index = IndexOfClass(HasNumericClasses ? table.Targets[0].TextAt(row) : table.Targets[0].SpellingAt(row));
        switch (Encoding)
        {
            case TargetEncoding.OneHot:
                targets[index] = 1;
                break;
            case TargetEncoding.ZeroOrOne:
                targets[0] = index;
                break;
            default:
                targets[0] = index == 0 ? -1 : 1;
                break;
        }
    }
}
