using System.Management.Automation;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Training;

/// <summary>The result of an epoch: the object itself, or its copy from a file or another process.</summary>
internal static class EpochReader
{
    /// <summary>Reads a result, or a copy of one without its parameters. Null for anything else.</summary>
    /// <exception cref="GradException">It is one, but the text of a figure is no number (id <c>InvalidHistory</c>).</exception>
    public static EpochResult? Read(object? element)
    {
        if (Wrapped.Unwrap(element) is EpochResult result)
        {
            return result;
        }

        if (element is not PSObject { BaseObject: PSCustomObject } bag
            || bag.Properties[nameof(EpochResult.Epoch)] is null || bag.Properties[nameof(EpochResult.Loss)] is null)
        {
            return null;
        }

        var figures = new PSObject();
        try
        {
            foreach (var property in bag.Properties)
            {
                // A number from a pipeline may be wrapped in an object, which would convert to 0. An empty cell of a file
                // is a figure that the epoch lacks.
                var value = Wrapped.Unwrap(property.Value);
                if (property.Name != nameof(EpochResult.Parameters) && value is not (null or ""))
                {
                    figures.Properties.Add(new PSNoteProperty(property.Name, value is string text ? CopiedResult.Parse(typeof(EpochResult).GetProperty(property.Name)?.PropertyType, property.Name, text) : value));
                }
            }
        }
        catch (GetValueException)
        {
            return null;
        }

        return LanguagePrimitives.TryConvertTo(figures, out EpochResult? epoch) ? epoch : null;
    }

    /// <summary>The results of one training, in the order of their epochs.</summary>
    /// <exception cref="GradException">There is something else among them, or an epoch twice (id <c>InvalidHistory</c>).</exception>
    public static IReadOnlyList<EpochResult> All(IEnumerable<object?> elements) => InOrder(
        [.. elements.Select(element => Read(element) ?? throw new GradException(
            "InvalidHistory", $"'{element ?? "nothing"}' ({element?.GetType().Name ?? "null"}) was given as a part of a history. Give the results of Start-MlpTraining."))]);

    /// <summary>Results in the order of their epochs.</summary>
    /// <exception cref="GradException">They are out of order and have an epoch twice (id <c>InvalidHistory</c>).</exception>
    public static IReadOnlyList<EpochResult> InOrder(IReadOnlyList<EpochResult> epochs)
    {
        if (!epochs.Zip(epochs.Skip(1)).Any(pair => pair.First.Epoch > pair.Second.Epoch))
        {
            return epochs;
        }

        var sorted = epochs.OrderBy(result => result.Epoch).ToArray();
        return sorted.Zip(sorted.Skip(1)).FirstOrDefault(pair => pair.First.Epoch == pair.Second.Epoch).First is { Epoch: var twice }
            ? throw new GradException(
                "InvalidHistory", $"Epoch {twice} is there more than once, out of order. Give the results of one training at a time.")
            : sorted;
    }
}
