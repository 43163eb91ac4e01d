using System.Collections;
using System.Globalization;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Networks;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;
using MicroGrad.Rendering.Plots;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Plots;

/// <summary>Plots of a model and rows.</summary>
internal sealed class PlottedRows
{
    // Decides how columns are shuffled, as Measure-MlpFeature's default.
    private const int Seed = 1;

    // Values of a column at which the mean answer is computed.
    private const int DependencePoints = 60;

    // The most other columns of a boundary that its legend names one by one.
    private const int MostNamedColumns = 3;

    private readonly Mlp _model;
    private readonly SampleTable _table;
    private readonly ModelSchema _schema;
    private readonly int[] _allRows;

    /// <exception cref="GradException">There is no row, or they do not fit the model (ids of <see cref="MlpMeasurement"/>).</exception>
    public PlottedRows(Mlp model, SampleTable table)
    {
        _model = model;
        _table = table;
        _allRows = [.. Enumerable.Range(0, _table.Count)];
        _schema = SchemaLearner.KnownOrLearnt(model, table, _allRows);
    }

    /// <summary>Those of the model's columns that are shown; empty where none were chosen.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>The values of the columns that a boundary does not show, by name.</summary>
    public IDictionary? At { get; init; }

    /// <summary>How text in cells is read.</summary>
    public CellFormat Format { get; init; } = CellFormat.Invariant;

    /// <summary>From which probability on the answer is positive; null for the most probable.</summary>
    public double? Threshold { get; init; }

    /// <summary>Ends what takes long.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>The rows of an argument, in the columns that a model knows.</summary>
    /// <exception cref="GradException">Those of the constructor and of <see cref="RowCollector.Build"/>.</exception>
    public static PlottedRows Of(CancellableCommand cmdlet, Mlp model, object rows)
    {
        var schema = model.Schema;
        var collector = new RowCollector(cmdlet, ColumnSelection.Of(schema, model.InputCount), new CellFormat(null, schema?.MissingMarks));
        collector.Add(rows);
        return new PlottedRows(model, collector.Build(new TableRules { MissingValue = TableRules.PolicyOf(schema), Known = schema, OutputCount = model.OutputCount }));
    }

    /// <summary>
    /// The kind that suits the model: a boundary between classes, or between two numbers over two inputs; a confusion matrix where
    /// classes can have no boundary, and of labels; else predictions.
    /// </summary>
    private MlpPlotKind UsualKind => _schema.HasClasses
        ? Chosen.Count == 2 || _schema.Features is [{ Width: 1 }, { Width: 1 }] ? MlpPlotKind.DecisionBoundary : MlpPlotKind.Confusion
        : HasLabels ? MlpPlotKind.Confusion
        : _schema.Quantiles.Count == 0 && _model.InputCount == 2 && _table.Targets.Count == 1 && _table.Targets[0].Classes().Count == 2
            ? MlpPlotKind.DecisionBoundary
            : MlpPlotKind.Predictions;

    private bool HasLabels => _schema.Encoding == TargetEncoding.Labels;

    private IReadOnlyList<string> QuantileNames => [.. _schema.Quantiles.Select(quantile => string.Create(CultureInfo.InvariantCulture, $"quantile {quantile}"))];

    /// <summary>The quantile that counts as the prediction.</summary>
    private string MiddleName => QuantileNames[Quantiles.Middle(_schema.Quantiles)];

    /// <summary>The names of classes or labels.</summary>
    private IReadOnlyList<string> ClassNames => HasLabels ? _schema.TargetNames : _schema.Classes;

    /// <summary>A point for each row of a model of two inputs.</summary>
    /// <exception cref="GradException">It has more or fewer (id <c>NotTwoInputs</c>).</exception>
    public PlotRow[] Points()
    {
        FeaturePlane.Of(_model);
        return Points(0, 1);
    }

    /// <summary>The plot.</summary>
    /// <param name="kind">The kind that was asked for; null for the one that suits the model.</param>
    /// <exception cref="GradException">
    /// The model has no plot of that kind, or the columns that were chosen don't fit it (ids <c>NotClasses</c>,
    /// <c>NotNumeric</c>, <c>NoProbabilities</c>, <c>NotTwoInputs</c>, <c>NotOneColumn</c>, <c>TargetMismatch</c>,
    /// <c>TooManyClasses</c>, <c>UnusedOption</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Figure Figure(MlpPlotKind? kind)
    {
        var shown = kind ?? UsualKind;
        RequireUse(shown);
        return shown switch
        {
            MlpPlotKind.DecisionBoundary => Boundary(),
            MlpPlotKind.Predictions => Predictions(),
            MlpPlotKind.Confusion => ConfusionPlot.Of(Measurement())!,
            MlpPlotKind.Roc => ClassCurves.Roc(ClassNames, Scores("a ROC curve is")),
            MlpPlotKind.PrecisionRecall => ClassCurves.PrecisionRecall(ClassNames, Scores("precision and recall are")),
            MlpPlotKind.Calibration => ClassCurves.Calibration(ClassNames, Scores("a calibration curve is")),
            MlpPlotKind.Residuals => Residuals(),
            MlpPlotKind.Importance => ImportancePlot.Of([.. Importances()]),
            MlpPlotKind.PartialDependence => Dependence(),
            MlpPlotKind.Weights => WeightsPlot.Of(_model),
            MlpPlotKind.GradientFlow => GradientFlowPlot.Of(_model, LayerGradient.Of(_model, _schema, Samples(), Stopping)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), shown, null),
        };
    }

    /// <summary>The figures of a report that the model has: where it errs, and what its columns are worth.</summary>
    public IReadOnlyList<(string Caption, Figure Figure)> OfReport()
    {
        var importance = ("What the columns are worth: by how much the loss rises where one is shuffled", Figure(MlpPlotKind.Importance));
        if (_schema.Encoding == TargetEncoding.Numbers)
        {
            var what = _schema.Quantiles.Count > 0 ? $"What the {MiddleName} misses" : "What predictions miss";
            return [(what, Figure(MlpPlotKind.Residuals)), importance];
        }

        var confusion = (HasLabels ? "Where labels are wrong" : "Where classes are confused", Figure(MlpPlotKind.Confusion));
        var found = $"{(HasLabels ? "Labels" : "Classes")} found over others taken for them, at each threshold";
        return _table.Targets.Any(target => target.Classes().Count > 1)
            ? [confusion, (found, Figure(MlpPlotKind.Roc)), importance]
            : [confusion, importance];
    }

    /// <summary>Refuses options that have no effect on a kind.</summary>
    private void RequireUse(MlpPlotKind kind)
    {
        if (At is not null && kind != MlpPlotKind.DecisionBoundary)
        {
            throw new GradException("UnusedOption", $"-At is about the boundary of a model of more than two columns; leave it out for {kind}.");
        }

        var usesColumns = kind is MlpPlotKind.DecisionBoundary or MlpPlotKind.PartialDependence or MlpPlotKind.Importance;
        if (!usesColumns && Chosen.Count > 0 && Chosen.Count < _schema.Features.Count)
        {
            throw new GradException("UnusedOption", $"-Feature chooses what a boundary, a partial dependence or importances show; {kind} needs all columns, so leave it out.");
        }
    }

    private Samples Samples()
    {
        var samples = _schema.Encode(_table, _allRows, _model.OutputCount);
        samples.RequireWeight();
        return samples;
    }

    private double[] Outputs(Samples samples)
    {
        var runner = new NetworkRunner(_model);
        runner.StopBy(Stopping);
        return runner.Outputs(samples.Inputs);
    }

    private void RequireClasses(string what)
    {
        if (_schema.Encoding == TargetEncoding.Numbers)
        {
            throw new GradException("NotClasses", $"The model predicts numbers ({MessageText.Shorten(_schema.TargetNames)}); {what} of classes.");
        }
    }

    private MlpMeasurement Measurement()
    {
        RequireClasses("a confusion matrix is");
        return MlpMeasurement.Of(_model, _table, _allRows, Threshold, Stopping);
    }

    private ClassScores Scores(string what)
    {
        RequireClasses(what);
        var samples = Samples();
        if (HasLabels)
        {
            return ClassScores.OfLabels(samples, Outputs(samples));
        }

        int[] actual = [.. _allRows.Select(row => samples.ClassAt(row))];
        return ClassScores.OfClasses(_schema, Outputs(samples), actual, samples.Weights, Stopping);
    }

    private Figure Predictions()
    {
        RequireNumbers("predictions against targets");
        var (targets, predictions) = TargetsAndPredictions();
        return PredictionsPlot.Of(targets, predictions, PlottedResults.Precision);
    }

    private Figure Residuals()
    {
        RequireNumbers("residuals");
        var (targets, predictions) = TargetsAndPredictions();
        IReadOnlyList<string> names = _schema.Quantiles.Count > 0 ? [MiddleName] : _schema.TargetNames;
        return ResidualsPlot.Of(names, targets, predictions, PlottedResults.Precision, Samples().Weights);
    }

    private void RequireNumbers(string what)
    {
        if (_schema.Encoding != TargetEncoding.Numbers)
        {
            throw new GradException(
                "NotNumeric",
                $"The model {(HasLabels ? "tells labels" : "decides between classes")} ({MessageText.Shorten(ClassNames)}), and {what} are of predicted numbers. "
                + "Choose -Kind Confusion, or see Measure-Mlp.");
        }
    }

    private (double[] Targets, double[] Predictions) TargetsAndPredictions()
    {
        var outputs = Outputs(Samples());
        UnitScaling.Of(_schema)?.UnscaleOutputs(outputs);
        var quantiles = _schema.Quantiles;
        if (quantiles.Count > 0)
        {
            // The quantile nearest to the median is the prediction.
            Quantiles.Sort(outputs, quantiles.Count);
            outputs = [.. _allRows.Select(row => outputs[row * quantiles.Count + Quantiles.Middle(quantiles)])];
        }

        return (_table.TargetNumbers(_allRows), outputs);
    }

    private IEnumerable<FeatureImportance> Importances() =>
        new PermutationImportance(_model, _schema, Samples(), Stopping).Measure(PermutationImportance.UsualRepeats, Seed)
            .Where(one => Chosen.Count == 0 || Chosen.Contains(one.Feature));

    private Figure Dependence()
    {
        var names = Chosen.Count > 0 ? Chosen : _schema.FeatureNames;
        if (names is not [var name])
        {
            throw new GradException(
                "NotOneColumn", $"A partial dependence is on one column, and there are {names.Count} ({MessageText.Shorten(names)}). Choose one with -Feature.");
        }

        var place = PlaceOf(name);
        var column = _schema.Features[place];
        var samples = Samples();
        var values = column.Categories is { } categories ? [.. Enumerable.Range(0, categories.Count).Select(i => (double)i)] : Grid(place);
        var averages = PartialDependence.Of(_model, _schema, samples, place, values);
        var (answers, what) = Answers(averages);
        var areClasses = _schema.HasClasses;
        return column.Kind == ColumnKind.Date
            ? PartialDependencePlot.Of(
                string.Create(CultureInfo.InvariantCulture, $"{name}, days since {ClockTime.ToDateTime(values[0]):yyyy-MM-dd HH:mm}"),
                [.. values.Select(value => (value - values[0]) / ClockTime.Day)],
                null,
                answers,
                areClasses,
                what,
                averages)
            : PartialDependencePlot.Of(name, values, column.Categories, answers, areClasses, what, averages);
    }

    /// <summary>The names of the answers of a partial dependence, and what their means are. Of two classes, only the second is shown.</summary>
    private (IReadOnlyList<string> Names, string What) Answers(double[][] averages)
    {
        if (HasLabels)
        {
            return (_schema.TargetNames, "mean probability");
        }

        if (_schema.Quantiles.Count > 0)
        {
            return (QuantileNames, $"mean {_schema.TargetNames[0]}");
        }

        if (!_schema.HasClasses)
        {
            return (_schema.TargetNames, _schema.TargetNames is [var only] ? $"mean {only}" : "mean prediction");
        }

        var what = OutputProbability.IsGivenBy(_schema.Loss) ? "mean probability" : "mean score";
        if (_schema.Classes.Count != 2)
        {
            return (_schema.Classes, what);
        }

        for (var i = 0; i < averages.Length; i++)
        {
            averages[i] = [averages[i][1]];
        }

        return ([_schema.Classes[1]], $"{what} of {_schema.Classes[1]}");
    }

    /// <summary>Values of a column in even steps over the range of the rows.</summary>
    private double[] Grid(int place)
    {
        var present = Present(place);
        var (min, max) = (present.Min(), present.Max());
        return min == max || _schema.Features[place].Kind == ColumnKind.Boolean
            ? [.. new[] { min, max }.Distinct()]
            : [.. Enumerable.Range(0, DependencePoints + 1).Select(i => min + ((max - min) * i / DependencePoints))];
    }

    private Figure Boundary()
    {
        var plane = Chosen.Count == 0 || _schema.Features.Count == 2 ? FeaturePlane.Of(_model) : Plane();
        if (At is not null && _schema.Features.Count <= 2)
        {
            throw new GradException("UnusedOption", "-At holds columns that a boundary does not show; the model has none, so leave it out.");
        }

        var (x, y) = Chosen.Count == 2 && _schema.Features.Count > 2 ? (PlaceOf(Chosen[0]), PlaceOf(Chosen[1])) : (0, 1);
        var points = Points(x, y);
        return BoundaryPlot.Of(DecisionField.Of(_model, points, plane), points);
    }

    private PlotRow[] Points(int x, int y) =>
        [.. _allRows.Select(row => new PlotRow(NumberAt(row, x), NumberAt(row, y), _table.Targets[0].ClassAt(row)))];

    /// <summary>The plane of the two columns that were chosen.</summary>
    private FeaturePlane Plane()
    {
        if (Chosen.Select(name => _schema.Features[PlaceOf(name)]).FirstOrDefault(column => column.Kind is not (ColumnKind.Number or ColumnKind.Boolean)) is { } other)
        {
            throw new GradException("NotTwoInputs", $"The column '{other.Name}' is no number; a decision boundary is drawn over two columns of numbers.");
        }

        if (Chosen is not [var xName, var yName])
        {
            throw new GradException(
                "NotTwoInputs",
                $"{Chosen.Count} column{(Chosen.Count == 1 ? " was" : "s were")} chosen ({MessageText.Shorten([.. Chosen])}); a decision boundary is drawn over two columns of numbers.");
        }

        RequireHeld();
        var inputs = new double[_schema.InputCount];
        var held = new List<string>();
        var at = 0;
        foreach (var (place, column) in _schema.Features.Index())
        {
            var value = inputs.AsSpan(at, column.Width);
            at += column.Width;
            if (Chosen.Contains(column.Name))
            {
                continue;
            }

            if (HeldAt(column.Name) is { } cell)
            {
                new RowEncoder([column], Format, UnknownCategoryPolicy.Error).Encode([cell], 1, value);
                held.Add(string.Create(CultureInfo.InvariantCulture, $"{column.Name} {cell}"));
            }
            else
            {
                var typical = Typical(place);
                column.Write(typical, value);
                held.Add($"{column.Name} {TextOf(column, typical)}");
            }
        }

        var others = held.Count <= MostNamedColumns ? string.Join(", ", held) : $"{string.Join(", ", held.Take(MostNamedColumns - 1))} and {held.Count - MostNamedColumns + 1} more";
        return new FeaturePlane(xName, InputOf(xName), yName, InputOf(yName), inputs, $"at {others}");
    }

    /// <summary>Refuses values for columns that the boundary shows, or that the model lacks.</summary>
    private void RequireHeld()
    {
        foreach (var name in At?.Keys.Cast<object>().Select(key => $"{key}") ?? [])
        {
            if (Chosen.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new GradException("UnusedOption", $"-At holds '{name}', over which the boundary is drawn; leave it out there.");
            }

            if (!_schema.FeatureNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new GradException("FeatureNotFound", $"-At holds '{name}', but is none of the features ({MessageText.Shorten(_schema.FeatureNames)}).{Spelling.DidYouMean(name, _schema.FeatureNames)}");
            }
        }
    }

    private object? HeldAt(string name) => At?.Cast<DictionaryEntry>()
        .FirstOrDefault(entry => string.Equals($"{entry.Key}", name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The mean of numbers and dates, the most frequent of categories and truth values.</summary>
    private double Typical(int place)
    {
        var (column, present) = (_schema.Features[place], Present(place));
        return column.Kind is ColumnKind.Number or ColumnKind.Date
            ? present.Average()
            : present.GroupBy(value => value).MaxBy(group => group.Count())!.Key;
    }

    private static string TextOf(FeatureColumn column, double value) => column.Kind switch
    {
        ColumnKind.Category => column.Categories![(int)value],
        ColumnKind.Date => ClockTime.ToDateTime(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>The values of a column that are not missing, as <see cref="FeatureColumn.Write"/> takes them.</summary>
    private double[] Present(int place)
    {
        var (column, values) = (_schema.Features[place], _table.Features[place]);
        double[] present = [.. _allRows.Select(row => values.Values[row]).Where(value => !double.IsNaN(value))
            .Select(value => column.Categories is null ? value : column.IndexOfCategory(values.Categories[(int)value])).Where(value => value >= 0)];
        return present.Length > 0 ? present : [column.Fill ?? 0];
    }

    private int PlaceOf(string name) => _schema.FeatureNames.ToList().IndexOf(name);

    private int InputOf(string name) => _schema.Features.Take(PlaceOf(name)).Sum(column => column.Width);

    private double NumberAt(int row, int feature)
    {
        var number = _table.Features[feature].Values[row];
        return double.IsNaN(number) ? _schema.Features[feature].Fill ?? number : number;
    }
}
