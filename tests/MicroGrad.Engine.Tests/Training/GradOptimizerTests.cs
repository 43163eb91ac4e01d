using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class GradOptimizerTests
{
    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Adagrad)]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    public void Steps_over_values_have_the_bits_of_the_trainers_rule(OptimizerKind kind)
    {
        // 19 values fill two vectors of 512 bits and begin a third.
        var random = new Random(5);
        GradValue[] values = [.. Enumerable.Range(0, 19).Select(_ => new GradValue(random.NextDouble()))];
        var numbers = Array.ConvertAll(values, value => value.Data);
        var options = new OptimizerOptions { Kind = kind, WeightDecay = 0.01 };
        var optimizer = new GradOptimizer(values, options);
        var rule = options.Create<double>(values.Length);
        for (var step = 0; step < 4; step++)
        {
            var gradients = Array.ConvertAll(values, _ => random.NextDouble() - 0.5);
            for (var i = 0; i < values.Length; i++)
            {
                values[i].Grad = gradients[i];
            }

            optimizer.Step(0.1);
            rule.Step(numbers, gradients, 0.1);

            Assert.Equal(numbers, Array.ConvertAll(values, value => value.Data));
            Assert.All(values, value => Assert.Equal(0, value.Grad));
        }

        Assert.Equal(4, optimizer.StepCount);
    }

    [Fact]
    public void Ascending_is_descending_of_the_negative()
    {
        var (up, down) = (new GradValue(1) { Grad = 3 }, new GradValue(1) { Grad = -3 });
        new GradOptimizer([up], new OptimizerOptions()).Step(0.1, ascend: true);
        new GradOptimizer([down], new OptimizerOptions()).Step(0.1);
        Assert.Equal(down.Data, up.Data);
        Assert.True(up.Data > 1);
    }

    [Fact]
    public void Lists_that_can_not_be_moved_are_refused()
    {
        var a = new GradValue(1);
        Assert.Equal("EmptyInput", ErrorOf([]));
        Assert.Equal("DuplicateValue", ErrorOf([a, a]));
        Assert.Equal("NotALeaf", ErrorOf([a, a * 2]));

        static string ErrorOf(GradValue[] values) =>
            Assert.Throws<GradException>(() => new GradOptimizer(values, new OptimizerOptions())).ErrorId;
    }
}
