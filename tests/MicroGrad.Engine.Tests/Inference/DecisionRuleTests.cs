using MicroGrad.Data;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class DecisionRuleTests
{
    [Theory]
    [InlineData(0.7310585786300049, 1)]
    [InlineData(0.73105857863001, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void The_second_of_two_classes_is_decided_for_from_the_threshold_on(double threshold, int expected)
    {
        // The sigmoid of 1, and the softmax of outputs that differ by 1.
        Assert.Equal(expected, new DecisionRule(Schema(LossKind.BinaryCrossEntropy, TargetEncoding.ZeroOrOne, "no", "yes"), threshold).ClassOf([1]));
        Assert.Equal(expected, new DecisionRule(Schema(LossKind.CrossEntropy, TargetEncoding.OneHot, "no", "yes"), threshold).ClassOf([4, 5]));
    }

    [Fact]
    public void Without_a_threshold_the_most_probable_class_is_decided_for()
    {
        Assert.Equal(0, new DecisionRule(Schema(LossKind.BinaryCrossEntropy, TargetEncoding.ZeroOrOne, "no", "yes")).ClassOf([-1e-9]));
        Assert.Equal(2, new DecisionRule(Schema(LossKind.CrossEntropy, TargetEncoding.OneHot, "a", "b", "c")).ClassOf([1, 2, 3]));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_threshold_is_a_probability(double threshold) =>
        Assert.Equal("InvalidThreshold", Assert.Throws<GradException>(() => new DecisionRule(Schema(LossKind.BinaryCrossEntropy, TargetEncoding.ZeroOrOne, "no", "yes"), threshold)).ErrorId);

    [Fact]
    public void Models_without_one_probability_to_compare_take_no_threshold()
    {
        Assert.Equal("UnusedOption", Assert.Throws<GradException>(() => new DecisionRule(Schema(LossKind.Hinge, TargetEncoding.MinusOneOrOne, "no", "yes"), 0.5)).ErrorId);
        Assert.Equal("UnusedOption", Assert.Throws<GradException>(() => new DecisionRule(Schema(LossKind.CrossEntropy, TargetEncoding.OneHot, "a", "b", "c"), 0.5)).ErrorId);
        Assert.Equal("UnusedOption", Assert.Throws<GradException>(() => new DecisionRule(Schema(LossKind.MeanSquaredError, TargetEncoding.Numbers), 0.5)).ErrorId);
        Assert.Equal("UnusedOption", Assert.Throws<GradException>(() => DecisionRule.Require(null, 0.5)).ErrorId);
    }

    private static ModelSchema Schema(LossKind loss, TargetEncoding encoding, params string[] classes) =>
        new([new FeatureColumn("x")], [new PredictedColumn("y")], encoding, classes, hasNumericClasses: false, loss);
}
