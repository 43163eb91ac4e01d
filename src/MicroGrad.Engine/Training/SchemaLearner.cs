using MicroGrad.Data;

namespace MicroGrad.Training;

/// <summary>Learns from training rows what a model's inputs and outputs mean, and refuses rows that do not fit it.</summary>
public static class SchemaLearner
{
    /// <summary>Learns a schema. A model that is trained again on the same columns keeps its classes, categories and scaling.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="table">All rows: classes and categories are those of all of them.</param>
    /// <param name="trainingRows">The rows for means and deviations.</param>
    /// <param name="loss">A named loss, or null for the one that suits the target.</param>
    /// <param name="isCustomLoss">Whether the loss is the user's own.</param>
    /// <param name="quantiles">The quantiles of the outputs, for the loss by quantiles; null for those of the model.</param>
    /// <param name="standardize">Whether numbers are brought to mean 0 and deviation 1: those of features, and of targets where the output layer is linear.</param>
    /// <exception cref="GradException">
    /// Sizes or classes do not fit (ids <c>EmptyData</c>, <c>MissingValue</c>, <c>SizeMismatch</c>, <c>TargetMissing</c>,
    /// <c>TargetMismatch</c>, <c>AlreadyScaled</c>, <c>SpreadOutOfRange</c>).
    /// </exception>
    public static ModelSchema Learn(
        Mlp model,
        SampleTable table,
        ReadOnlySpan<int> trainingRows,
        LossKind? loss = null,
        bool isCustomLoss = false,
        bool standardize = false,
        IReadOnlyCollection<double>? quantiles = null)
    {
        CheckTable(table);
        if (standardize)
        {
            RequireScaled(model, table);
        }

        var isText = table.Targets.Any(target => target.AreClasses);
        LossKind? kind = isCustomLoss ? null
            : loss ?? KnownLoss(model, table.Layout.Targets) ?? (isText ? DefaultForClasses(model, table) : DefaultForNumbers(table));
        var encoding = EncodingOf(kind, table.Targets.Count) ?? (isText ? TargetEncoding.OneHot : TargetEncoding.Numbers);
        var hasClasses = encoding is not (TargetEncoding.Numbers or TargetEncoding.Labels);
        var schema = new ModelSchema(
            KnownOrNewFeatures(model, table, trainingRows, standardize),
            encoding == TargetEncoding.Labels ? Labels(table) : KnownOrNewTargets(model, table, trainingRows, standardize && !isText && encoding == TargetEncoding.Numbers),
            encoding,
            hasClasses ? KnownOrNewClasses(model, table.Targets[0]) : [],
            hasNumericClasses: false,
            kind,
            QuantilesOf(kind, quantiles ?? KnownQuantiles(model, table)))
        {
            ClassKind = hasClasses ? table.Targets[0].ClassKind : ClassKind.Text,
            MissingValue = table.MissingValue,
            MissingMarks = table.MissingMarks,
        };
        CheckInputs(model, schema);
        CheckTargets(model, schema, table);
        if (kind is { } named)
        {
            OptionFit.Require(named, model.Layers[^1].Activation);
        }

        return schema;
    }

    /// <summary>The schema of a model for the rows of a table, before there is a model.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="areClasses">Whether targets are classes or labels; null where their cells decide.</param>
    /// <param name="quantiles">The quantiles of a numeric target that the model is to predict; null for the number itself.</param>
    /// <exception cref="GradException">Those of <see cref="Learn"/>.</exception>
    public static ModelSchema Plan(SampleTable table, bool? areClasses = null, IReadOnlyCollection<double>? quantiles = null)
    {
        CheckTable(table);
        if (table.Features.Count == 0)
        {
            throw new GradException(
                "NoFeature", $"The rows have no column besides {MessageText.Shorten(table.Layout.Targets)}, so there is nothing to learn from. Give rows with the columns to predict the target from.");
        }

        var isSeveral = table.Targets.Count > 1;
        if (areClasses == true && isSeveral)
        {
            LabelColumns.Require(table.Targets);
        }

        var isText = table.Targets.Any(target => target.AreClasses);
        var classes = isText ? table.Targets[0].Classes() : [];
        if (isText)
        {
            RequireTwoClasses(table.Layout.Targets[0], classes);
        }

        if (quantiles is not null)
        {
            RequireOneNumber(table);
        }

        var areLabels = !isText && isSeveral && (areClasses ?? LabelColumns.Are(table.Targets));
        var kind = quantiles is not null ? LossKind.Quantile : areLabels ? LossKind.BinaryCrossEntropy : !isText ? LossKind.MeanSquaredError : classes.Count == 2 ? LossKind.BinaryCrossEntropy : LossKind.CrossEntropy;
        return new ModelSchema(
            NewFeatures(table, [.. Enumerable.Range(0, table.Count)], standardize: false),
            areLabels ? Labels(table) : [.. table.Layout.Targets.Select(name => new PredictedColumn(name))],
            EncodingOf(kind, table.Targets.Count)!.Value,
            classes,
            hasNumericClasses: false,
            kind,
            QuantilesOf(kind, quantiles))
        {
            ClassKind = isText ? table.Targets[0].ClassKind : ClassKind.Text,
            IsPlanned = true,
            MissingValue = table.MissingValue,
            MissingMarks = table.MissingMarks,
        };
    }

    /// <summary>The schema of a trained model, which the rows must fit; else the one learnt from the rows.</summary>
    /// <exception cref="GradException">Those of <see cref="Learn"/>.</exception>
    public static ModelSchema KnownOrLearnt(
        Mlp model, SampleTable table, ReadOnlySpan<int> rows, LossKind? untrainedLoss = null)
    {
        if (model.Schema is not { } schema)
        {
            return Learn(model, table, rows, untrainedLoss);
        }

        CheckTable(table);
        schema.RequireColumns(table);
        CheckTargetColumns(schema, table);
        return schema;
    }

    /// <summary>Gives a model the meaning of the rows that it is made for, before it is trained on them.</summary>
    /// <param name="schema">What its inputs and outputs will mean.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="GradException">The schema is of more or fewer inputs or outputs (id <c>SizeMismatch</c>).</exception>
    public static void Assign(ModelSchema schema, Mlp model) => model.Schema = schema;

    /// <summary>The loss that a model was made for, or trained with on the same targets; null where there is none by name.</summary>
    public static LossKind? KnownLoss(Mlp model, IReadOnlyList<string> targets) =>
        model.Schema is { } known && (known.IsPlanned || known.TargetNames.SequenceEqual(targets, StringComparer.OrdinalIgnoreCase)) ? known.Loss : null;

    /// <summary>The error where no column is to be predicted.</summary>
    public static GradException TargetMissing() => new(
        "TargetMissing",
        "No target was named, and the rows hold no more numbers than the model has inputs.");

    private static void CheckTable(SampleTable table)
    {
        table.RequireComplete();
        if (table.Count == 0)
        {
            throw new GradException("EmptyData", "There is no usable row; give at least one.");
        }

        if (table.Targets.Count == 0)
        {
            throw TargetMissing();
        }
    }

    /// <remarks>Each of several targets with two values is a label.</remarks>
    private static TargetEncoding? EncodingOf(LossKind? loss, int targetCount) => loss?.Create().Encoding switch
    {
        TargetEncoding.ZeroOrOne when targetCount > 1 => TargetEncoding.Labels,
        var encoding => encoding,
    };

    private static double[] QuantilesOf(LossKind? loss, IReadOnlyCollection<double>? given) =>
        loss == LossKind.Quantile ? Quantiles.Require(given ?? []) : [];

    private static IReadOnlyList<double>? KnownQuantiles(Mlp model, SampleTable table) =>
        KnownLoss(model, table.Layout.Targets) == LossKind.Quantile ? model.Schema!.Quantiles : null;

    private static void RequireOneNumber(SampleTable table)
    {
        if (table.Targets.Count != 1 || table.Targets[0].AreClasses)
        {
            throw new GradException(
                "TargetMismatch",
                $"Quantiles are of one numeric target, but {(table.Targets.Count == 1 ? $"'{table.Targets[0].Name}' holds classes" : $"{table.Targets.Count} targets were named ({MessageText.Shorten(table.Layout.Targets)})")}.");
        }
    }

    private static LossKind DefaultForNumbers(SampleTable table) =>
        table.Targets.Count > 1 && table.Targets.All(target => target.IsBoolean) ? LossKind.BinaryCrossEntropy : LossKind.MeanSquaredError;

    private static PredictedColumn[] Labels(SampleTable table) =>
        [.. table.Targets.Select(target => new PredictedColumn(target.Name) { IsBoolean = target.IsBoolean })];

    private static LossKind DefaultForClasses(Mlp model, SampleTable table) =>
        model.OutputCount == 1 && table.Targets[0].Classes().Count == 2
            ? LossKind.BinaryCrossEntropy
            : LossKind.CrossEntropy;

    private static IReadOnlyList<string> KnownOrNewClasses(Mlp model, TargetColumn target)
    {
        var classes = target.Classes();
        var known = model.Classes;
        if (known.Count == 0 || classes.All(known.Contains))
        {
            return known.Count > 0 ? known : [.. classes];
        }

        // The weights of a trained model fit its own classes only.
        return model.Schema!.IsPlanned || !string.Equals(model.Schema.TargetNames[0], target.Name, StringComparison.OrdinalIgnoreCase)
            ? [.. classes]
            : throw new GradException(
                "UnknownClass",
                $"The target '{target.Name}' has the classes {MessageText.Shorten([.. classes.Except(known)])}, which the model does not know; it was trained on {MessageText.Shorten(known)}.{Spelling.DidYouMean(classes.First(name => !known.Contains(name)), known)} Leave these rows out, or train a new model.");
    }

    /// <remarks>The weights of a trained model fit the scaling that they were trained with.</remarks>
    private static IReadOnlyList<FeatureColumn> KnownOrNewFeatures(
        Mlp model, SampleTable table, ReadOnlySpan<int> trainingRows, bool standardize) =>
        !KnowsColumns(model, table) ? NewFeatures(table, trainingRows, standardize)
        : model.Schema!.IsPlanned ? Scaled(model.Schema.Features, table, trainingRows, standardize)
        : model.Schema.Features;

    /// <remarks>An output activation other than the identity limits the range of answers, so its target is not scaled.</remarks>
    private static IReadOnlyList<PredictedColumn> KnownOrNewTargets(
        Mlp model, SampleTable table, ReadOnlySpan<int> trainingRows, bool standardize)
    {
        var names = table.Layout.Targets;
        if (model.Schema is { IsPlanned: false } known && known.TargetNames.SequenceEqual(names, StringComparer.OrdinalIgnoreCase))
        {
            return known.Targets;
        }

        var targets = names.Select(name => new PredictedColumn(name)).ToArray();
        for (var t = 0; t < targets.Length && standardize && model.OutputActivation == Activation.Identity; t++)
        {
            var (mean, scale) = ColumnStatistics.MeanAndScale(names[t], Numbers(trainingRows, table.Targets[t].NumberAt));
            targets[t] = targets[t] with { Mean = mean, Scale = scale };
        }

        return targets;
    }

    /// <remarks>The weights of a trained model fit the scaling that they were trained with, if any.</remarks>
    private static void RequireScaled(Mlp model, SampleTable table)
    {
        if (KnowsColumns(model, table) && model.Schema is { Scaling: null, IsPlanned: false } known
            && (known.Encoding == TargetEncoding.Numbers || known.Features.Any(feature => feature.Categories is null)))
        {
            throw new GradException(
                "AlreadyScaled", "The model was trained on these columns as they are, and its weights belong to that scale.");
        }
    }

    private static bool KnowsColumns(Mlp model, SampleTable table) =>
        model.Schema is { } known && known.FeatureNames.SequenceEqual(table.Layout.Features, StringComparer.OrdinalIgnoreCase);

    private static FeatureColumn[] NewFeatures(SampleTable table, ReadOnlySpan<int> trainingRows, bool standardize)
    {
        var mayMiss = table.MissingValue == MissingValuePolicy.Mean;
        var columns = new FeatureColumn[table.Features.Count];
        for (var f = 0; f < columns.Length; f++)
        {
            var column = table.Features[f];
            columns[f] = column.Kind == ColumnKind.Category
                ? new FeatureColumn(column.Name) { Categories = [.. column.Categories], Fill = mayMiss ? 0 : null }
                : WithScaling(KindOnly(column), column, trainingRows, standardize, mayMiss);
        }

        return columns;
    }

    /// <summary>Known columns, scaled for the first time.</summary>
    private static FeatureColumn[] Scaled(
        IReadOnlyList<FeatureColumn> features, SampleTable table, ReadOnlySpan<int> trainingRows, bool standardize)
    {
        var columns = new FeatureColumn[features.Count];
        for (var f = 0; f < columns.Length; f++)
        {
            columns[f] = features[f].Kind == ColumnKind.Category
                ? features[f]
                : WithScaling(features[f], table.Features[f], trainingRows, standardize, table.MissingValue == MissingValuePolicy.Mean);
        }

        return columns;
    }

    private static double[] Numbers(ReadOnlySpan<int> rows, Func<int, double> at)
    {
        var numbers = new double[rows.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = at(rows[i]);
        }

        return numbers;
    }

    private static FeatureColumn KindOnly(FeatureValues column) => column.Kind == ColumnKind.Date
        ? new FeatureColumn(column.Name) { DateParts = ClockTime.VaryingParts(column.Values), Origin = ClockTime.FirstDay(column.Values) }
        : new FeatureColumn(column.Name) { IsBoolean = column.Kind == ColumnKind.Boolean };

    private static FeatureColumn WithScaling(
        FeatureColumn feature, FeatureValues column, ReadOnlySpan<int> trainingRows, bool standardize, bool mayMiss)
    {
        if (!standardize && !mayMiss)
        {
            return feature with { Mean = 0, Scale = 1, Fill = null };
        }

        var numbers = new double[trainingRows.Length];
        var values = column.Values;
        for (var i = 0; i < numbers.Length; i++)
        {
            var value = values[trainingRows[i]];
            numbers[i] = feature.Kind == ColumnKind.Date ? (value - ClockTime.Of(feature.Origin)) / ClockTime.Day : value;
        }

        var (mean, scale) = standardize ? ColumnStatistics.MeanAndScale(column.Name, numbers) : (0, 1);
        return feature with { Mean = mean, Scale = scale, Fill = mayMiss ? ColumnStatistics.Mean(numbers) : null };
    }

    private static void CheckInputs(Mlp model, ModelSchema schema)
    {
        if (schema.InputCount == model.InputCount)
        {
            return;
        }

        var widths = schema.Features.Select(WidthOf).ToArray();
        throw new GradException(
            "SizeMismatch",
            $"The model takes {model.InputCount} inputs, but the features give {schema.InputCount} ({MessageText.Shorten(widths)}). "
            + $"Name other features, or make a model with {schema.InputCount} inputs.");
    }

    private static string WidthOf(FeatureColumn feature) => feature.Kind switch
    {
        ColumnKind.Category => $"{feature.Name}: {feature.Width} categories",
        ColumnKind.Date => $"{feature.Name}: {feature.Width} inputs of a date",
        _ => feature.Name,
    };

    private static void CheckTargets(Mlp model, ModelSchema schema, SampleTable table)
    {
        CheckTargetColumns(schema, table);
        if (schema.Encoding == TargetEncoding.Labels)
        {
            LabelColumns.Require(table.Targets);
            RequireOutputs(model, table.Targets.Count, $"there are {table.Targets.Count} labels ({MessageText.Shorten(schema.TargetNames)})");
            return;
        }

        if (schema.Quantiles.Count > 0)
        {
            RequireOneNumber(table);
            RequireOutputs(model, schema.Quantiles.Count, FormattableString.Invariant($"there are {schema.Quantiles.Count} quantiles ({string.Join(", ", schema.Quantiles)})"));
            return;
        }

        if (schema.Encoding == TargetEncoding.Numbers)
        {
            if (table.Targets is [var only] && model.OutputCount > 1 && only.Classes().Count == model.OutputCount)
            {
                throw new GradException(
                    "NumbersForClasses",
                    $"The model has {model.OutputCount} outputs, and the target '{only.Name}' has as many distinct numbers ({MessageText.Shorten(only.Classes())}), which count as numbers and not as classes.");
            }

            RequireOutputs(
                model, table.Targets.Count, $"there are {table.Targets.Count} targets ({MessageText.Shorten(schema.TargetNames)})");
            return;
        }

        RequireTwoClasses(schema.TargetNames[0], schema.Classes);

        var found = $"the target '{schema.TargetNames[0]}' has {schema.Classes.Count} classes ({MessageText.Shorten(schema.Classes)})";
        if (schema.Encoding == TargetEncoding.OneHot)
        {
            RequireOutputs(model, schema.Classes.Count, found);
            return;
        }

        RequireOutputs(model, 1, $"the loss {schema.Loss} takes one output");
        if (schema.Classes.Count > 2)
        {
            throw new GradException(
                "TargetMismatch",
                $"The loss {schema.Loss} tells two classes apart, but {found}. Use CrossEntropy and a model with {schema.Classes.Count} outputs.");
        }
    }

    private static void RequireTwoClasses(string target, IReadOnlyList<string> classes)
    {
        if (classes is [var only])
        {
            throw new GradException(
                "TargetMismatch",
                $"All rows have the class '{only}' in the target '{target}', so there is nothing to tell apart. Give rows of at least two classes.");
        }
    }

    /// <summary>Refuses text where numbers are predicted, and a wrong number of target columns.</summary>
    private static void CheckTargetColumns(ModelSchema schema, SampleTable table)
    {
        var isNumbers = !schema.HasClasses;
        if (table.Targets.Count != schema.TargetNames.Count || (!isNumbers && schema.TargetNames.Count != 1))
        {
            throw new GradException(
                "TargetMismatch",
                $"{table.Targets.Count} target columns ({MessageText.Shorten(table.Layout.Targets)}) were named, but "
                + (isNumbers ? $"the model predicts {schema.TargetNames.Count}."
                    : $"classes stand in one column for the loss {schema.Loss}. Several labels a row, each 0 or 1 or False or True, are learnt with BinaryCrossEntropy."));
        }

        if (isNumbers && table.Targets.FirstOrDefault(t => t.AreClasses) is { } text)
        {
            throw new GradException(
                "TargetMismatch",
                $"The target '{text.Name}' has text (such as '{text.Classes().First(c => !Cell.TryNumber(c, out _))}'), "
                + (schema.Encoding == TargetEncoding.Labels
                    ? "but of several labels each is 0 or 1, or False or True."
                    : $"but the loss {schema.Loss} compares numbers. Use CrossEntropy for classes."));
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
}
