namespace MicroGrad.Selection;

/// <summary>A round of a search: how many trials take part, and for how many epochs they are trained.</summary>
public sealed record HalvingRound(int Count, int Epochs);

/// <summary>
/// Successive halving (Jamieson and Talwalkar, 2016): all trials are trained for few epochs, and of each round the best
/// third goes on to three times as many, until one is trained in full.
/// </summary>
public static class SuccessiveHalving
{
    private const int Factor = 3;

    /// <summary>The rounds, the last of them with all epochs. Few epochs allow few rounds.</summary>
    public static IReadOnlyList<HalvingRound> Plan(int trials, int epochs)
    {
        List<int> counts = [trials];
        for (var share = Factor; counts[^1] > 1 && share <= epochs; share *= Factor)
        {
            counts.Add((counts[^1] + Factor - 1) / Factor);
        }

        return [.. counts.Select((count, i) => new HalvingRound(count, (int)Math.Ceiling(epochs / Math.Pow(Factor, counts.Count - 1 - i))))];
    }

    /// <summary>The trials from the best on: by score, then by loss, then by number. Those without a score come last.</summary>
    public static IEnumerable<MlpTrial> Ranked(IEnumerable<MlpTrial> trials) => trials
        .OrderByDescending(trial => trial.Score ?? double.NegativeInfinity)
        .ThenBy(trial => trial.MeanLoss ?? double.PositiveInfinity)
        .ThenBy(trial => trial.Trial);
}
