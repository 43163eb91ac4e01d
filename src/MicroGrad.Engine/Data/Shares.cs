namespace MicroGrad.Data;

/// <summary>Divides a whole number among groups by their sizes.</summary>
internal static class Shares
{
    /// <summary>
    /// Shares of a total, each in proportion to a group's size, that add up to the total exactly: each is rounded down,
    /// and the rest goes to the largest remainders (Hamilton's method), the first of equal ones.
    /// </summary>
    /// <param name="total">What is divided; not more than the sizes' sum, so that no share is above its size.</param>
    /// <param name="sizes">The sizes of the groups.</param>
    public static int[] Allocate(int total, IReadOnlyList<int> sizes)
    {
        // Computed with whole numbers, so that rounding does not decide between equal remainders.
        var sum = sizes.Sum(size => (long)size);
        var shares = sizes.Select(size => (int)(sum == 0 ? 0 : size * (long)total / sum)).ToArray();
        var byRemainder = Enumerable.Range(0, sizes.Count).OrderByDescending(i => sum == 0 ? 0 : sizes[i] * (long)total % sum);
        foreach (var i in byRemainder.Take(total - shares.Sum()))
        {
            shares[i]++;
        }

        return shares;
    }
}
