using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class DecisionsTests
{
    [Theory]
    [InlineData(new[] { 0.1, 3.0, -2.0 }, 1)]
    [InlineData(new[] { -5.0, -3.0, -2.0 }, 2)]
    [InlineData(new[] { 7.0, 7.0, 1.0 }, 0)]
    [InlineData(new[] { 4.0 }, 0)]
    public void Of_many_outputs_the_largest_decides_and_the_first_of_equals(double[] outputs, int expected) =>
        Assert.Equal(expected, Decisions.ClassOf(TargetEncoding.OneHot, outputs));

    [Theory]
    [InlineData(TargetEncoding.ZeroOrOne)]
    [InlineData(TargetEncoding.MinusOneOrOne)]
    public void A_single_output_decides_by_its_sign_and_zero_is_the_first_class(TargetEncoding encoding)
    {
        Assert.Equal(1, Decisions.ClassOf(encoding, [0.01]));
        Assert.Equal(0, Decisions.ClassOf(encoding, [-0.01]));
        Assert.Equal(0, Decisions.ClassOf(encoding, [0]));
    }

    [Fact]
    public void Targets_stand_for_the_class_that_they_encode()
    {
        Assert.Equal(2, Decisions.TargetClass(TargetEncoding.OneHot, [0, 0, 1]));
        Assert.Equal([0, 1], new[] { 0.0, 1 }.Select(t => Decisions.TargetClass(TargetEncoding.ZeroOrOne, [t])));
        Assert.Equal([0, 1], new[] { -1.0, 1 }.Select(t => Decisions.TargetClass(TargetEncoding.MinusOneOrOne, [t])));
    }

    [Fact]
    public void Rows_decided_right_are_counted()
    {
        Assert.Equal(2, Decisions.CountRight(TargetEncoding.OneHot, [1, 0, 0, 1, 1, 0], [1, 0, 0, 1, 0, 1], 2));
        Assert.Equal(3, Decisions.CountRight(TargetEncoding.MinusOneOrOne, [-3, 2, 0.5, -1], [-1, 1, -1, -1], 1));
    }
}
