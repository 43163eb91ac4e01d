using MicroGrad.Data;

namespace MicroGrad;

/// <summary>
/// The meaning of a trained model's inputs and outputs: the columns that it reads, in order, and how its outputs encode
/// the target. It is learnt from the training rows and kept with the model, so that later rows are read in the same way.
/// </summary>
public sealed class ModelSchema
{
    internal ModelSchema(
        IReadOnlyList<FeatureColumn> features,
        IReadOnlyList<PredictedColumn> targets,
        TargetEncoding encoding,
        IReadOnlyList<string> classes,
        bool hasNumericClasses,
        LossKind? loss,
        IReadOnlyList<double>? quantiles = null)
    {
        // Collections with an indexer: PowerShell takes [0] of others for the whole list.
        Features = Array.AsReadOnly<FeatureColumn>([.. features]);
        FeatureNames = Array.AsReadOnly<string>([.. features.Select(feature => feature.Name)]);
        InputCount = features.Sum(feature => feature.Width);
        Targets = Array.AsReadOnly<PredictedColumn>([.. targets]);
        TargetNames = Array.AsReadOnly<string>([.. targets.Select(target => target.Name)]);
        Encoding = encoding;
        Classes = Array.AsReadOnly<string>([.. classes]);
        ClassKind = hasNumericClasses ? ClassKind.Number : ClassKind.Text;
        Loss = loss;
        Quantiles = Array.AsReadOnly<double>([.. quantiles ?? []]);
        Scaling = UnitScaling.Of(Features, encoding != TargetEncoding.Numbers ? [] : Quantiles.Count > 0 ? Quantiles.SelectMany(_ => Targets) : Targets);
    }

    /// <summary>The columns that the model reads, in the order of its inputs.</summary>
    public IReadOnlyList<FeatureColumn> Features { get; }

    /// <summary>The names of these columns.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>How many inputs the columns become: one for a number, one for each category.</summary>
    public int InputCount { get; }

    /// <summary>A name for each input: its column's, and the category where the column is text.</summary>
    public IReadOnlyList<string> InputNames => Array.AsReadOnly<string>([.. Features.SelectMany(feature => feature.InputNames)]);

    /// <summary>The columns that the model predicts, in the order of its outputs where they are numbers.</summary>
    public IReadOnlyList<PredictedColumn> Targets { get; }

    /// <summary>The names of these columns.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>How the outputs encode the target.</summary>
    public TargetEncoding Encoding { get; }

    /// <summary>The classes, in the order of the outputs (of two classes for one output: the negative one first); else empty.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Whether outputs mean the classes of one target.</summary>
    public bool HasClasses => Encoding is not (TargetEncoding.Numbers or TargetEncoding.Labels);

    /// <summary>Whether the classes were numbers in the training rows, and are numbers in predictions.</summary>
    public bool HasNumericClasses => ClassKind == ClassKind.Number;

    /// <summary>The loss that the model was trained with, or null for a loss of the user's own.</summary>
    public LossKind? Loss { get; }

    /// <summary>The quantiles of the target that the outputs mean, from the lowest on; empty for other targets.</summary>
    public IReadOnlyList<double> Quantiles { get; }

    /// <summary>Whether a numeric target was scaled: losses are then those of the scaled target.</summary>
    internal bool IsTargetScaled => Encoding == TargetEncoding.Numbers && Targets.Any(target => target.IsScaled);

    /// <summary>Whether the model was made from rows and not trained yet, so that its weights need no particular scaling.</summary>
    public bool IsPlanned { get; internal init; }

    /// <summary>What becomes of rows with missing values.</summary>
    public MissingValuePolicy MissingValue { get; internal init; }

    /// <summary>The marks of missing values in text; null for the usual marks.</summary>
    public IReadOnlyList<string>? MissingMarks { get; internal init; }

    /// <summary>How many outputs a model of this schema has.</summary>
    public int OutputCount => Encoding switch
    {
        TargetEncoding.Numbers when Quantiles.Count > 0 => Quantiles.Count,
        TargetEncoding.Numbers or TargetEncoding.Labels => Targets.Count,
        TargetEncoding.OneHot => Classes.Count,
        _ => 1,
    };

    /// <summary>The type of the classes in the training rows and in predictions.</summary>
    internal ClassKind ClassKind { get; init; }

    /// <summary>The maps between the user's units and those of the layers; null where training scaled nothing.</summary>
    internal UnitScaling? Scaling { get; }

    /// <summary>The place of the class that a cell means; negative where it is none.</summary>
    /// <param name="name">The cell's text.</param>
    /// <param name="number">Its number; NaN where it has none.</param>
    /// <param name="isText">Whether it was text: as classes, the texts 1 and 01 differ.</param>
    internal int FindClass(string name, double number, bool isText)
    {
        var comparison = ClassKind == ClassKind.Boolean ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var i = 0; i < Classes.Count; i++)
        {
            if (string.Equals(Classes[i], name, comparison))
            {
                return i;
            }
        }

        if (ClassKind == ClassKind.Boolean)
        {
            return number is 0 or 1 ? (int)number : -1;
        }

        if (double.IsNaN(number) || (ClassKind == ClassKind.Text && isText))
        {
            return -1;
        }

        // Compared as a number, in any spelling, unless two classes are spellings of it.
        int[] equal = [.. Enumerable.Range(0, Classes.Count).Where(i => NumberReader.TryRead(Classes[i], out var known) && known == number)];
        return equal is [var only] ? only : -1;
    }

    /// <summary>The error for a class that the model does not know.</summary>
    internal GradException UnknownClass(string name, long row) => new(
        "UnknownClass", $"Row {row} has '{name}' in column '{TargetNames[0]}', which is none of the model's classes ({MessageText.Shorten(Classes)}).{Spelling.DidYouMean(name, Classes)}");

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
            $"'{name}' in column '{TargetNames[0]}' is none of the model's classes ({MessageText.Shorten(Classes)}).{Spelling.DidYouMean(name, Classes)}");
    }
}
