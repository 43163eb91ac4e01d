using System.Collections;
using System.Globalization;
using System.Text;

namespace MicroGrad;

/// <summary>The result of a trial of settings: models are trained with them, each measured on rows that it has not seen.</summary>
/// <param name="Trial">The trial's number, from 1.</param>
public sealed record MlpTrial(int Trial)
{
    /// <summary>The settings by name.</summary>
    public required OrderedDictionary<string, object?> Setting { get; init; }

    /// <summary>
    /// The accuracy of classes, or R2 of numbers: the mean over the folds, the higher the better. Null where a training
    /// diverged or a fold has no score.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>The standard deviation of the folds' scores, with the number of folds as divisor.</summary>
    public double? Deviation { get; init; }

    /// <summary>The mean over the folds of the loss that was minimized; null for a loss of the user's own.</summary>
    public double? MeanLoss { get; init; }

    /// <summary>How many epochs each fold's model was trained for, unless an option ended its training earlier.</summary>
    public required int Epoch { get; init; }

    /// <summary>How long the trial took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Why there is no score; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(MlpTrial), PrintMembers);

    private bool PrintMembers(StringBuilder text)
    {
        var settings = string.Join(", ", Setting.Select(setting => $"{setting.Key} = {TextOf(setting.Value)}"));
        text.Append(CultureInfo.InvariantCulture, $"{nameof(Trial)} = {Trial}, {nameof(Setting)} = {{ {settings} }}, {nameof(Score)} = {Score}, {nameof(Deviation)} = {Deviation}, ");
        text.Append(CultureInfo.InvariantCulture, $"{nameof(MeanLoss)} = {MeanLoss}, {nameof(Epoch)} = {Epoch}, {nameof(Seconds)} = {Seconds}, {nameof(Failure)} = {Failure}");
        return true;
    }

    private static string TextOf(object? value) => value is IEnumerable list and not string
        ? $"[{string.Join(", ", list.Cast<object?>().Select(TextOf))}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
