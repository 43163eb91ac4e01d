using System.Collections;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>The scores of trials over each setting that varies, a panel each. A line joins the best trials; halving has one for each number of epochs.</summary>
public static class SettingsPlot
{
    // From a decade between the smallest and the largest value on, a setting is drawn by factors; rounding is no decade less.
    private const double LogarithmicFrom = 10 - 1e-9;
    private const int MostPanels = 9;

    /// <param name="trials">The trials; at least one.</param>
    public static Figure Of(IReadOnlyList<MlpTrial> trials)
    {
        MlpTrial[] scored = [.. trials.Where(trial => trial.Score is { } score && double.IsFinite(score)).OrderBy(trial => trial.Trial)];
        string[] names = [.. scored.SelectMany(trial => trial.Setting.Keys).Distinct().Where(name => scored.Select(trial => TextOf(ValueOf(trial, name))).Distinct().Count() > 1)];
        string?[] shown = names.Length == 0 ? [null] : [.. names.Take(MostPanels)];
        Figure[] panels = [.. shown.Select(name => Panel(name, scored))];
        LegendEntry[] notes =
        [
            .. trials.Count > scored.Length ? [new LegendEntry($"{NumberText.Count(trials.Count - scored.Length)} without a score")] : Array.Empty<LegendEntry>(),
            .. names.Length > MostPanels ? [new LegendEntry($"{NumberText.Count(names.Length - MostPanels)} more settings")] : Array.Empty<LegendEntry>(),
        ];
        return panels is [var only] ? only with { Notes = notes } : panels[0] with { Name = "Scores of settings", Panels = panels, Notes = notes };
    }

    /// <param name="setting">The setting across; null for the trials' numbers.</param>
    /// <param name="trials">The trials, which all have a score.</param>
    private static Figure Panel(string? setting, MlpTrial[] trials)
    {
        object?[] values = [.. trials.Select(trial => setting is null ? trial.Trial : ValueOf(trial, setting))];
        double[] numbers = [.. values.Select(value => value is not bool && Data.Cell.TryNumber(value, out var number) ? number : double.NaN)];
        string[] texts = Array.TrueForAll(numbers, double.IsFinite) ? [] : [.. values.Select(TextOf).Distinct()];
        var at = texts.Length == 0 ? numbers : [.. values.Select(value => (double)Array.IndexOf(texts, TextOf(value)))];
        var isByFactors = texts.Length == 0 && at.Length > 0 && at.Min() > 0 && at.Max() / at.Min() >= LogarithmicFrom;
        var rounds = RoundsOf(trials);
        var marks = new List<Mark>();
        if (trials.Where(trial => rounds[0] is null || trial.Epoch == rounds[0]).MaxBy(trial => trial.Score) is { Score: { } highest } best)
        {
            marks.Add(new UprightMark(at[Array.IndexOf(trials, best)], $"best: trial {NumberText.Count(best.Trial)}, {NumberText.Rounded(highest, 3)}"));
        }

        foreach (var (series, round) in rounds.Index())
        {
            int[] places = [.. Enumerable.Range(0, trials.Length).Where(i => round is null || trials[i].Epoch == round)];
            var line = places.GroupBy(i => at[i]).OrderBy(group => group.Key).Select(group => (group.Key, group.Max(i => trials[i].Score!.Value)));
            marks.Add(new LineMark(line, series, round is { } epochs ? $"best after {NumberText.Count(epochs)} epoch{(epochs == 1 ? "" : "s")}" : "best of each value"));
            marks.Add(new PointsMark(
                [.. places.Select(i => (at[i], trials[i].Score!.Value))],
                round is null ? $"{NumberText.Count(trials.Length)} trial{(trials.Length == 1 ? "" : "s")}" : null,
                series,
                i => Tooltip(trials[places[i]])));
        }

        return new Figure(
            name: setting is null ? "Scores of trials" : $"Score by {setting}",
            x: texts.Length > 0 ? Axis.Of(texts) : isByFactors ? Axis.Logarithmic(at) : Axis.Over(at),
            y: Axis.Over(trials.Select(trial => trial.Score!.Value), 0.08),
            xName: setting ?? "trial",
            yName: "score",
            marks: marks);
    }

    /// <summary>The numbers of epochs that halving gave, the largest first; null alone where all trials had the same, or it is a setting.</summary>
    private static int?[] RoundsOf(MlpTrial[] trials)
    {
        int?[] epochs = [.. trials.Select(trial => (int?)trial.Epoch).Distinct().OrderDescending()];
        return epochs.Length > 1 && !trials.Any(trial => trial.Setting.ContainsKey(nameof(MlpTrial.Epoch))) ? epochs : [null];
    }

    private static string Tooltip(MlpTrial trial) =>
        $"trial {NumberText.Count(trial.Trial)}, epochs {NumberText.Count(trial.Epoch)}\n"
        + string.Concat(trial.Setting.Select(setting => $"{setting.Key} {LabelText.OneLine(TextOf(setting.Value), 40)}\n"))
        + $"score {NumberText.Rounded(trial.Score!.Value, 4)}" + (trial.Deviation is { } deviation ? $" ± {NumberText.Rounded(deviation, 4)}" : string.Empty);

    private static object? ValueOf(MlpTrial trial, string setting) => trial.Setting.TryGetValue(setting, out var value) ? value : null;

    private static string TextOf(object? value) => value switch
    {
        null => "none",
        IList list => string.Join(", ", list.Cast<object?>().Select(TextOf)),
        _ => Data.Cell.Text(value),
    };
}
