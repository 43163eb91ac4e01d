using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// The number of a walk over a graph. A computed node that a walk has met carries its number: no set of them is needed. Two
/// walks at one time over such a node would undo each other's marks, so that a computed graph belongs to one thread at a
/// time.
/// </summary>
internal readonly struct GraphWalk
{
    /// <summary>Numbers are multiples of this, as nodes use the bits below.</summary>
    public const ulong Step = 8 * Operation.EndOfNumbers;

    private static ulong _last;

    private GraphWalk(ulong number) => Number = number;

    public ulong Number { get; }

    /// <summary>Which walk of all this is.</summary>
    public ulong Count => Number / Step;

    /// <summary>A new walk, which has met no node.</summary>
    public static GraphWalk Begin() => new(Interlocked.Add(ref _last, Step));
}
