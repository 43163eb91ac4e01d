using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>How to draw a plot.</summary>
public sealed record PlotOptions
{
    /// <summary>What to write.</summary>
    public PlotFormat Format { get; init; } = PlotFormat.Svg;

    /// <summary>A title above the plot, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The width in pixels, 240 to 8000.</summary>
    public int Width { get; init; } = 760;

    /// <summary>The height in pixels, 180 to 8000.</summary>
    public int Height { get; init; } = 460;

    /// <summary>Digits behind the decimal point in legends, 0 to 15.</summary>
    public int Precision { get; init; } = 4;

    /// <summary>Whether equal factors of a loss take equal room; null for what suits the losses.</summary>
    public bool? LogScale { get; init; }

    /// <summary>Refuses what cannot be drawn.</summary>
    /// <exception cref="GradException">Ids <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>.</exception>
    internal void Validate()
    {
        if (Width is < 240 or > 8000 || Height is < 180 or > 8000)
        {
            throw new GradException(
                "InvalidPlotSize", $"The plot is {Width} by {Height} pixels; give a width from 240 and a height from 180, to 8000.");
        }

        NumberText.RequirePrecision(Precision);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PlotOptions), PrintMembers);
}
