using System.Runtime.InteropServices;

namespace MicroGrad;

/// <summary>How often each class was taken for each: one row a true class, one column a predicted one.</summary>
public sealed class ConfusionMatrix
{
    // Pairs that occur: there are no more than rows, however many classes.
    private readonly Dictionary<(int Actual, int Predicted), int> _counts = [];

    internal ConfusionMatrix(IReadOnlyList<string> classes) => Classes = classes;

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of rows of class <paramref name="actual"/> that were taken for <paramref name="predicted"/>.</summary>
    /// <param name="actual">The true class, by its name.</param>
    /// <param name="predicted">The predicted class, by its name.</param>
    /// <exception cref="GradException">There is no such class (id <c>UnknownClass</c>).</exception>
    public int Count(string actual, string predicted) => CountAt(IndexOf(actual), IndexOf(predicted));

    /// <summary>The number by the places of the classes.</summary>
    internal int CountAt(int actual, int predicted) => _counts.GetValueOrDefault((actual, predicted));

    internal void Add(int actual, int predicted) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (actual, predicted), out _)++;

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
