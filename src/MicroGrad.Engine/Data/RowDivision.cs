using System.Numerics;

namespace MicroGrad.Data;

/// <summary>Divides rows into parts of given sizes: at random, by class, by groups that stay whole, or in order.</summary>
public static class RowDivision
{
    /// <summary>How many rows each part gets: each fraction of all, rounded, so that the parts add up to all rows.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="fractions">A fraction for each part, above 0; where they add up to less than 1, one more part gets the rest.</param>
    /// <exception cref="GradException">A fraction is not above 0, they add up to more than 1, or a part would be empty (id <c>InvalidFraction</c>).</exception>
    public static int[] Counts(int count, IReadOnlyList<double> fractions)
    {
        // The sum of fractions such as 0.6, 0.3 and 0.1 is 1 only up to rounding.
        const double Rounding = 1e-9;
        var sum = fractions.Sum();
        if (fractions.Count == 0 || fractions.Any(fraction => !(fraction > 0 && fraction <= 1)) || sum > 1 + Rounding)
        {
            throw Invalid(fractions, "fractions above 0 that add up to at most 1, such as 0.8 or 0.6, 0.2, 0.2");
        }

        var counts = new List<int>();
        double before = 0;
        foreach (var fraction in fractions)
        {
            // Ends are rounded rather than sizes, so that errors do not add up.
            counts.Add(EndOf(before + fraction) - EndOf(before));
            before += fraction;
        }

        if (sum < 1 - Rounding)
        {
            counts.Add(count - EndOf(before));
        }

        return counts.Count > 1 && !counts.Contains(0)
            ? [.. counts]
            : throw Invalid(fractions, $"fractions that give {count} rows to two parts or more, and each part at least one");

        int EndOf(double share) => (int)Math.Round(Math.Min(share, 1) * count, MidpointRounding.AwayFromZero);
    }

    /// <summary>Some of the rows, drawn by chance, in their order.</summary>
    /// <param name="size">How many to draw.</param>
    /// <param name="count">Of how many rows.</param>
    /// <param name="seed">Decides which rows.</param>
    public static int[] Sample(int size, int count, BigInteger seed)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        new PythonRandom(seed).ShuffleInPlace<int>(all);
        return [.. all.Take(size).Order()];
    }

    /// <summary>Parts of rows in their order: the first rows in the first part, and so on.</summary>
    public static int[][] Ordered(IReadOnlyList<int> counts)
    {
        var parts = new int[counts.Count][];
        var next = 0;
        for (var part = 0; part < parts.Length; part++)
        {
            parts[part] = [.. Enumerable.Range(next, counts[part])];
            next += counts[part];
        }

        return parts;
    }

    /// <summary>
    /// Parts that are drawn at random, with shares of each stratum as equal as whole rows allow. The rows of a part
    /// keep their order.
    /// </summary>
    /// <param name="counts">The sizes of the parts, which add up to the number of rows.</param>
    /// <param name="strata">The stratum of each row, such as its class; one for all rows where there are none.</param>
    /// <param name="seed">Decides which rows.</param>
    public static int[][] Drawn(IReadOnlyList<int> counts, IReadOnlyList<string> strata, BigInteger seed)
    {
        var random = new PythonRandom(seed);
        var left = ShuffledStrata(strata, random);
        var parts = new int[counts.Count][];
        for (var part = 0; part < parts.Length; part++)
        {
            var shares = Shares.Allocate(counts[part], [.. left.Select(rows => rows.Length)]);
            parts[part] = [.. left.SelectMany((rows, i) => rows.Take(shares[i])).Order()];
            left = [.. left.Select((rows, i) => rows[shares[i]..])];
        }

        return parts;
    }

    /// <summary>
    /// Parts in which groups stay whole: each group, the largest first, goes into the part that lacks most rows. Parts come as near
    /// to their sizes as the groups allow.
    /// </summary>
    /// <param name="counts">The sizes that the parts should have.</param>
    /// <param name="groups">The group of each row.</param>
    /// <param name="seed">Decides the order of groups of equal size.</param>
    /// <exception cref="GradException">There are fewer groups than parts (id <c>TooFewGroups</c>).</exception>
    public static int[][] Grouped(IReadOnlyList<int> counts, IReadOnlyList<string> groups, BigInteger seed)
    {
        var rowsOf = ShuffledStrata(groups, new PythonRandom(seed), shuffleStrata: true);
        if (rowsOf.Length < counts.Count)
        {
            throw new GradException(
                "TooFewGroups",
                $"{counts.Count} parts were asked for, but the rows are of {rowsOf.Length} groups, each of which stays whole.");
        }

        var parts = counts.Select(_ => new List<int>()).ToArray();
        foreach (var (index, rows) in rowsOf.OrderByDescending(rows => rows.Length).Index())
        {
            // Empty parts come first when there are just enough groups for them.
            var empty = parts.Count(part => part.Count == 0);
            var open = Enumerable.Range(0, parts.Length).Where(part => empty < rowsOf.Length - index || parts[part].Count == 0);
            parts[open.MaxBy(part => counts[part] - parts[part].Count)].AddRange(rows);
        }

        return [.. parts.Select(part => part.Order().ToArray())];
    }

    /// <summary>The rows of each stratum, shuffled, in the order in which the strata first occur or, if asked, a drawn one.</summary>
    private static int[][] ShuffledStrata(IReadOnlyList<string> strata, PythonRandom random, bool shuffleStrata = false)
    {
        var rowsOf = Enumerable.Range(0, strata.Count).GroupBy(row => strata[row]).Select(group => group.ToArray()).ToArray();
        foreach (var rows in rowsOf)
        {
            random.ShuffleInPlace<int>(rows);
        }

        if (shuffleStrata)
        {
            random.ShuffleInPlace<int[]>(rowsOf);
        }

        return rowsOf;
    }

    private static GradException Invalid(IReadOnlyList<double> fractions, string expected) => new(
        "InvalidFraction", FormattableString.Invariant($"The fractions are {string.Join(", ", fractions)}; give {expected}."));
}
