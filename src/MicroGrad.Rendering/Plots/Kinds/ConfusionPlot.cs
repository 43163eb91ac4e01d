using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>How often each class was taken for each: actual classes from the top down, predicted ones across.</summary>
internal static class ConfusionPlot
{
    public static Figure Of(ConfusionMatrix matrix)
    {
        var places = Enumerable.Range(0, matrix.Classes.Count).ToArray();
        var right = places.Sum(place => matrix.CountAt(place, place));
        var count = places.Sum(actual => places.Sum(predicted => matrix.CountAt(actual, predicted)));
        return new Figure
        {
            Name = "Confusion matrix",
            X = Axis.Of(matrix.Classes),
            Y = Axis.Of(matrix.Classes),
            XName = "predicted",
            YName = "actual",
            IsSquare = true,
            Marks = [new CellsMark(matrix)],
            Notes =
            [
                new LegendEntry($"right {NumberText.Count(right)}", LegendSample.Bar, 0),
                new LegendEntry($"wrong {NumberText.Count(count - right)}", LegendSample.Bar, 1),
                new LegendEntry($"accuracy {NumberText.Rounded(100.0 * right / count, 1)}%"),
            ],
        };
    }
}
