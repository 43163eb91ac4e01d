using MicroGrad.Data;
using MicroGrad.Networks;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public class MemoryBudgetTests
{
    [Fact]
    public void Rows_times_classes_beyond_what_there_is_are_refused_with_their_sizes()
    {
        var error = Assert.Throws<GradException>(() => new Samples(2_000_000_000, 1, 1_000_000));
        Assert.Equal("RowsTooLarge", error.ErrorId);
        Assert.StartsWith("2000000000 rows of 1 inputs and 1000000 targets need about 1490", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_rows_whose_outputs_do_not_fit_are_refused_before_memory_goes()
    {
        var model = new Mlp(1, [1_000_000]);
        var (rows, validation) = (new Samples(1, 1, 1_000_000, hasClasses: true), new Samples(2_000_000, 1, 1_000_000, hasClasses: true));
        var error = Assert.Throws<GradException>(() =>
            new Trainer(model, null, rows, LossKind.CrossEntropy.Create(), new TrainingOptions(), validation));
        Assert.Equal("RowsTooLarge", error.ErrorId);
        Assert.Contains("2000000 rows to validate on, 1000000 each, need about", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_can_not_grow_is_refused_with_what_came_in()
    {
        var error = Assert.Throws<GradException>(() => TableBuilder.RequireMemory(1_000_000_000, 100_000, 1));
        Assert.Equal("RowsTooLarge", error.ErrorId);
        Assert.StartsWith("1000000000 rows of 100000 columns came in, and room for twice as many takes about 149", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_longer_than_lists_can_be_is_refused() =>
        Assert.Equal(
            "SomeId",
            Assert.Throws<GradException>(() => MemoryBudget.Require(1L << 31, 0, "SomeId", $"It takes")).ErrorId);

    [Fact]
    public void A_step_over_more_rows_than_fit_is_refused_before_memory_goes()
    {
        // The rows fit, the numbers of a wide layer over all of them do not.
        var samples = new Samples(4_000_000, 1, 1);
        var model = new Mlp(1, [50000, 1]);
        var error = Assert.Throws<GradException>(() =>
            new Trainer(model, null, samples, LossKind.MeanSquaredError.Create(), new TrainingOptions { Epochs = 1, BatchSize = 0 }));
        Assert.Equal("BatchTooLarge", error.ErrorId);
        Assert.Contains("1-50000-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_no_list_can_hold_are_refused_before_memory_goes()
    {
        var runner = new NetworkRunner(new Mlp(1, [100_000], initialization: Initialization.Zero));
        var error = Assert.Throws<GradException>(() => runner.Outputs(new double[30_000]));
        Assert.Equal("RowsTooLarge", error.ErrorId);
        Assert.StartsWith("The outputs of 30000 rows, 100000 each, need", error.Message, StringComparison.Ordinal);
    }
}
