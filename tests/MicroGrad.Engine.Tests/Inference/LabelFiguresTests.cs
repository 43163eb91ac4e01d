using MicroGrad.Data;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class LabelFiguresTests
{
    // Of one label the figures are those of two classes, which are held against scikit-learn's; here are those over labels.
    private static readonly double[] Outputs = [2, -1, -0.5, 3, 1, 1, -2, -3];
    private static readonly double[][] Rows = [[1, 0], [1, 1], [0, 1], [0, 0]];

    [Fact]
    public void Labels_are_measured_by_themselves_and_together()
    {
        var measured = Measure();

        // Decided (1, 0), (0, 1), (1, 1), (0, 0): the first label is wrong twice of four times, the second never.
        Assert.Equal(4, measured.Count);
        Assert.Equal([0.5, 1], measured.ByLabel.Select(label => label.Accuracy));
        Assert.Equal(0.75, measured.Accuracy);
        Assert.Equal(0.5, measured.ExactMatch);
        Assert.Equal([2, 2], measured.ByLabel.Select(label => label.Count));
        Assert.Equal([0.5, 1], measured.ByLabel.Select(label => label.Precision));
        Assert.Equal([0.5, 1], measured.ByLabel.Select(label => label.F1));
        Assert.Equal(0.75, measured.Macro!.F1);

        // Of the first label's pairs, 2 > 1 > -0.5 > -2: three of four are in order.
        Assert.Equal([0.75, 1], measured.ByLabel.Select(label => label.AUC!.Value));
        Assert.Equal(0.875, measured.AUC);
        Assert.Null(measured.ConfusionMatrix);
        Assert.Null(measured.R2);
    }

    [Fact]
    public void The_loss_is_the_mean_over_labels_of_the_logarithmic_loss()
    {
        var measured = Measure();
        double[] targets = [.. Rows.SelectMany(row => row)];
        var expected = Outputs.Zip(targets, (z, y) => Math.Log(1 + Math.Exp(y > 0 ? -z : z))).Average();
        Close.Equal([expected], [measured.LogLoss!.Value], 1e-12);
    }

    [Fact]
    public void Weights_of_rows_count_in_all_figures()
    {
        var once = Measure([1, 0, 2, 1]);
        var taken = LabelFigures.Measure(Schema(), Samples([Rows[0], Rows[2], Rows[2], Rows[3]]), [2, -1, 1, 1, 1, 1, -2, -3], new DecisionRule(Schema()));

        Assert.Equal((taken.Accuracy, taken.ExactMatch, taken.AUC), (once.Accuracy, once.ExactMatch, once.AUC));
        Close.Equal([taken.LogLoss!.Value, taken.Brier!.Value], [once.LogLoss!.Value, once.Brier!.Value], 1e-12);
        Close.Equal([taken.Weighted!.F1], [once.Weighted!.F1], 1e-12);
    }

    [Fact]
    public void A_threshold_decides_each_label()
    {
        var (schema, samples) = (Schema(), Samples(Rows));

        // The sigmoid of -0.5 is 0.378: all rows but the last of the first label lie above a third.
        var measured = LabelFigures.Measure(schema, samples, Outputs, new DecisionRule(schema, 1.0 / 3));
        Assert.Equal(0.75, measured.ByLabel[0].Accuracy);
        Assert.Equal(1, measured.ByLabel[0].Recall);
        Assert.Equal(0.75, measured.ExactMatch);
    }

    [Fact]
    public void A_label_that_no_row_has_leaves_what_it_can_not_say()
    {
        var measured = LabelFigures.Measure(Schema(), Samples([[1, 0], [0, 0]]), [1, -1, -1, -1], new DecisionRule(Schema()));
        Assert.Null(measured.ByLabel[1].AUC);
        Assert.Null(measured.AUC);
        Assert.Equal(1, measured.ExactMatch);
    }

    private static MlpMeasurement Measure(double[]? weights = null)
    {
        var samples = Samples(Rows);
        samples.Weights = weights ?? [];
        return LabelFigures.Measure(Schema(), samples, Outputs, new DecisionRule(Schema()));
    }

    private static ModelSchema Schema() => new(
        [new FeatureColumn("x")],
        [new PredictedColumn("a"), new PredictedColumn("b")],
        TargetEncoding.Labels,
        [],
        hasNumericClasses: false,
        LossKind.BinaryCrossEntropy);

    private static Samples Samples(double[][] rows)
    {
        var samples = new Samples(rows.Length, 1, 2);
        for (var r = 0; r < rows.Length; r++)
        {
            rows[r].CopyTo(samples.TargetsAt(r));
        }

        return samples;
    }
}
