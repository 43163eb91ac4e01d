using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class ClassDecisionTests
{
    [Theory]
    [InlineData(new[] { 0.1, 3.0, -2.0 }, 1)]
    [InlineData(new[] { -5.0, -3.0, -2.0 }, 2)]
    [InlineData(new[] { 7.0, 7.0, 1.0 }, 0)]
    [InlineData(new[] { 4.0 }, 0)]
    public void Of_many_outputs_the_largest_decides_and_the_first_of_equals(double[] outputs, int expected) =>
        Assert.Equal(expected, ClassDecision.ClassOf(TargetEncoding.OneHot, outputs));

    [Theory]
    [InlineData(TargetEncoding.ZeroOrOne)]
    [InlineData(TargetEncoding.MinusOneOrOne)]
    public void A_single_output_decides_by_its_sign_and_zero_is_the_first_class(TargetEncoding encoding)
    {
        Assert.Equal(1, ClassDecision.ClassOf(encoding, [0.01]));
        Assert.Equal(0, ClassDecision.ClassOf(encoding, [-0.01]));
        Assert.Equal(0, ClassDecision.ClassOf(encoding, [0]));
    }

    [Fact]
    public void Targets_stand_for_the_class_that_they_encode()
    {
        Assert.Equal(2, TrainingRun.Samples([[0]], [2], 3).ClassAt(0));
        Assert.Equal([0, 1], new[] { 0.0, 1 }.Select(t => TrainingRun.Samples([[0]], [[t]]).ClassAt(0)));
        Assert.Equal([0, 1], new[] { -1.0, 1 }.Select(t => TrainingRun.Samples([[0]], [[t]]).ClassAt(0)));
    }

    [Fact]
    public void Rows_decided_right_are_counted()
    {
        Assert.Equal(2, ClassDecision.CountRight([1, 0, 0, 1, 1, 0], [0, 1, 1], 2));
        Assert.Equal(3, ClassDecision.CountRight([-3, 2, 0.5, -1], [-1, 1, -1, -1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(29)]
    public void Rows_are_counted_as_they_are_decided_one_by_one_however_many_there_are(int rows)
    {
        const int Classes = 3;
        var random = new System.Random(rows);

        // Small whole numbers, so that outputs are often equal; some are NaN.
        double[] outputs = [.. Enumerable.Range(0, rows * Classes).Select(_ => random.Next(8) == 0 ? double.NaN : random.Next(3))];
        int[] classes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Classes))];

        var right = Enumerable.Range(0, rows).Count(r =>
            ClassDecision.ClassOf(TargetEncoding.OneHot, outputs.AsSpan(r * Classes, Classes))
            == classes[r]);
        Assert.Equal(right, ClassDecision.CountRight(outputs, classes, Classes));
    }
}
