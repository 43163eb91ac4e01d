using System.Numerics;

namespace MicroGrad.Data;

/// <summary>A fold of a cross validation: the rows that a model is trained on, and those that it is measured on, in order.</summary>
/// <param name="Training">Rows to train on.</param>
/// <param name="HeldOut">Rows to measure on.</param>
public sealed record FoldPlan(int[] Training, int[] HeldOut)
{
    /// <summary>Folds of nearly the same size, with nearly the same number of rows of each class.</summary>
    /// <exception cref="GradException">There are fewer than 2 folds, or fewer rows than folds (id <c>InvalidFold</c>).</exception>
    public static FoldPlan[] Stratified(SampleTable table, int folds, BigInteger seed)
    {
        var foldOf = ValidationSplit.Folds(table, folds, seed);
        return [.. Enumerable.Range(0, folds).Select(fold => Without(foldOf.Length, row => foldOf[row] == fold))];
    }

    /// <summary>Folds in which groups stay whole: each group, the largest first, goes into the smallest fold.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">Decides the order of groups of equal size.</param>
    /// <exception cref="GradException">There are fewer than 2 folds, or fewer groups than folds (ids <c>InvalidFold</c>, <c>TooFewGroups</c>).</exception>
    public static FoldPlan[] Grouped(IReadOnlyList<string> groups, int folds, BigInteger seed)
    {
        ValidationSplit.RequireFolds(folds, groups.Count);
        var parts = RowDivision.Grouped([.. Enumerable.Repeat(groups.Count, folds)], groups, seed);
        return [.. parts.Select(part => part.ToHashSet()).Select(part => Without(groups.Count, part.Contains))];
    }

    /// <summary>
    /// Folds of rows in time: each is measured on the rows that follow those that it is trained on, and trained on all
    /// rows before. The first rows are measured nowhere.
    /// </summary>
    /// <exception cref="GradException">There are fewer than 2 folds, or no more rows than folds (id <c>InvalidFold</c>).</exception>
    public static FoldPlan[] Ordered(int count, int folds)
    {
        ValidationSplit.RequireFolds(folds, count - 1);
        var size = count / (folds + 1);
        var first = count - folds * size;
        return
        [
            .. Enumerable.Range(0, folds).Select(fold => first + fold * size).Select(start => new FoldPlan(
                [.. Enumerable.Range(0, start)], [.. Enumerable.Range(start, size)])),
        ];
    }

    private static FoldPlan Without(int count, Predicate<int> isHeldOut)
    {
        var all = Enumerable.Range(0, count).ToArray();
        return new FoldPlan(Array.FindAll(all, row => !isHeldOut(row)), Array.FindAll(all, isHeldOut));
    }
}
