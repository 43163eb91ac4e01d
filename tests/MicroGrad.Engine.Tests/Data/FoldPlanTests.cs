using System.Text.Json;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

/// <summary>Folds by group and in time, beside scikit-learn's GroupKFold and TimeSeriesSplit.</summary>
public sealed class FoldPlanTests
{
    private static readonly JsonElement Figures = ReferenceFile.Load("folds.json");

    [Fact]
    public void Groups_stay_whole_and_folds_are_as_even_as_the_largest_groups_allow()
    {
        foreach (var item in Figures.GetProperty("grouped").EnumerateArray())
        {
            string[] groups = [.. item.GetProperty("groups").EnumerateArray().Select(group => group.GetString()!)];
            var plans = FoldPlan.Grouped(groups, item.GetProperty("k").GetInt32(), 1);

            Assert.Equal(Enumerable.Range(0, groups.Length), plans.SelectMany(plan => plan.HeldOut).Order());
            Assert.All(plans, plan => Assert.Empty(plan.HeldOut.Select(row => groups[row]).Intersect(plan.Training.Select(row => groups[row]))));
            Assert.All(plans, plan => Assert.Equal(groups.Length, plan.Training.Length + plan.HeldOut.Length));
            Assert.Equal(
                item.GetProperty("greedyFoldSizes").Numbers().OrderDescending(), plans.Select(plan => (double)plan.HeldOut.Length).OrderDescending());
        }
    }

    [Fact]
    public void In_time_each_fold_is_behind_all_that_it_was_trained_on()
    {
        foreach (var item in Figures.GetProperty("ordered").EnumerateArray())
        {
            var plans = FoldPlan.Ordered(item.GetProperty("n").GetInt32(), item.GetProperty("k").GetInt32());
            var expected = item.GetProperty("folds").EnumerateArray().ToArray();
            Assert.Equal(expected.Length, plans.Length);
            foreach (var (fold, plan) in expected.Zip(plans))
            {
                Assert.Equal(Range(fold, "trainFrom", "trainTo"), plan.Training);
                Assert.Equal(Range(fold, "testFrom", "testTo"), plan.HeldOut);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_number_of_folds_that_rows_do_not_allow_is_refused(int folds)
    {
        Assert.Equal("InvalidFold", Assert.Throws<GradException>(() => FoldPlan.Ordered(5, folds)).ErrorId);
        Assert.Equal("InvalidFold", Assert.Throws<GradException>(() => FoldPlan.Grouped(["a", "b", "a", "c"], folds, 1)).ErrorId);
    }

    private static IEnumerable<int> Range(JsonElement fold, string from, string to)
    {
        var (first, last) = (fold.GetProperty(from).GetInt32(), fold.GetProperty(to).GetInt32());
        return Enumerable.Range(first, last - first + 1);
    }
}
