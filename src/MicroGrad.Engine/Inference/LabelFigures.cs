using MicroGrad.Data;

namespace MicroGrad.Inference;

/// <summary>Measures a model of labels: each label by itself, and all labels of a row together. Conventions are scikit-learn's.</summary>
public static class LabelFigures
{
    /// <summary>How often rows without a label (place 0) and with it (place 1) were decided to have it.</summary>
    /// <param name="measured">The label's figures.</param>
    public static ConfusionMatrix ConfusionOf(LabelMeasurement measured) => measured.Confusion!;

    /// <summary>The measurement without its loss.</summary>
    /// <param name="schema">The schema of the model.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    /// <param name="rule">Which labels outputs mean.</param>
    /// <param name="stopping">Asked before each label.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    internal static MlpMeasurement Measure(
        ModelSchema schema, Samples samples, double[] outputs, DecisionRule rule, CancellationToken stopping = default)
    {
        var count = schema.Targets.Count;
        var decisions = new DecisionFigures[count];
        var byLabel = new LabelMeasurement[count];
        var weights = samples.Weights.Length > 0 ? samples.Weights : [.. Enumerable.Repeat(1.0, samples.Count)];
        var scores = ClassScores.OfLabels(samples, outputs);
        var places = Array.AsReadOnly([bool.FalseString, bool.TrueString]);
        var isExact = new bool[samples.Count];
        Array.Fill(isExact, true);
        for (var l = 0; l < count; l++)
        {
            stopping.ThrowIfCancellationRequested();
            var confusion = new ConfusionMatrix(places);
            for (var r = 0; r < samples.Count; r++)
            {
                var actual = samples.TargetsAt(r)[l] > 0 ? 1 : 0;
                var decided = rule.HasLabel(outputs[r * count + l]) ? 1 : 0;
                confusion.Add(actual, decided, weights[r]);
                isExact[r] &= actual == decided;
            }

            decisions[l] = new DecisionFigures(2, confusion.Weights);
            var rows = scores.Rows(l);
            byLabel[l] = new LabelMeasurement(
                schema.TargetNames[l],
                confusion.CountAt(1, 0) + confusion.CountAt(1, 1),
                decisions[l].Accuracy,
                decisions[l].Precision(1),
                decisions[l].Recall(1),
                decisions[l].F1(1))
            {
                AUC = rows.Auc(),
                AveragePrecision = rows.AveragePrecision(),
                LogLoss = scores.LogLossOf(l),
                Brier = scores.Brier(l)!.Value,
                HasPrecision = decisions[l].HasPrecision(1),
                HasRecall = decisions[l].HasRecall(1),
                Confusion = confusion,
            };
        }

        var total = weights.Sum();
        double[] shares = [.. decisions.Select(decision => decision.WeightOf(1))];
        return new MlpMeasurement
        {
            Count = samples.Count,
            Accuracy = byLabel.Average(label => label.Accuracy),
            ExactMatch = weights.Where((_, row) => isExact[row]).Sum() / total,
            ByLabel = Array.AsReadOnly(byLabel),
            Macro = Average([.. shares.Select(_ => 1.0)]),
            Weighted = Average(shares),
            AUC = Overall(label => label.AUC),
            AveragePrecision = Overall(label => label.AveragePrecision),
            LogLoss = byLabel.Average(label => label.LogLoss),
            Brier = byLabel.Average(label => label.Brier),
        };

        double? Overall(Func<LabelMeasurement, double?> figure) =>
            byLabel.All(label => figure(label) is not null) ? byLabel.Average(figure) : null;

        ClassAverage Average(double[] shares) => new(
            Mean(shares, label => label.Precision), Mean(shares, label => label.Recall), Mean(shares, label => label.F1));

        // Where no row has a label, all weights are 0, and scikit-learn's answer is 0.
        double Mean(double[] shares, Func<LabelMeasurement, double> figure) =>
            shares.Sum() == 0 ? 0 : byLabel.Zip(shares, (label, share) => share * figure(label)).Sum() / shares.Sum();
    }
}
