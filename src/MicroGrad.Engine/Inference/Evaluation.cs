using MicroGrad.Data;
using MicroGrad.Kernels;
using MicroGrad.Training;

namespace MicroGrad.Inference;

/// <summary>Runs a network over rows without learning from them.</summary>
internal static class Evaluation
{
    private const int MaxRows = 256;

    /// <summary>The loss of all rows, and how many are decided right where the loss is over classes.</summary>
    public static (double Loss, int? Right) Run(BatchedNetwork<double> network, double[] parameters, Loss loss, Samples samples)
    {
        var outputs = Outputs(network, parameters, samples);
        var value = loss.Batch(outputs, samples.Targets, samples.Weights, samples.OutputCount, new double[outputs.Length]);
        int? right = loss.Encoding == TargetEncoding.Numbers
            ? null
            : ClassDecision.CountRight(loss.Encoding, outputs, samples.Targets, samples.OutputCount);
        return (value, right);
    }

    /// <summary>A model's outputs for all rows.</summary>
    public static double[] Outputs(Mlp model, Samples samples) =>
        Outputs(new BatchedNetwork<double>(model, Math.Min(samples.Count, MaxRows)), model.CopyParameters(), samples);

    /// <summary>The outputs for all rows, computed in batches of what the network holds.</summary>
    public static double[] Outputs(BatchedNetwork<double> network, double[] parameters, Samples samples)
    {
        var outputs = new double[samples.Count * samples.OutputCount];
        for (var start = 0; start < samples.Count; start += network.MaxRows)
        {
            var rows = Math.Min(network.MaxRows, samples.Count - start);
            network.Forward(parameters, samples.Inputs.AsSpan(start * samples.InputCount), rows)
                .CopyTo(outputs.AsSpan(start * samples.OutputCount));
        }

        return outputs;
    }
}
