using System.Globalization;
using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Training;

/// <summary>The text of findings, with advice that has not been followed already.</summary>
/// <param name="model">The model before its training.</param>
/// <param name="isStandardized">Whether -Standardize was given.</param>
internal sealed class TrainingRemarks(Mlp model, bool isStandardized)
{
    // Weights that were trained without a scaling fit only columns without one.
    private readonly string? _standardize = isStandardized || UnitScaling.Of(model.Schema) is not null ? null
        : model.Schema is null ? "-Standardize"
        : "a new model with -Standardize";

    /// <summary>A finding in words.</summary>
    public string Text(TrainingFinding finding) => finding.Kind switch
    {
        TrainingFindingKind.FeatureSizes => Join(
            Invariant($"The features are of very different sizes: '{finding.Column}' is about {finding.Value:G3}, '{finding.OtherColumn}' about {finding.Reference:G3}."),
            "The larger drowns the smaller.",
            Try(_standardize ?? "units in which they are alike")),
        TrainingFindingKind.TargetSize => Join(
            Invariant($"The target '{finding.Column}' is about {finding.Value:G3} in size, and outputs begin near 1 and move in small steps."),
            TryForTarget()),
        TrainingFindingKind.HighLoss => Join(
            Invariant($"In epoch {finding.Epoch} the loss is {finding.Value:G3}, far above the {finding.Reference:G3} of the first:"),
            Invariant($"the learning rate {finding.LearningRate:G3} is too high. Try {finding.LearningRate / 10:G3}.")),
        TrainingFindingKind.ExplodingGradient => Join(
            Invariant($"In epoch {finding.Epoch} the gradient's norm is {finding.Value:G3}, from {finding.Reference:G3} in the first: it explodes."),
            "Try -ClipNorm 1, or a smaller learning rate."),
        TrainingFindingKind.NoProgress => Join(
            Invariant($"In {finding.Epoch} epochs the loss never fell below its start, {finding.Value:G3}."),
            Try(Invariant($"another learning rate (it was {finding.LearningRate:G3})"), _standardize, "a larger network"),
            "See also whether the features tell anything of the target."),
        TrainingFindingKind.ValidationNotFinite => Join(
            Invariant($"In epoch {finding.Epoch} the validation loss is {finding.Value}, which is no finite number."),
            "Such an epoch is never taken for the best. Look at the validation rows: a number may be far from those that the model learns from."),
        TrainingFindingKind.DeadUnits => Join(
            Invariant($"{finding.Count} of {finding.Total} relu units in layer {finding.Layer} are dead: they answer 0 to every row and can't learn any more."),
            "Try a smaller learning rate, or -Activation LeakyRelu."),
        TrainingFindingKind.SaturatedUnits => Join(
            Invariant($"{finding.Count} of {finding.Total} tanh units in layer {finding.Layer} are saturated: nearly all their answers are close to -1 or 1, where the gradient is close to 0."),
            Try(_standardize, "a smaller learning rate")),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding.Kind, null),
    };

    private string TryForTarget() => model.OutputActivation == Activation.Identity
        ? Try(_standardize ?? "another unit")
        : $"-Standardize leaves it as it is, since the output activation {model.OutputActivation} fixes the range of answers. Try Identity there.";

    private static string Try(params string?[] ways)
    {
        string[] given = [.. ways.OfType<string>()];
        return "Try " + (given.Length < 3 ? string.Join(", or ", given) : $"{string.Join(", ", given[..^1])}, or {given[^1]}") + ".";
    }

    private static string Join(params string[] sentences) => string.Join(' ', sentences);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
