using MicroGrad.Inference;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>Curves of classes against the rest: one of the second of two classes, or one for each of several, and for each label.</summary>
public static class ClassCurves
{
    // Points closer than this can't be told apart on a screen.
    private const double Resolution = 0.0005;

    /// <summary>ROC curves: the share of a class's rows that is found, over the share of other rows taken for it, at each threshold.</summary>
    /// <exception cref="GradException">All rows are of one class (id <c>TargetMismatch</c>).</exception>
    public static Figure Roc(IReadOnlyList<string> names, ClassScores scores) => Of(
        "ROC curve",
        "false positive rate",
        "true positive rate",
        names,
        scores.Shown,
        place => scores.Rows(place).Auc() is { } area
            ? new Curve($"AUC {NumberText.Rounded(area, 3)}", Thin(scores.Rows(place).Roc().Select(point => (point.FalsePositiveRate, point.TruePositiveRate))))
            : null,
        new GuideMark(x => x, "chance"));

    /// <summary>Precision over recall at each threshold.</summary>
    /// <exception cref="GradException">All rows are of one class (id <c>TargetMismatch</c>).</exception>
    public static Figure PrecisionRecall(IReadOnlyList<string> names, ClassScores scores)
    {
        // For a single curve, the precision of guessing: the share of the class.
        var share = scores.Shown is [var only] && scores.Rows(only).PrecisionRecall() is [var all, ..] ? all.Precision : (double?)null;
        return Of(
            "Precision and recall",
            "recall",
            "precision",
            names,
            scores.Shown,
            place => scores.Rows(place) is var rows && rows.Auc() is not null && rows.AveragePrecision() is { } area
                ? new Curve($"AP {NumberText.Rounded(area, 3)}", Thin(Steps(rows.PrecisionRecall())))
                : null,
            share is { } chance ? new GuideMark(_ => chance, "chance") : null);
    }

    /// <summary>How often rows are of a class, over the probability that the model gives them.</summary>
    /// <exception cref="GradException">Scores are no probabilities (id <c>NoProbabilities</c>).</exception>
    public static Figure Calibration(IReadOnlyList<string> names, ClassScores scores)
    {
        if (!scores.AreProbabilities)
        {
            throw new GradException(
                "NoProbabilities",
                "The outputs of the model are no probabilities; those of a model trained with cross entropy or binary cross entropy are.");
        }

        return Of(
            "Calibration",
            "mean predicted probability",
            "share of class",
            names,
            scores.Shown,
            place => new Curve(
                $"Brier {NumberText.Rounded(scores.Brier(place)!.Value, 3)}",
                [.. scores.Calibration(place).Select(bin => (bin.MeanProbability, bin.Share))])
            {
                Tooltips = [.. scores.Calibration(place).Select(bin =>
                    $"{NumberText.Count(bin.Count)} rows\nprobability {NumberText.Rounded(bin.MeanProbability, 3)}\nshare {NumberText.Rounded(bin.Share, 3)}")],
            },
            new GuideMark(x => x, "perfect"));
    }

    private static Figure Of(
        string name,
        string xName,
        string yName,
        IReadOnlyList<string> names,
        IReadOnlyList<int> shown,
        Func<int, Curve?> curveOf,
        GuideMark? guide)
    {
        var marks = new List<Mark>();
        var without = new List<string>();
        foreach (var place in shown)
        {
            if (curveOf(place) is not { } curve)
            {
                without.Add(names[place]);
                continue;
            }

            var series = shown.Count == 1 ? 0 : ClassSeries.Of(place);
            marks.Add(new LineMark(curve.Points, series, $"{names[place]} ({curve.Figure})"));
            if (curve.Tooltips is { } tooltips)
            {
                marks.Add(new PointsMark(curve.Points, series: series, tooltip: i => tooltips[i]));
            }
        }

        if (marks.Count == 0)
        {
            throw new GradException("TargetMismatch", $"All rows are of one class or have the same labels; {name} compares the rows of a class with others.");
        }

        return new Figure(
            name: name,
            x: new Axis(0, 1),
            y: new Axis(0, 1),
            xName: xName,
            yName: yName,
            marks: guide is null ? marks : [guide, .. marks])
        {
            IsSquare = true,
            Notes = without.Count == 0 ? [] : [new LegendEntry($"without rows: {string.Join(", ", without)}")],
        };
    }

    /// <summary>The points as steps, since nothing changes between two thresholds.</summary>
    private static IEnumerable<(double X, double Y)> Steps(PrecisionRecallPoint[] points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (i > 0)
            {
                yield return (points[i].Recall, points[i - 1].Precision);
            }

            yield return (points[i].Recall, points[i].Precision);
        }
    }

    private static (double X, double Y)[] Thin(IEnumerable<(double X, double Y)> points)
    {
        var all = points.ToArray();
        var kept = new List<(double X, double Y)> { all[0] };
        foreach (var point in all.Skip(1))
        {
            if (Math.Abs(point.X - kept[^1].X) + Math.Abs(point.Y - kept[^1].Y) >= Resolution)
            {
                kept.Add(point);
            }
        }

        return [.. kept, all[^1]];
    }

    private sealed record Curve(string Figure, (double X, double Y)[] Points)
    {
        public string[]? Tooltips { get; init; }
    }
}
