using MicroGrad.Data;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>How large the derivatives of a loss by the parameters of a layer are.</summary>
/// <param name="Mean">The mean of their absolute values.</param>
/// <param name="Largest">The largest absolute value.</param>
public readonly record struct LayerGradient(double Mean, double Largest)
{
    // Rows that go through the network together: few enough that a layer's numbers stay in the cache.
    private const int MaxRows = 256;

    /// <summary>The derivatives of the loss over all rows by the parameters as they are, layer by layer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="schema">What its inputs and outputs mean.</param>
    /// <param name="samples">The rows; at least one.</param>
    /// <param name="stopping">Asked before each batch of rows.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static LayerGradient[] Of(Mlp model, ModelSchema schema, Samples samples, CancellationToken stopping)
    {
        var gradients = Gradients(model, Loss.OfMeasure(schema), samples, stopping);
        var layers = new LayerGradient[model.Layers.Count];
        var start = 0;
        for (var l = 0; l < layers.Length; l++)
        {
            var count = model.Layers[l].OutputCount * (model.Layers[l].InputCount + (model.HasBias ? 1 : 0));
            var own = gradients.Skip(start).Take(count).Select(Math.Abs).ToArray();
            layers[l] = new LayerGradient(own.Average(), own.Max());
            start += count;
        }

        return layers;
    }

    private static double[] Gradients(Mlp model, Loss loss, Samples samples, CancellationToken stopping)
    {
        var network = new BatchedNetwork<double>(model.LayerShapes, Math.Min(MaxRows, samples.Count));
        var (parameters, width) = (model.CopyParameters(), samples.OutputCount);
        var (sum, ofBatch) = (new double[parameters.Length], new double[parameters.Length]);
        var divisor = loss.Divisor(TotalWeight(0, samples.Count), width);
        for (var start = 0; start < samples.Count; start += MaxRows)
        {
            stopping.ThrowIfCancellationRequested();
            var rows = Math.Min(MaxRows, samples.Count - start);
            var outputs = network.Forward(parameters, samples.Inputs.AsSpan(start * samples.InputCount, rows * samples.InputCount), rows);
            var outputGradients = new double[rows * width];
            loss.Batch(new LossBatch(
                outputs,
                Part(samples.Targets, start * width, rows * width),
                Part(samples.Weights, start, rows),
                width,
                outputGradients)
            {
                Classes = Part(samples.Classes, start, rows),
            });
            network.Backward(outputGradients, ofBatch);

            // A batch's loss is the mean over its own rows.
            var share = loss.Divisor(TotalWeight(start, rows), width) / divisor;
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += share * ofBatch[i];
            }
        }

        return sum;

        static ReadOnlySpan<TItem> Part<TItem>(TItem[] items, int start, int count) =>
            items.Length == 0 ? [] : items.AsSpan(start, count);

        double TotalWeight(int start, int rows) =>
            samples.Weights.Length == 0 ? rows : samples.Weights.Skip(start).Take(rows).Sum();
    }
}
