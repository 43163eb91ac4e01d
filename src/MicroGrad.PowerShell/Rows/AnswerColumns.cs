using System.Globalization;
using MicroGrad.Inference;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The names of the columns that a model's answers add to rows.</summary>
internal sealed class AnswerColumns
{
    private const string ValueName = "Prediction";
    private const string ProbabilityName = "Probability";
    private const string QuantileName = "Quantile";
    private const string BaselineName = "Baseline";
    private const string ContributionName = "Contribution";

    /// <param name="schema">What the model's outputs mean; null where it never saw names.</param>
    /// <param name="prefix">What stands before all names.</param>
    /// <param name="hasAllProbabilities">Whether the probability of each class is added.</param>
    /// <param name="explained">The columns whose contributions are added; empty for none.</param>
    public AnswerColumns(ModelSchema? schema, string prefix, bool hasAllProbabilities, IReadOnlyList<string> explained)
    {
        Baseline = prefix + BaselineName;
        Contributions = [.. explained.Select(column => $"{prefix}{ContributionName}_{column}")];
        Value = prefix + ValueName;
        Quantiles = [.. (schema?.Quantiles ?? []).Select(quantile => string.Create(CultureInfo.InvariantCulture, $"{prefix}{QuantileName}_{quantile}"))];
        if (schema?.Encoding == TargetEncoding.Labels)
        {
            Labels = [.. schema.TargetNames.Select(label => $"{Value}_{label}")];
            Probabilities = [.. schema.TargetNames.Select(label => $"{prefix}{ProbabilityName}_{label}")];
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

    /// <summary>The column of the answer at the baseline.</summary>
    public string Baseline { get; }

    /// <summary>A column for what each column of the row contributes; empty where answers are not explained.</summary>
    public IReadOnlyList<string> Contributions { get; }

    /// <summary>Refuses rows that have such columns themselves, and classes whose columns would be one.</summary>
    /// <exception cref="GradException">There are (id <c>ColumnExists</c>).</exception>
    public void RequireFree(RowLayout layout)
    {
        string[] all =
        [
            Value,
            .. Probability is null ? Array.Empty<string>() : [Probability],
            .. Labels,
            .. Probabilities,
            .. Quantiles,
            .. Contributions.Count > 0 ? [Baseline] : Array.Empty<string>(),
            .. Contributions,
        ];
        if (Array.Find(all, name => layout.PlaceOf(name) >= 0) is { } taken)
        {
            throw new GradException(
                "ColumnExists", $"The rows have a column '{taken}' of their own, which the answer would replace. Give the answers other names with -Prefix, such as -Prefix My.");
        }

        if (all.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(names => names.Count() > 1) is { } same)
        {
            throw new GradException(
                "ColumnExists", $"The answers would have several columns of one name ({string.Join(", ", same)}), which PowerShell does not tell apart by case. Leave out -AllProbability.");
        }
    }
}
