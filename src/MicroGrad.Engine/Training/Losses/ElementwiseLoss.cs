using System.Runtime.CompilerServices;

namespace MicroGrad.Training;

/// <summary>A loss that is a mean over single outputs, each against its own target.</summary>
internal abstract class ElementwiseLoss : Loss
{
    /// <summary>What one output costs, and the derivative by it.</summary>
    protected abstract double Element(double output, double target, out double derivative);

    /// <summary>The same as a graph.</summary>
    protected abstract GradValue Element(GradValue output, double target);

    public sealed override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            sum += Element(outputs[i], targets[i], out gradient[i]);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override double Batch(LossBatch batch)
    {
        var outputs = batch.Outputs;
        var targets = batch.Targets;
        var gradients = batch.Gradients;
        var scale = Scale(batch);
        var sum = 0.0;
        for (int row = 0, i = 0; i < outputs.Length; row++)
        {
            var weight = batch.Weight(row);
            for (var end = i + batch.OutputCount; i < end; i++)
            {
                sum += weight * Element(outputs[i], targets[i], out var derivative);
                gradients[i] = derivative * (weight * scale);
            }
        }

        return sum * scale;
    }

    public sealed override GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets)
    {
        var elements = new GradValue[outputs.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Element(outputs[i], targets[i]);
        }

        return elements.Length == 1 ? elements[0] : GradValue.Sum(elements);
    }

    public override double Divisor(double totalWeight, int outputCount) => totalWeight * outputCount;
}
