using MicroGrad.Data;
using MicroGrad.Operations;

namespace MicroGrad.Inference;

/// <summary>Measures a model of labels: each label by itself, and all labels of a row together. Conventions are scikit-learn's.</summary>
internal static class LabelFigures
{
    /// <summary>The measurement without its loss.</summary>
    /// <param name="schema">The schema of the model.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    /// <param name="rule">Which labels outputs mean.</param>
    public static MlpMeasurement Measure(ModelSchema schema, Samples samples, double[] outputs, DecisionRule rule)
    {
        var count = schema.Targets.Count;
        var decisions = new DecisionFigures[count];
        var byLabel = new LabelMeasurement[count];
        var weights = samples.Weights.Length > 0 ? samples.Weights : [.. Enumerable.Repeat(1.0, samples.Count)];
        var isExact = new bool[samples.Count];
        Array.Fill(isExact, true);
        for (var l = 0; l < count; l++)
        {
            var (table, has, probabilities) = (new double[2, 2], new bool[samples.Count], new double[samples.Count]);
            for (var r = 0; r < samples.Count; r++)
            {
                var output = outputs[r * count + l];
                var isDecided = rule.HasLabel(output);
                (has[r], probabilities[r]) = (samples.TargetsAt(r)[l] > 0, Sigmoid.Of(output));
                table[has[r] ? 1 : 0, isDecided ? 1 : 0] += weights[r];
                isExact[r] &= has[r] == isDecided;
            }

            decisions[l] = new DecisionFigures(table);
            byLabel[l] = Of(schema.TargetNames[l], decisions[l], has, probabilities, samples.Weights);
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

    private static LabelMeasurement Of(string name, DecisionFigures decisions, bool[] has, double[] probabilities, double[] weights)
    {
        var rows = new ScoredRows(probabilities, has, weights);
        return new LabelMeasurement(name, has.Count(isTrue => isTrue), decisions.Accuracy, decisions.Precision(1), decisions.Recall(1), decisions.F1(1))
        {
            AUC = rows.Auc(),
            AveragePrecision = rows.AveragePrecision(),
            LogLoss = ProbabilityFigures.LogLoss([.. probabilities.Zip(has, (p, isTrue) => isTrue ? p : 1 - p)], weights),
            Brier = ProbabilityFigures.Brier(probabilities, has, weights),
            HasPrecision = decisions.HasPrecision(1),
            HasRecall = decisions.HasRecall(1),
        };
    }
}
