namespace MicroGrad.Rendering.Plots;

/// <summary>The decisions of a model over two inputs, and rows.</summary>
public static class BoundaryPlot
{
    /// <summary>The figure.</summary>
    /// <param name="field">What the model decides over the plane.</param>
    /// <param name="rows">The rows to show on it.</param>
    public static Figure Of(DecisionField field, IReadOnlyList<PlotRow> rows) => new(
        name: "Decision boundary",
        x: field.X,
        y: field.Y,
        xName: field.XName,
        yName: field.YName,
        marks: [new BoundaryMark(field, rows)])
    {
        HasGrid = false,
        Notes = field.Others.Length == 0 ? [] : [new LegendEntry(field.Others)],
    };
}
