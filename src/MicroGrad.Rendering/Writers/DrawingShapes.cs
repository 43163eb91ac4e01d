using MicroGrad.Rendering.Snapshots;

namespace MicroGrad.Rendering.Writers;

/// <summary>An area in which drawings are shown.</summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="TextSize">The size beyond which larger text is not better.</param>
internal readonly record struct DrawingPlace(double Width, double Height, double TextSize = 16)
{
    /// <summary>In a document, which is as wide as its text and does not enlarge pictures.</summary>
    public static DrawingPlace Document { get; } = new(830, 900, SvgText.FontSize);

    /// <summary>The size of text in a drawing that fills the place.</summary>
    public double TextSizeOf((double Width, double Height) drawing) =>
        Math.Min(TextSize, SvgText.FontSize * Math.Min(Width / drawing.Width, Height / drawing.Height));
}

/// <summary>Chooses the direction of a drawing and the form of its boxes by the size that its text has where it is shown.</summary>
internal static class DrawingShapes
{
    /// <summary>Larger graphs are laid out only once.</summary>
    private const int LargestGraph = 600;

    /// <summary>The drawings of a graph that have the largest text in at least one of several places, without repetition.</summary>
    public static IReadOnlyList<GraphDrawing> BestFor(
        GraphSnapshot graph, RenderOptions options, params IReadOnlyList<DrawingPlace> places)
    {
        var shapes =
            from direction in Directions(options.Direction)
            from shape in (DrawingShape[])[new(direction), new(direction, IsStacked: true)]
            select shape;
        var drawings = shapes.Take(graph.Nodes.Count > LargestGraph ? 1 : int.MaxValue)
            .Select(shape => GraphDrawing.Of(graph, options, shape)).ToArray();
        return [.. places.Select(place => Best(drawings, place)).Distinct()];
    }

    /// <summary>The drawings that have the largest text in at least one of several places, without repetition; of equals the first.</summary>
    public static IReadOnlyList<T> BestFor<T>(
        IReadOnlyList<T> drawings, Func<T, (double Width, double Height)> size, IReadOnlyList<DrawingPlace> places) =>
        [.. places.Select(place => drawings.MaxBy(drawing => place.TextSizeOf(size(drawing)))!).Distinct()];

    /// <summary>The direction that is asked for, or each.</summary>
    public static IEnumerable<GraphDirection> Directions(GraphDirection? direction) =>
        direction is { } given ? [given] : Enum.GetValues<GraphDirection>();

    /// <remarks>Where a page shows a part of the drawing only, narrow boxes leave more of a node's surroundings visible.</remarks>
    private static GraphDrawing Best(GraphDrawing[] drawings, DrawingPlace place)
    {
        var isPart = drawings.All(drawing => place.TextSizeOf(drawing.Size) < SvgText.FontSize);
        return drawings.Where(drawing => drawing.Shape.IsStacked || !isPart || drawings.Length == 1)
            .MaxBy(drawing => place.TextSizeOf(drawing.Size))!;
    }
}
