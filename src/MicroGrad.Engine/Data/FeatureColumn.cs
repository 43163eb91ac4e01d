namespace MicroGrad;

/// <summary>One column that a model reads, and how it becomes inputs.</summary>
/// <param name="Name">The column's name.</param>
public sealed record FeatureColumn(string Name)
{
    /// <summary>For text: the categories in order, one input each (1 at the row's own, 0 elsewhere). Null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>What is taken off a number: the mean of the training rows where the model standardizes, else 0.</summary>
    public double Mean { get; init; }

    /// <summary>What a number is then divided by: the standard deviation of the training rows, else 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What stands in for a missing number, or null where a row without one can't be read.</summary>
    public double? Fill { get; init; }

    /// <summary>How many inputs the column becomes.</summary>
    public int Width => Categories?.Count ?? 1;

    /// <summary>The names of these inputs.</summary>
    internal IEnumerable<string> InputNames => Categories?.Select(category => $"{Name} = {category}") ?? [Name];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(FeatureColumn), PrintMembers);

    internal double Encode(double number) => (number - Mean) / Scale;
}
