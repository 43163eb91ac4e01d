using System.Numerics;

namespace MicroGrad.Data;

/// <summary>Divides rows into those to train on and those to validate with.</summary>
public static class ValidationSplit
{
    /// <summary>
    /// Draws a fraction of the rows for validation, the same fraction of each class where the target is one of classes, as
    /// nearly as whole rows allow. A class's only row stays among those to train on.
    /// Both parts keep the order of the rows.
    /// </summary>
    /// <param name="table">The rows.</param>
    /// <param name="fraction">The fraction to validate with, above 0 and below 1.</param>
    /// <param name="byClass">Whether the target is one of classes.</param>
    /// <param name="seed">Decides which rows.</param>
    /// <exception cref="GradException">A part would be empty (id <c>InvalidValidationFraction</c>).</exception>
    public static (int[] Training, int[] Validation) Draw(SampleTable table, double fraction, bool byClass, BigInteger seed)
    {
        if (!(fraction is > 0 and < 1))
        {
            throw Invalid(fraction, "a number between 0 and 1, such as 0.2");
        }

        var groups = ShuffledGroups(table, byClass, new PythonRandom(seed)).ToArray();
        var shares = ValidationShares(fraction, groups);
        var isValidation = new bool[table.Count];
        foreach (var (index, rows) in groups.Index())
        {
            foreach (var row in rows.Take(shares[index]))
            {
                isValidation[row] = true;
            }
        }

        var all = Enumerable.Range(0, table.Count);
        int[] training = [.. all.Where(row => !isValidation[row])];
        int[] validation = [.. all.Where(row => isValidation[row])];
        return training.Length > 0 && validation.Length > 0
            ? (training, validation)
            : throw Invalid(fraction, $"one that leaves at least one of the {table.Count} rows on either side");
    }

    /// <summary>Puts each row in one of several folds of nearly the same size, with nearly the same number of rows of each class.</summary>
    /// <returns>The fold of each row, from 0.</returns>
    /// <exception cref="GradException">There are fewer than 2 folds, or fewer rows than folds (id <c>InvalidFold</c>).</exception>
    internal static int[] Folds(SampleTable table, int folds, BigInteger seed)
    {
        RequireFolds(folds, table.Count);
        var random = new PythonRandom(seed);
        var result = new int[table.Count];
        var next = 0;
        foreach (var rows in ShuffledGroups(table, table.Targets[0].AreClasses, random))
        {
            foreach (var row in rows)
            {
                result[row] = next++ % folds;
            }
        }

        return result;
    }

    /// <summary>Refuses a number of folds that so many rows can't be divided into.</summary>
    /// <exception cref="GradException">There are fewer than 2, or more than rows (id <c>InvalidFold</c>).</exception>
    internal static void RequireFolds(int folds, int rows)
    {
        if (folds < 2 || folds > rows)
        {
            throw new GradException("InvalidFold", $"The number of folds is {folds}; for these rows it can be 2 to {rows}.");
        }
    }

    /// <summary>
    /// How many rows of each group validate: together the fraction of all rows, each group in proportion, and never all rows of
    /// a group where that can be avoided.
    /// </summary>
    private static int[] ValidationShares(double fraction, int[][] groups)
    {
        int[] sizes = [.. groups.Select(rows => rows.Length)];
        int[] most = [.. sizes.Select(size => size - 1)];
        var total = (int)Math.Round(fraction * sizes.Sum(), MidpointRounding.AwayFromZero);
        var shares = Shares.Allocate(total, sizes);
        var takesAll = shares.Zip(most).Any(pair => pair.First > pair.Second);
        return takesAll && total <= most.Sum() ? Shares.Allocate(total, most) : shares;
    }

    private static IEnumerable<int[]> ShuffledGroups(SampleTable table, bool byClass, PythonRandom random)
    {
        foreach (var group in Enumerable.Range(0, table.Count).GroupBy(row => byClass ? table.Targets[0].ClassAt(row) : string.Empty))
        {
            var rows = group.ToArray();
            random.ShuffleInPlace<int>(rows);
            yield return rows;
        }
    }

    private static GradException Invalid(double fraction, string expected) => new(
        "InvalidValidationFraction", FormattableString.Invariant($"The validation fraction is {fraction}; give {expected}."));
}
