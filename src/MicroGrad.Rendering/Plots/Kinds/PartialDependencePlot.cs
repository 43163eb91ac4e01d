using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>How a model's mean answer depends on one column, while the others stay as they are in the rows.</summary>
public static class PartialDependencePlot
{
    /// <param name="column">The name of the column, with its unit where it is no number.</param>
    /// <param name="values">The column's values.</param>
    /// <param name="categories">Names of the values where they are categories; null for numbers.</param>
    /// <param name="answers">Names of the answers: targets or classes.</param>
    /// <param name="areClasses">Whether they are classes, which have colours of their own.</param>
    /// <param name="answerName">What the answers are.</param>
    /// <param name="averages">For each value, the mean of each answer.</param>
    public static Figure Of(
        string column,
        IReadOnlyList<double> values,
        IReadOnlyList<string>? categories,
        IReadOnlyList<string> answers,
        bool areClasses,
        string answerName,
        double[][] averages)
    {
        var marks = new List<Mark>();
        for (var a = 0; a < answers.Count; a++)
        {
            (double X, double Y)[] points = [.. values.Select((value, v) => (value, averages[v][a]))];
            var name = answers.Count == 1 ? null : answers[a];
            var series = areClasses && answers.Count > 1 ? ClassSeries.Of(a) : a;
            marks.Add(categories is null
                ? new LineMark(points, series, name)
                : new PointsMark(points, name, series, i => $"{categories[i]}: {NumberText.Rounded(points[i].Y, 4)}"));
        }

        return new Figure(
            name: $"Partial dependence on {column}",
            x: categories is null ? Axis.Over(values) : Axis.Of(categories),
            y: Axis.Over(averages.SelectMany(one => one), categories is null ? 0.04 : 0.15),
            xName: column,
            yName: answerName,
            marks: marks);
    }
}
