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
        IReadOnlyList<string> targetNames,
        TargetEncoding encoding,
        IReadOnlyList<string> classes,
        bool hasNumericClasses,
        LossKind? loss)
    {
        // Collections with an indexer of their own: without, PowerShell takes [0] for the whole list.
        Features = Array.AsReadOnly<FeatureColumn>([.. features]);
        FeatureNames = Array.AsReadOnly<string>([.. features.Select(feature => feature.Name)]);
        TargetNames = Array.AsReadOnly<string>([.. targetNames]);
        Encoding = encoding;
        Classes = Array.AsReadOnly<string>([.. classes]);
        HasNumericClasses = hasNumericClasses;
        Loss = loss;
    }

    /// <summary>The columns that the model reads, in the order of its inputs.</summary>
    public IReadOnlyList<FeatureColumn> Features { get; }

    /// <summary>The names of these columns.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The columns that the model predicts.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>How the outputs stand for the target.</summary>
    public TargetEncoding Encoding { get; }

    /// <summary>The classes, in the order of the outputs (of two classes for one output: the negative one first); else empty.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Whether the classes were numbers in the training rows, and are numbers in predictions.</summary>
    public bool HasNumericClasses { get; }

    /// <summary>The loss that the model was trained with, or null for a loss of the user's own.</summary>
    public LossKind? Loss { get; }

    /// <summary>Learns a schema from training rows.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="table">The rows.</param>
    /// <param name="loss">The loss; null for the one that the target asks for.</param>
    /// <exception cref="GradException">
    /// Sizes or classes do not fit the model or the loss (ids <c>EmptyData</c>, <c>SizeMismatch</c>, <c>TargetMissing</c>, <c>TargetMismatch</c>).
    /// </exception>
    internal static ModelSchema Learn(Mlp model, SampleTable table, LossKind? loss)
    {
        CheckColumns(model, table);
        var isText = table.Targets.Any(target => target.IsText);
        var kind = loss ?? (isText ? DefaultForClasses(model, table) : LossKind.MeanSquaredError);
        var encoding = Training.Losses.Create(kind).Encoding;
        var schema = new ModelSchema(
            [.. table.FeatureNames.Select(name => new FeatureColumn(name))],
            [.. table.Targets.Select(target => target.Name)],
            encoding,
            encoding == TargetEncoding.Numbers ? [] : KnownOrNewClasses(model, table.Targets[0]),
            !isText,
            kind);
        schema.CheckTargets(model, table);
        return schema;
    }

    /// <summary>The schema of a trained model, once the rows are seen to fit it; else the one that the rows teach.</summary>
    /// <exception cref="GradException">As of <see cref="Learn"/>.</exception>
    internal static ModelSchema KnownOrLearnt(Mlp model, SampleTable table)
    {
        if (model.Schema is not { } schema)
        {
            return Learn(model, table, loss: null);
        }

        CheckColumns(model, table);
        schema.CheckTargetColumns(table);
        return schema;
    }

    /// <summary>Encodes the chosen rows for the arithmetic.</summary>
    /// <exception cref="GradException">A class is not among those of the model (id <c>UnknownClass</c>).</exception>
    internal Samples Encode(SampleTable table, ReadOnlySpan<int> rows, int outputCount)
    {
        var samples = new Samples(rows.Length, Features.Count, outputCount);
        for (var r = 0; r < rows.Length; r++)
        {
            table.FeaturesAt(rows[r]).CopyTo(samples.InputsAt(r));
            EncodeTargets(table, rows[r], samples.TargetsAt(r));
        }

        return samples;
    }

    /// <summary>The place of the predicted class among <see cref="Classes"/>.</summary>
    internal int ClassOf(ReadOnlySpan<double> outputs) => Decisions.ClassOf(Encoding, outputs);

    private static void CheckColumns(Mlp model, SampleTable table)
    {
        if (table.Count == 0)
        {
            throw new GradException("EmptyData", "There is no usable row; give at least one.");
        }

        if (table.Targets.Count == 0)
        {
            throw new GradException(
                "TargetMissing",
                "No target was named, and the rows hold no more numbers than the model has inputs. Name the column to predict with -Target.");
        }

        if (table.FeatureNames.Count != model.InputCount)
        {
            throw new GradException(
                "SizeMismatch",
                $"The model takes {model.InputCount} inputs, but there are {table.FeatureNames.Count} features "
                + $"({string.Join(", ", table.FeatureNames)}). Name as many features, or make a model with as many inputs.");
        }
    }

    private static LossKind DefaultForClasses(Mlp model, SampleTable table) =>
        model.OutputCount == 1 && table.Targets[0].Classes().Count == 2
            ? LossKind.BinaryCrossEntropy
            : LossKind.CrossEntropy;

    /// <remarks>A model that is trained again keeps the order of its classes.</remarks>
    private static IReadOnlyList<string> KnownOrNewClasses(Mlp model, TargetColumn target)
    {
        var classes = target.Classes();
        var known = model.Classes;
        return known.Count > 0 && classes.All(known.Contains) ? known : [.. classes];
    }

    private void CheckTargets(Mlp model, SampleTable table)
    {
        CheckTargetColumns(table);
        if (Encoding == TargetEncoding.Numbers)
        {
            RequireOutputs(model, table.Targets.Count, $"there are {table.Targets.Count} targets ({string.Join(", ", TargetNames)})");
            return;
        }

        var found = $"the target '{TargetNames[0]}' has {Classes.Count} classes ({Shorten(Classes)})";
        if (Encoding == TargetEncoding.OneHot)
        {
            RequireOutputs(model, Classes.Count, found);
            return;
        }

        RequireOutputs(model, 1, $"the loss {Loss} takes one");
        if (Classes.Count > 2)
        {
            throw new GradException(
                "TargetMismatch",
                $"The loss {Loss} tells two classes apart, but {found}. Use CrossEntropy and a model with {Classes.Count} outputs.");
        }
    }

    /// <summary>Refuses text where numbers are predicted, and more or fewer columns than are.</summary>
    private void CheckTargetColumns(SampleTable table)
    {
        if (table.Targets.Count != TargetNames.Count || (Encoding != TargetEncoding.Numbers && TargetNames.Count != 1))
        {
            throw new GradException(
                "TargetMismatch",
                $"{table.Targets.Count} target columns ({string.Join(", ", table.Targets.Select(t => t.Name))}) were named, but "
                + (Encoding == TargetEncoding.Numbers
                    ? $"the model predicts {TargetNames.Count}."
                    : $"the loss {Loss} takes one column of classes."));
        }

        if (Encoding == TargetEncoding.Numbers && table.Targets.FirstOrDefault(t => t.IsText) is { } text)
        {
            throw new GradException(
                "TargetMismatch",
                $"The target '{text.Name}' has text (such as '{text.Classes().First(c => !Cell.TryNumber(c, out _))}'), "
                + $"but the loss {Loss} compares numbers. Use CrossEntropy for classes.");
        }
    }

    private static void RequireOutputs(Mlp model, int expected, string because)
    {
        if (model.OutputCount != expected)
        {
            throw new GradException(
                "SizeMismatch",
                $"The model has {model.OutputCount} output{(model.OutputCount == 1 ? "" : "s")}, but {because}. "
                + $"Make the model's last layer {expected} wide.");
        }
    }

    private static string Shorten(IReadOnlyList<string> names) =>
        names.Count <= 5 ? string.Join(", ", names) : string.Join(", ", names.Take(5)) + ", …";

    private void EncodeTargets(SampleTable table, int row, Span<double> targets)
    {
        if (Encoding == TargetEncoding.Numbers)
        {
            for (var t = 0; t < targets.Length; t++)
            {
                targets[t] = table.Targets[t].NumberAt(row);
            }

            return;
        }

        var name = table.Targets[0].TextAt(row);
        var index = IndexOfClass(name);
        targets.Clear();
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

    private int IndexOfClass(string name)
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
            $"'{name}' in column '{TargetNames[0]}' is none of the model's classes ({Shorten(Classes)}).");
    }
}
