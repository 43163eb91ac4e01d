using MicroGrad.Graphs;

namespace MicroGrad;

/// <summary>
/// A list of inputs that nodes share: all calls of a neuron have its parameters, all neurons of a layer its inputs. A walk
/// that has met a list need not visit its values again.
/// </summary>
/// <param name="values">The values; the array must not change.</param>
internal sealed class ValueList(GradValue[] values)
{
    public readonly GradValue[] Values = values;

    /// <summary>
    /// Whether a network made these values for this list alone: then each stands in it once, and none is a parameter.
    /// </summary>
    public bool IsOwn { get; init; }

    /// <summary>The values that a network was called with where this list comes from them; else null.</summary>
    public NamedInputs? Named { get; init; }

    private ulong _metBy;

    // The last pass that found all data finite.
    private ulong _finiteIn;

    /// <summary>Copies the current data of values.</summary>
    public static void CopyData(GradValue[] values, Span<double> data)
    {
        for (var i = 0; i < values.Length; i++)
        {
            data[i] = values[i].RawData;
        }
    }

    /// <summary>Whether a walk has met all of these values.</summary>
    public bool IsMetBy(GraphWalk walk) => _metBy == walk.Number;

    /// <summary>Notes that a walk has met all of these values.</summary>
    public void Meet(GraphWalk walk) => _metBy = walk.Number;

    /// <summary>Whether the data of all values is finite; found once in a pass, which changes no data.</summary>
    public bool AreFinite(GraphWalk pass)
    {
        if (_finiteIn == pass.Number)
        {
            return true;
        }

        foreach (var value in Values)
        {
            if (!double.IsFinite(value.RawData))
            {
                return false;
            }
        }

        _finiteIn = pass.Number;
        return true;
    }
}

/// <summary>The values that a network was called with, and what it calls them where they have no label.</summary>
/// <param name="Values">The values, in the user's units.</param>
/// <param name="Names">A name for each.</param>
internal sealed record NamedInputs(GradValue[] Values, IReadOnlyList<string> Names);
