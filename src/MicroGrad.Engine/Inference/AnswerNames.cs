using System.Globalization;

namespace MicroGrad.Inference;

/// <summary>The names of the columns that a model's answers add to rows.</summary>
public sealed class AnswerNames
{
    /// <summary>The answer's column, without a prefix.</summary>
    public const string ValueName = "Prediction";
    /// <summary>The column of the answer's probability, without a prefix; before an underscore and a name, that of a class or label.</summary>
    public const string ProbabilityName = "Probability";
    /// <summary>The column of how far several models' answers are apart, without a prefix.</summary>
    public const string SpreadName = "Spread";
    /// <summary>The column of the answer at the baseline, without a prefix.</summary>
    public const string BaselineName = "Baseline";
    /// <summary>Stands before an underscore and the name of a column, in the column of its contribution.</summary>
    public const string ContributionName = "Contribution";

    private const string QuantileName = "Quantile";

    /// <param name="schema">The schema of the model's outputs; null where it has none.</param>
    /// <param name="prefix">What stands before all names.</param>
    /// <param name="hasAllProbabilities">Whether the probability of each class is added.</param>
    /// <param name="explained">The columns whose contributions are added; empty for none.</param>
    /// <param name="hasSpread">Whether several models answer.</param>
    public AnswerNames(ModelSchema? schema, string prefix, bool hasAllProbabilities, IReadOnlyList<string> explained, bool hasSpread = false)
    {
        Spread = hasSpread ? prefix + SpreadName : null;
        Baseline = prefix + BaselineName;
        Contributions = [.. explained.Select(column => $"{prefix}{ContributionName}_{column}")];
        Value = prefix + ValueName;
        Quantiles = [.. (schema?.Quantiles ?? []).Select(quantile => string.Create(CultureInfo.InvariantCulture, $"{prefix}{QuantileName}_{quantile}"))];
        if (schema?.Encoding == TargetEncoding.Labels)
        {
            Labels = [.. schema.TargetNames.Select(label => $"{Value}_{label}")];
            Probabilities = [.. schema.TargetNames.Select(label => $"{prefix}{ProbabilityName}_{label}")];
            Spreads = hasSpread ? [.. schema.TargetNames.Select(label => $"{Spread}_{label}")] : [];
        }
        else if (Quantiles.Count > 0 && hasSpread)
        {
            Middle = Data.Quantiles.Middle(schema!.Quantiles);
            Spreads = [.. schema.Quantiles.Select(quantile => string.Create(CultureInfo.InvariantCulture, $"{Spread}_{quantile}"))];
        }
        else if (schema is { HasClasses: true } && OutputProbability.IsGivenBy(schema.Loss))
        {
            Probability = prefix + ProbabilityName;
            Probabilities = hasAllProbabilities ? [.. schema.Classes.Select(name => $"{Probability}_{name}")] : [];
        }
    }

    /// <summary>The column of the answer.</summary>
    public string Value { get; }

    /// <summary>The column of the answer's probability; null where there is none.</summary>
    public string? Probability { get; }

    /// <summary>A column for the decision on each label.</summary>
    public IReadOnlyList<string> Labels { get; } = [];

    /// <summary>A column for each quantile of a number.</summary>
    public IReadOnlyList<string> Quantiles { get; }

    /// <summary>A column for the probability of each label or class.</summary>
    public IReadOnlyList<string> Probabilities { get; } = [];

    /// <summary>The column of the deviation among several models; null for a single one.</summary>
    public string? Spread { get; }

    /// <summary>The place of the quantile that <see cref="Value"/> and <see cref="Spread"/> are of; null where there are none.</summary>
    public int? Middle { get; }

    /// <summary>A column for the deviation of each label or quantile among the models.</summary>
    public IReadOnlyList<string> Spreads { get; } = [];

    /// <summary>The column of the answer at the baseline.</summary>
    public string Baseline { get; }

    /// <summary>A column for what each column of the row contributes; empty where answers are not explained.</summary>
    public IReadOnlyList<string> Contributions { get; }

    /// <summary>All of them that answers have.</summary>
    public IEnumerable<string> All =>
    [
        Value,
        .. Probability is null ? Array.Empty<string>() : [Probability],
        .. Labels,
        .. Probabilities,
        .. Quantiles,
        .. Spread is null ? Array.Empty<string>() : [Spread],
        .. Spreads,
        .. Contributions.Count > 0 ? [Baseline] : Array.Empty<string>(),
        .. Contributions,
    ];
}
