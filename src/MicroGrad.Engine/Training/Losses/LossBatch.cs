using MicroGrad.Data;

namespace MicroGrad.Training;

/// <summary>A batch, row by row, and the derivatives of its loss by the outputs.</summary>
public readonly ref struct LossBatch
{
    internal readonly ReadOnlySpan<double> Outputs;
    internal readonly ReadOnlySpan<double> Targets;
    internal readonly ReadOnlySpan<double> Weights;
    internal readonly Span<double> Gradients;
    internal readonly int OutputCount;

    /// <param name="outputs">rows × outputCount numbers.</param>
    /// <param name="targets">As many; empty where rows have <see cref="Classes"/>.</param>
    /// <param name="weights">One for each row, or empty for all 1.</param>
    /// <param name="outputCount">Outputs a row.</param>
    /// <param name="gradients">Receives rows × outputCount derivatives.</param>
    internal LossBatch(
        ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, int outputCount, Span<double> gradients)
    {
        Outputs = outputs;
        Targets = targets;
        Weights = weights;
        OutputCount = outputCount;
        Gradients = gradients;
    }

    /// <summary>The place of each row's class; empty where rows have <see cref="Targets"/>.</summary>
    internal ReadOnlySpan<int> Classes { get; init; }

    internal int Rows => Outputs.Length / OutputCount;

    /// <summary>The rows of samples, all of them, with outputs for them.</summary>
    public static LossBatch Of(Samples samples, ReadOnlySpan<double> outputs, Span<double> gradients) =>
        new(outputs, samples.Targets, samples.Weights, samples.OutputCount, gradients) { Classes = samples.Classes };

    /// <summary>Some of the rows. Their derivatives go to the beginning of <see cref="Gradients"/>.</summary>
    internal LossBatch Part(int first, int count) => new(
        Outputs.Slice(first * OutputCount, count * OutputCount),
        Targets.IsEmpty ? [] : Targets.Slice(first * OutputCount, count * OutputCount),
        Weights.IsEmpty ? [] : Weights.Slice(first, count),
        OutputCount,
        Gradients[..(count * OutputCount)])
    {
        Classes = Classes.IsEmpty ? [] : Classes.Slice(first, count),
    };

    internal double Weight(int row) => Weights.IsEmpty ? 1 : Weights[row];

    /// <summary>A row's targets as a number for each output; for a class, 1 at its place and 0 elsewhere.</summary>
    /// <param name="row">The row.</param>
    /// <param name="room">A number for each output, used where rows have classes.</param>
    public ReadOnlySpan<double> TargetsAt(int row, Span<double> room)
    {
        if (Classes.IsEmpty)
        {
            return Targets.Slice(row * OutputCount, OutputCount);
        }

        room.Clear();
        room[Classes[row]] = 1;
        return room;
    }

    /// <summary>How many decisions are right, where outputs decide between classes.</summary>
    internal int CountRight() =>
        Classes.IsEmpty ? ClassDecision.CountRight(Outputs, Targets) : ClassDecision.CountRight(Outputs, Classes, OutputCount);
}
