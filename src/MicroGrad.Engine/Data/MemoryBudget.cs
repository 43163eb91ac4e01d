namespace MicroGrad.Data;

/// <summary>Refuses what does not fit the memory before it is allocated: the system may kill a process that tries.</summary>
public static class MemoryBudget
{
    private const double Gigabyte = 1 << 30;

    /// <summary>Refuses a list that is longer than lists can be, or more bytes than the process may have.</summary>
    /// <param name="longestList">The elements of the longest list.</param>
    /// <param name="bytes">All that is needed, in bytes.</param>
    /// <param name="errorId">The error's id.</param>
    /// <param name="what">What needs it, with its sizes, as the beginning of the message.</param>
    /// <exception cref="GradException">It does not fit.</exception>
    public static void Require(long longestList, double bytes, string errorId, FormattableString what)
    {
        var free = Free();
        if (bytes > free)
        {
            // The figures of the memory are those of the last collection.
            GC.Collect();
            free = Free();
        }

        if (bytes > free)
        {
            throw new GradException(
                errorId,
                FormattableString.Invariant($"{FormattableString.Invariant(what)} about {bytes / Gigabyte:0.0} GB, and about {free / Gigabyte:0.0} GB are there for this process."));
        }

        if (longestList > Array.MaxLength)
        {
            throw new GradException(
                errorId, FormattableString.Invariant($"{FormattableString.Invariant(what)} a list of {longestList} elements, and a list holds at most {Array.MaxLength}."));
        }
    }

    /// <summary>Whether so many bytes fit the memory, by the figures of the last collection.</summary>
    internal static bool Fits(double bytes) => bytes <= Free();

    /// <summary>A list of numbers, refused where it does not fit the memory, or not in one piece.</summary>
    /// <param name="length">The number of elements.</param>
    /// <param name="errorId">The error's id.</param>
    /// <param name="what">What needs it, with its sizes: the beginning of the message.</param>
    /// <exception cref="GradException">It does not fit.</exception>
    internal static double[] Allocate(long length, string errorId, FormattableString what)
    {
        Require(length, (double)length * sizeof(double), errorId, what);
        try
        {
            return new double[length];
        }
        catch (OutOfMemoryException error)
        {
            throw new GradException(
                errorId,
                FormattableString.Invariant($"{FormattableString.Invariant(what)} about {length * sizeof(double) / Gigabyte:0.0} GB in one piece, and there is no such piece for this process."),
                error);
        }
    }

    /// <summary>The bytes that this process may still use, limited by what other processes leave of the machine or container.</summary>
    private static long Free()
    {
        var memory = GC.GetGCMemoryInfo();
        var ofProcess = memory.TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: false);

        // The collector's threshold of a high load is nine tenths of the memory or more.
        var ofMachine = memory.HighMemoryLoadThresholdBytes / 9 * 10 - memory.MemoryLoadBytes;
        return Math.Max(0, Math.Min(ofProcess, ofMachine));
    }
}
