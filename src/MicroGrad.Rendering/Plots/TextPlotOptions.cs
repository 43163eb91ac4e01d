using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>How to draw a plot as text.</summary>
public sealed record TextPlotOptions
{
    /// <summary>The most characters in a line, 30 to 400.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The lines of the plot itself, without heading and axis, 5 to 200.</summary>
    public int Height { get; init; } = 16;

    /// <summary>Whether to colour with terminal escape sequences. Every plot can be read without colour too.</summary>
    public bool UseColor { get; init; }

    /// <summary>Digits behind the decimal point, 0 to 15.</summary>
    public int Precision { get; init; } = 4;

    /// <summary>A title, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Whether equal factors of a loss take equal room; null for what suits the losses.</summary>
    public bool? LogScale { get; init; }

    internal void Validate()
    {
        if (Width is < 30 or > 400 || Height is < 5 or > 200)
        {
            throw new GradException(
                "InvalidPlotSize",
                $"The plot is {Width} by {Height} characters; give a width from 30 to 400 and a height from 5 to 200.");
        }

        NumberText.RequirePrecision(Precision);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TextPlotOptions), PrintMembers);
}
