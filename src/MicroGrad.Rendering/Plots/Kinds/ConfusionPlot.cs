using MicroGrad.Inference;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>How often each class was taken for each, or how often labels were decided right and wrong: a row for each actual class, a column for each predicted one.</summary>
public static class ConfusionPlot
{
    /// <summary>The figure of a measurement; null for numbers.</summary>
    /// <param name="measured">The measurement.</param>
    public static Figure? Of(MlpMeasurement measured) =>
        measured.ConfusionMatrix is { } matrix ? Of(matrix) : measured.ByLabel.Count > 0 ? Of(measured.ByLabel) : null;

    /// <summary>Actual classes from the top down, predicted ones across.</summary>
    internal static Figure Of(ConfusionMatrix matrix) => Of(matrix.Classes, matrix.Classes, CellsOf(matrix, matrix.Classes, matrix.Classes, firstRow: 0)) with
    {
        IsSquare = true,
    };

    /// <summary>For each label, the rows without it and with it from the top down, and those decided not to have it and to have it across.</summary>
    private static Figure Of(IReadOnlyList<LabelMeasurement> labels)
    {
        string[] decisions = ["without", "with"];
        string[] rows = [.. labels.SelectMany(label => decisions.Select(decision => $"{decision} {label.Label}"))];
        return Of(decisions, rows, labels.SelectMany((label, l) => CellsOf(LabelFigures.ConfusionOf(label), rows[(2 * l)..(2 * l + 2)], rows[(2 * l)..(2 * l + 2)], firstRow: 2 * l)));
    }

    private static Figure Of(IReadOnlyList<string> predicted, IReadOnlyList<string> actual, IEnumerable<Cell> cells)
    {
        Cell[] all = [.. cells];
        var (right, count) = (all.Where(cell => cell.IsRight).Sum(cell => cell.Count), all.Sum(cell => cell.Count));
        return new Figure(
            name: "Confusion matrix",
            x: Axis.Of(predicted),
            y: Axis.Of(actual),
            xName: "predicted",
            yName: "actual",
            marks: [new CellsMark(predicted.Count, actual.Count, all)])
        {
            Notes =
            [
                new LegendEntry($"right {CellsMark.TextOf(right)}", LegendSample.Bar, 0),
                new LegendEntry($"wrong {CellsMark.TextOf(count - right)}", LegendSample.Bar, 1),
                new LegendEntry($"accuracy {NumberText.Rounded(100 * right / count, 1)}%"),
            ],
        };
    }

    private static IEnumerable<Cell> CellsOf(ConfusionMatrix matrix, IReadOnlyList<string> actualNames, IReadOnlyList<string> predictedNames, int firstRow)
    {
        var places = Enumerable.Range(0, matrix.Classes.Count).ToArray();
        foreach (var actual in places)
        {
            var total = places.Sum(predicted => matrix.WeightAt(actual, predicted));
            foreach (var predicted in places)
            {
                var count = matrix.WeightAt(actual, predicted);
                var share = total == 0 ? 0 : count / total;
                yield return new Cell(
                    predicted,
                    firstRow + actual,
                    count,
                    share,
                    actual == predicted,
                    $"{actualNames[actual]} taken for {predictedNames[predicted]}: {CellsMark.TextOf(count)} ({CellsMark.Percent(share)} of {actualNames[actual]})");
            }
        }
    }
}
