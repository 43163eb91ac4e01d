namespace MicroGrad.Training;

/// <summary>A batch as a loss takes it, row by row, and where its derivatives by the outputs go.</summary>
/// <param name="outputs">rows × outputCount numbers.</param>
/// <param name="targets">As many.</param>
/// <param name="weights">One for each row, or empty for all 1.</param>
/// <param name="outputCount">Outputs a row.</param>
/// <param name="gradients">Receives rows × outputCount derivatives.</param>
internal readonly ref struct LossBatch(
    ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, int outputCount, Span<double> gradients)
{
    public readonly ReadOnlySpan<double> Outputs = outputs;
    public readonly ReadOnlySpan<double> Targets = targets;
    public readonly ReadOnlySpan<double> Weights = weights;
    public readonly Span<double> Gradients = gradients;
    public readonly int OutputCount = outputCount;

    public int Rows => Outputs.Length / OutputCount;

    public double Weight(int row) => Weights.IsEmpty ? 1 : Weights[row];
}
