namespace MicroGrad;

/// <summary>How often each class was taken for each: one row a true class, one column a predicted one.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    internal ConfusionMatrix(IReadOnlyList<string> classes)
    {
        Classes = classes;
        _counts = new int[classes.Count, classes.Count];
    }

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of rows of class <paramref name="actual"/> that were taken for <paramref name="predicted"/>.</summary>
    /// <param name="actual">The true class, by its name.</param>
    /// <param name="predicted">The predicted class, by its name.</param>
    /// <exception cref="GradException">There is no such class (id <c>UnknownClass</c>).</exception>
    public int Count(string actual, string predicted) => _counts[IndexOf(actual), IndexOf(predicted)];

    /// <summary>All counts, row by row of the matrix.</summary>
    internal IEnumerable<ConfusionCount> Counts() =>
        Classes.SelectMany((actual, row) => Classes.Select((predicted, column) => new ConfusionCount(actual, predicted, _counts[row, column])));

    /// <summary>The number by the places of the classes.</summary>
    internal int CountAt(int actual, int predicted) => _counts[actual, predicted];

    internal void Add(int actual, int predicted) => _counts[actual, predicted]++;

    /// <remarks>A class of exactly this name comes first; else case does not matter.</remarks>
    private int IndexOf(string name)
    {
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            for (var i = 0; i < Classes.Count; i++)
            {
                if (string.Equals(Classes[i], name, comparison))
                {
                    return i;
                }
            }
        }

        throw new GradException("UnknownClass", $"There is no class '{name}'; there are {MessageText.Shorten(Classes)}.{Spelling.DidYouMean(name, Classes)}");
    }
}
