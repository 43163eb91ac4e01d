namespace MicroGrad.Rendering.Plots;

/// <summary>
/// The content of a plot, independent of its medium: a figure becomes an SVG (<see cref="Chart"/>) or text for a
/// terminal (<see cref="TextChart"/>).
/// </summary>
public sealed record Figure
{
    /// <param name="name">What the figure is, as a title for screen readers.</param>
    /// <param name="x">The range across. Its start and end are set by what draws it.</param>
    /// <param name="y">The range up.</param>
    /// <param name="xName">What the range across is of.</param>
    /// <param name="yName">What the range up is of.</param>
    /// <param name="marks">What is in the frame, from the back to the front.</param>
    internal Figure(string name, Axis x, Axis y, string xName, string yName, IReadOnlyList<Mark> marks) =>
        (Name, X, Y, XName, YName, Marks) = (name, x, y, xName, yName, marks);

    internal string Name { get; init; }

    internal Axis X { get; init; }

    internal Axis Y { get; init; }

    internal string XName { get; }

    internal string YName { get; }

    internal IReadOnlyList<Mark> Marks { get; }

    /// <summary>Entries of the legend besides those of the marks.</summary>
    internal IReadOnlyList<LegendEntry> Notes { get; init; } = [];

    /// <summary>Figures that are drawn side by side in the place of a frame, below the legend of this one; empty for a frame of its own.</summary>
    internal IReadOnlyList<Figure> Panels { get; init; } = [];

    /// <summary>Whether the frame is a square, as both ranges are the same or are shares.</summary>
    internal bool IsSquare { get; init; }

    /// <summary>Whether lines at the marks of the axes help to read numbers.</summary>
    internal bool HasGrid { get; init; } = true;

    /// <summary>What the marks are, what they are compared with, and notes.</summary>
    internal IEnumerable<LegendEntry> Legend =>
        Marks.SelectMany(mark => mark.Legend).OrderBy(entry => entry.Sample == LegendSample.Guide).Concat(Notes);
}

/// <summary>How a legend's entry looks beside its name.</summary>
internal enum LegendSample
{
    /// <summary>A name alone.</summary>
    None,

    /// <summary>A line in the colour and the dashes of its series.</summary>
    Line,

    /// <summary>A line that others are compared with, such as a diagonal.</summary>
    Guide,

    /// <summary>A dot.</summary>
    Dot,

    /// <summary>A class: the shape of its points, and the colour of its area.</summary>
    Class,

    /// <summary>A bar.</summary>
    Bar,
}

/// <summary>An entry of a legend.</summary>
/// <param name="Name">The name.</param>
/// <param name="Sample">How it looks.</param>
/// <param name="Series">The colour and the dashes or the shape; of a class, its place.</param>
/// <param name="HasGround">Of a class, whether a model can decide for it.</param>
internal readonly record struct LegendEntry(
    string Name, LegendSample Sample = LegendSample.None, int Series = 0, bool HasGround = false);
