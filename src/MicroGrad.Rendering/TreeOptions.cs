using MicroGrad.Rendering.Text;

namespace MicroGrad;

/// <summary>How to write a graph as a tree of lines.</summary>
public sealed record TreeOptions
{
    /// <summary>Digits behind the decimal point, 0 to 15.</summary>
    public int Precision { get; init; } = 4;

    /// <summary>The most characters in a line, 40 to 400. Levels that are too deep for it are left out, and a line says so.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The most lines, at least 1. One more line counts what does not fit.</summary>
    public int MaximumLineCount { get; init; } = 500;

    /// <summary>Whether a neuron's weighted sum is written as the products and additions that it stands for.</summary>
    public bool Expand { get; init; }

    /// <summary>Cancelled to end the writing.</summary>
    internal CancellationToken Stopping { get; init; }

    /// <summary>The same options for a writing that can be stopped.</summary>
    /// <param name="stopping">Cancelled to end the writing.</param>
    public TreeOptions StoppedBy(CancellationToken stopping) => this with { Stopping = stopping };

    internal void Validate()
    {
        NumberText.RequirePrecision(Precision);

        if (Width is < 40 or > 400)
        {
            throw new GradException("InvalidWidth", $"The width is {Width}; give a number of characters from 40 to 400.");
        }

        if (MaximumLineCount < 1)
        {
            throw new GradException("InvalidMaximumLineCount", $"The maximum number of lines is {MaximumLineCount}; give at least 1.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TreeOptions), PrintMembers);
}
