using MicroGrad.Rendering.Plots;

namespace MicroGrad.Rendering.Html;

/// <summary>What a report shows besides the model itself.</summary>
public sealed record ModelReport
{
    /// <summary>The model.</summary>
    public required Mlp Model { get; init; }

    /// <summary>The heading, or null for one that says what the model predicts.</summary>
    public string? Title { get; init; }

    /// <summary>The results of its training, in order; empty where they were not given.</summary>
    public IReadOnlyList<EpochResult> History { get; init; } = [];

    /// <summary>How well it does on rows, or null where there were none.</summary>
    public MlpMeasurement? Measurement { get; init; }

    /// <summary>Figures of the rows: where classes are confused or how far numbers are wrong, and what columns are worth.</summary>
    public IReadOnlyList<(string Caption, Figure Figure)> Figures { get; init; } = [];

    /// <summary>The command that wrote the report; null where it is not known.</summary>
    public string? Command { get; init; }
}
