using System.Runtime.InteropServices;

namespace MicroGrad;

/// <summary>How often each class was taken for each: one row a true class, one column a predicted one.</summary>
public sealed class ConfusionMatrix
{
    // Pairs that occur: there are no more than rows, however many classes.
    private readonly Dictionary<(int Actual, int Predicted), int> _counts = [];
    private readonly Dictionary<(int Actual, int Predicted), double> _weights = [];

    internal ConfusionMatrix(IReadOnlyList<string> classes) => Classes = classes;

    /// <summary>The classes, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of rows of class <paramref name="actual"/> that were taken for <paramref name="predicted"/>.</summary>
    /// <param name="actual">The true class, by its name.</param>
    /// <param name="predicted">The predicted class, by its name.</param>
    /// <exception cref="GradException">There is no such class (id <c>UnknownClass</c>).</exception>
    public int Count(string actual, string predicted) => CountAt(IndexOf(actual), IndexOf(predicted));

    /// <summary>The number by the places of the classes.</summary>
    /// <param name="actual">The place of the true class, from 0.</param>
    /// <param name="predicted">The place of the predicted class, from 0.</param>
    public int CountAt(int actual, int predicted) => _counts.GetValueOrDefault((actual, predicted));

    /// <summary>The summed weight of the rows of each pair of classes that occurs.</summary>
    internal IReadOnlyDictionary<(int Actual, int Predicted), double> Weights => _weights;

    /// <summary>The weight by the places of the classes; the number of rows where each counts 1.</summary>
    /// <param name="actual">The place of the true class, from 0.</param>
    /// <param name="predicted">The place of the predicted class, from 0.</param>
    public double WeightAt(int actual, int predicted) => _weights.GetValueOrDefault((actual, predicted));

    /// <summary>Adds a row.</summary>
    internal void Add(int actual, int predicted, double weight = 1)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, (actual, predicted), out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(_weights, (actual, predicted), out _) += weight;
    }

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
