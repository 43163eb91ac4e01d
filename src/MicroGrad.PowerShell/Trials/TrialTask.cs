using System.Collections;
using System.Globalization;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Trials;

/// <summary>One piece of work: a trial at a number of epochs.</summary>
/// <param name="Trial">The trial's number, from 1.</param>
/// <param name="Epoch">The number of epochs.</param>
/// <param name="Text">The model, the options of its training and the folds, serialized.</param>
internal sealed record TrialTask(int Trial, int Epoch, string Text);

/// <summary>The outcome of a trial's trainings.</summary>
internal sealed record TrialOutcome
{
    /// <summary>The accuracy or R2 of each fold.</summary>
    public IReadOnlyCollection<double?> Scores { get; private init; } = [];

    public IReadOnlyCollection<double?> Losses { get; private init; } = [];

    public double Seconds { get; private init; }

    public IReadOnlyCollection<string> Warnings { get; private init; } = [];

    /// <summary>The id of the error that ended the trial; null for none.</summary>
    public string? ErrorId { get; private init; }

    public string? Message { get; private init; }

    /// <summary>Reads the output of a worker's script.</summary>
    public static TrialOutcome Read(string text)
    {
        var outcome = Portable.Deserialize(text);
        return new TrialOutcome
        {
            Scores = Numbers(outcome[nameof(Scores)]),
            Losses = Numbers(outcome[nameof(Losses)]),
            Seconds = Convert.ToDouble(Wrapped.Unwrap(outcome[nameof(Seconds)]), CultureInfo.InvariantCulture),
            Warnings = [.. Items(outcome[nameof(Warnings)]).Select(warning => $"{warning}")],
            ErrorId = Wrapped.Unwrap(outcome[nameof(ErrorId)]) as string,
            Message = Wrapped.Unwrap(outcome[nameof(Message)]) as string,
        };
    }

    private static double?[] Numbers(object? list) => [.. Items(list).Select(item => item is double number ? number : (double?)null)];

    private static IEnumerable<object?> Items(object? list) => ((IEnumerable?)Wrapped.Unwrap(list) ?? Array.Empty<object>()).Cast<object?>().Select(Wrapped.Unwrap);
}
