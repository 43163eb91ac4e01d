using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class LossTests
{
    public static TheoryData<LossKind> Kinds => [.. Enum.GetValues<LossKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_over_numbers_is_that_of_the_value_by_differences(LossKind kind)
    {
        var loss = TrainingRun.LossOf(kind);
        var (outputs, targets, weights, count) = Draw(kind, 11);
        var gradients = new double[outputs.Length];
        TrainingRun.Cost(loss, outputs, targets, weights, count, gradients);

        for (var i = 0; i < outputs.Length; i++)
        {
            var place = i;
            Close.Equal(Difference.At(At, outputs[i]), gradients[i], 1e-9, $"output {i}");

            double At(double x)
            {
                var changed = (double[])outputs.Clone();
                changed[place] = x;
                return TrainingRun.Cost(loss, changed, targets, weights, count, new double[changed.Length]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_and_graph_agree(LossKind kind)
    {
        for (var rows = 1; rows < 10; rows++)
        {
            var loss = TrainingRun.LossOf(kind);
            var (outputs, targets, _, count) = Draw(kind, rows);
            var gradients = new double[outputs.Length];
            var value = TrainingRun.Cost(loss, outputs, targets, [], count, gradients);

            var leaves = outputs.Select(x => new GradValue(x)).Chunk(count).ToArray();
            var root = kind.Graph(leaves, targets);
            root.Backward();

            Close.Equal(root.Data, value, Close.Evaluation, "value");
            Close.Equal(leaves.SelectMany(row => row).Select(leaf => leaf.Grad).ToArray(), gradients, Close.Evaluation, "gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Weights_of_two_count_a_row_twice(LossKind kind)
    {
        var loss = TrainingRun.LossOf(kind);
        var (outputs, targets, _, count) = Draw(kind, 2);
        double[] repeated = [.. outputs[..count], .. outputs[..count], .. outputs[count..]];
        double[] repeatedTargets = [.. targets[..count], .. targets[..count], .. targets[count..]];

        var weighted = TrainingRun.Cost(loss, outputs, targets, [2, 1], count, new double[outputs.Length]);

        Close.Equal(TrainingRun.Cost(loss, repeated, repeatedTargets, [], count, new double[repeated.Length]), weighted, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Logits_of_thousands_cost_what_they_should_and_stay_finite(LossKind kind)
    {
        var loss = TrainingRun.LossOf(kind);
        var (outputs, targets, _, count) = Draw(kind, 6);
        var huge = Array.ConvertAll(outputs, x => 800 * x);
        var gradients = new double[huge.Length];
        var value = TrainingRun.Cost(loss, huge, targets, [], count, gradients);
        var root = kind.Graph(huge.Select(x => new GradValue(x)).Chunk(count).ToArray(), targets);

        Assert.True(double.IsFinite(value));
        Assert.All(gradients, gradient => Assert.True(double.IsFinite(gradient)));
        Close.Equal(root.Data, value, Close.Evaluation);
    }

    [Fact]
    public void Edges_of_the_losses_follow_the_conventions()
    {
        // Equal to the target; exactly on the margin; exactly where Huber's branches meet.
        Assert.Equal((0, 0), Single(LossKind.MeanAbsoluteError, 2, 2));
        Assert.Equal((0, 0), Single(LossKind.Hinge, 1, 1));
        Assert.Equal((0, 0), Single(LossKind.Huber, 2, 2));
        Assert.Equal((0.5, 1), Single(LossKind.Huber, 3, 2));
        Assert.Equal((0.5, -1), Single(LossKind.Huber, 1, 2));
        Assert.Equal((800, 1), Single(LossKind.BinaryCrossEntropy, 800, 0));
        Assert.Equal((0, 0), Single(LossKind.BinaryCrossEntropy, 800, 1));
        Assert.Equal((0, 0), Single(LossKind.BinaryCrossEntropy, -800, 0));
        Assert.Equal((800, -1), Single(LossKind.BinaryCrossEntropy, -800, 1));
    }

    [Fact]
    public void Cross_entropy_is_right_far_from_zero()
    {
        var gradients = new double[2];
        var loss = LossKind.CrossEntropy.Create();

        Assert.Equal(1600, TrainingRun.Cost(loss, [800, -800], [0, 1], [], 2, gradients));
        Assert.Equal([1, -1], gradients);
        Assert.Equal(0, TrainingRun.Cost(loss, [800, -800], [1, 0], [], 2, gradients));
        Assert.Equal([0, 0], gradients);
        Close.Equal(Math.Log(2), TrainingRun.Cost(loss, [-800, -800], [1, 0], [], 2, gradients), Close.Evaluation);
        Close.Equal([-0.5, 0.5], gradients, Close.Evaluation);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NaN_shows_in_the_value_and_in_the_gradient(LossKind kind)
    {
        var loss = TrainingRun.LossOf(kind);
        var (outputs, targets, _, count) = Draw(kind, 1);
        var gradients = new double[count];
        outputs[0] = double.NaN;

        Assert.True(double.IsNaN(TrainingRun.Cost(loss, outputs, targets, [], count, gradients)));
        Assert.True(double.IsNaN(gradients[0]));
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e16)]
    public void Cross_entropy_over_numbers_is_right_at_any_size_of_logits(double size)
    {
        var gradients = new double[2];

        var value = TrainingRun.Cost(LossKind.CrossEntropy.Create(), [size, size], [1, 0], [], 2, gradients);

        Close.Equal(Math.Log(2), value, Close.Evaluation, "value");
        Close.Equal([-0.5, 0.5], gradients, Close.Evaluation, "gradient");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_loss_of_many_rows_is_summed_part_by_part(LossKind kind)
    {
        var loss = TrainingRun.LossOf(kind);
        var count = loss.Encoding == TargetEncoding.OneHot ? 700 : 2;
        var samples = new Samples((1_200_000 / count) + 1, 1, count, hasClasses: count > 2);
        var outputs = new double[samples.Count * count];
        samples.Weights = new double[samples.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Math.Sin(i);
        }

        for (var row = 0; row < samples.Count; row++)
        {
            samples.Weights[row] = row % 3;
            if (count > 2)
            {
                samples.Classes[row] = row % count;
            }
            else
            {
                samples.TargetsAt(row)[row % 2] = 1;
            }
        }

        var whole = loss.Batch(LossBatch.Of(samples, outputs, new double[outputs.Length]));
        Close.Equal(whole, loss.Of(outputs, samples, TestContext.Current.CancellationToken), 1e-12);
        Assert.Throws<OperationCanceledException>(() => loss.Of(outputs, samples, new CancellationToken(canceled: true)));
    }

    private static (double Value, double Gradient) Single(LossKind kind, double output, double target)
    {
        var gradient = new double[1];
        var value = TrainingRun.Cost(TrainingRun.LossOf(kind), [output], [target], [], 1, gradient);
        GradValue leaf = output;
        var root = kind.Graph([[leaf]], [target]);
        root.Backward();
        Assert.Equal((value, gradient[0]), (root.Data, leaf.Grad));
        return (value, gradient[0]);
    }

    private static (double[] Outputs, double[] Targets, double[] Weights, int Count) Draw(LossKind kind, int rows)
    {
        var encoding = TrainingRun.LossOf(kind).Encoding;
        var count = encoding is TargetEncoding.Numbers or TargetEncoding.OneHot ? 3 : 1;
        var samples = TrainingRun.Draw(rows, encoding, 2, count, seed: rows);
        var random = new System.Random(rows + 1);
        return (
            [.. TrainingRun.Targets(samples).Select(target => target + 3 * random.NextDouble() - 1.5)],
            TrainingRun.Targets(samples),
            [.. Enumerable.Range(0, rows).Select(_ => 0.5 + random.NextDouble())],
            count);
    }
}
