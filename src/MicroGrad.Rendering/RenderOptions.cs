using MicroGrad.Rendering.Text;

namespace MicroGrad;

/// <summary>How to draw a graph or a network.</summary>
public sealed record RenderOptions
{
    /// <summary>What to write.</summary>
    public GraphFormat Format { get; init; } = GraphFormat.Dot;

    /// <summary>Where the arrows point; null for the direction in which text is largest, or left to right in DOT and Mermaid.</summary>
    public GraphDirection? Direction { get; init; }

    /// <summary>Digits behind the decimal point, 0 to 15. JSON always has all digits.</summary>
    public int Precision { get; init; } = 4;

    /// <summary>A title above the drawing, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The most boxes that a graph is drawn with, at least 1. A screen shows no more in a readable size.</summary>
    public int MaximumNodeCount { get; init; } = 300;

    /// <summary>Whether a neuron's weighted sum is drawn as the products and additions that it stands for.</summary>
    public bool Expand { get; init; }

    /// <summary>Whether boxes are coloured by sign and size of their gradients.</summary>
    public bool ColorByGradient { get; init; }

    /// <summary>Cancelled to end the drawing.</summary>
    internal CancellationToken Stopping { get; init; }

    /// <summary>The same options for a drawing that can be stopped.</summary>
    /// <param name="stopping">Cancelled to end the drawing.</param>
    public RenderOptions StoppedBy(CancellationToken stopping) => this with { Stopping = stopping };

    /// <summary>Refuses what cannot be drawn.</summary>
    /// <exception cref="GradException">Ids <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>.</exception>
    internal void Validate()
    {
        NumberText.RequirePrecision(Precision);

        if (MaximumNodeCount < 1)
        {
            throw new GradException(
                "InvalidMaximumNodeCount",
                $"The maximum number of nodes is {MaximumNodeCount}; give at least 1, such as 300.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(RenderOptions), PrintMembers);
}
