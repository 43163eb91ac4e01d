namespace MicroGrad.Rendering.Plots;

/// <summary>The decisions of a model over two inputs, and rows.</summary>
internal static class BoundaryPlot
{
    public static Figure Of(DecisionField field, IReadOnlyList<PlotRow> rows) => new()
    {
        Name = "Decision boundary",
        X = field.X,
        Y = field.Y,
        XName = field.XName,
        YName = field.YName,
        HasGrid = false,
        Marks = [new BoundaryMark(field, rows)],
        Notes = field.Others.Length == 0 ? [] : [new LegendEntry(field.Others)],
    };
}
