using System.Collections;
using MicroGrad.PowerShell.Rows;
using MicroGrad.PowerShell.Training;
using MicroGrad.PowerShell.Trials;

namespace MicroGrad.PowerShell.Plots;

/// <summary>Reads what can be plotted without rows: models, and results of other cmdlets, also those that went through a file or a job.</summary>
internal static class ResultReader
{
    // What jobs and remoting add to objects.
    private static readonly string[] Added = ["RunspaceId", "PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId"];

    private static readonly string[] Figures = [.. typeof(MlpTrial).GetProperties().Select(property => property.Name)];

    /// <summary>Reads a result; null of anything else.</summary>
    /// <exception cref="GradException">It is one, with a figure that can't be read (id <c>InvalidHistory</c>).</exception>
    public static object? Read(object? element) => Wrapped.Unwrap(element) switch
    {
        (FeatureImportance or LearningRatePoint or MlpMeasurement or MlpTrial or Mlp) and var result => result,
        _ => (object?)ReadTrial(element) ?? (object?)ReadImportance(element) ?? (object?)ReadSweepPoint(element) ?? EpochReader.Read(element),
    };

    /// <summary>Whether this is the first line of a file of trials, which holds none.</summary>
    public static bool IsHead(object? element) =>
        CopiedResult.Of(element, TrialFile.FormatKey)?.Text(TrialFile.FormatKey) == TrialFile.Format;

    private static MlpTrial? ReadTrial(object? element) =>
        CopiedResult.Of(element, nameof(MlpTrial.Trial), nameof(MlpTrial.Epoch), nameof(MlpTrial.Score)) is { } copy
            ? new MlpTrial(copy.Whole(nameof(MlpTrial.Trial)))
            {
                Setting = Settings(copy),
                Score = copy.Find(nameof(MlpTrial.Score)),
                Deviation = copy.Find(nameof(MlpTrial.Deviation)),
                Epoch = copy.Whole(nameof(MlpTrial.Epoch)),
            }
            : null;

    /// <summary>The settings of a trial: in a file of trials an object of their own, else the properties beside the figures.</summary>
    private static OrderedDictionary<string, object?> Settings(CopiedResult copy)
    {
        var settings = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (copy.Properties(nameof(MlpTrial.Setting)) is { } own)
        {
            foreach (var property in own.Properties)
            {
                settings[property.Name] = SettingOf(property.Value);
            }

            return settings;
        }

        foreach (var name in copy.Names.Except([.. Figures, .. Added], StringComparer.OrdinalIgnoreCase))
        {
            settings[name] = SettingOf(copy.Value(name));
        }

        // A setting of this name is the figure too.
        if (copy.Value(nameof(MlpTrial.Setting)) is IDictionary known && known.Contains(nameof(MlpTrial.Epoch)))
        {
            settings[nameof(MlpTrial.Epoch)] = copy.Whole(nameof(MlpTrial.Epoch));
        }

        return settings;
    }

    private static object? SettingOf(object? value) => Wrapped.Unwrap(value) switch
    {
        string text => CopiedResult.TryNumber(text, out var number) ? number : text,
        var other => other,
    };

    private static FeatureImportance? ReadImportance(object? element) =>
        CopiedResult.Of(element, nameof(FeatureImportance.Feature), nameof(FeatureImportance.Importance), nameof(FeatureImportance.Deviation)) is { } copy
            ? new FeatureImportance(copy.Text(nameof(FeatureImportance.Feature)), copy.Number(nameof(FeatureImportance.Importance)), copy.Number(nameof(FeatureImportance.Deviation)))
            {
                ScoreDrop = copy.Find(nameof(FeatureImportance.ScoreDrop)) ?? double.NaN,
                ScoreDropDeviation = copy.Find(nameof(FeatureImportance.ScoreDropDeviation)) ?? double.NaN,
            }
            : null;

    private static LearningRatePoint? ReadSweepPoint(object? element) =>
        CopiedResult.Of(element, nameof(LearningRatePoint.Step), nameof(LearningRatePoint.LearningRate), nameof(LearningRatePoint.Loss), nameof(LearningRatePoint.SmoothedLoss)) is { } copy
            ? new LearningRatePoint(
                copy.Whole(nameof(LearningRatePoint.Step)),
                copy.Number(nameof(LearningRatePoint.LearningRate)),
                copy.Number(nameof(LearningRatePoint.Loss)),
                copy.Number(nameof(LearningRatePoint.SmoothedLoss)),
                copy.Text(nameof(LearningRatePoint.IsSuggested)) == bool.TrueString)
            : null;
}
