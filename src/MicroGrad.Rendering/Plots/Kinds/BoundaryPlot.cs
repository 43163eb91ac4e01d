namespace MicroGrad.Rendering.Plots;

/// <summary>What a model of two inputs decides over the plane, and rows on it.</summary>
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
