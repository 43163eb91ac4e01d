using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>The one order of a graph: every node once, behind all of its inputs, the root last.</summary>
/// <remarks>
/// The nodes are in depth-first order over the ordered inputs. The walk keeps its own stack, so that a chain of a million
/// nodes is a normal graph. It writes each node to memory once, as it meets it, and keeps path and order as places in that
/// list: unlike a number, a reference costs a write barrier of the garbage collector. Leaves, which graphs in other threads
/// may share, are not marked; the walk keeps a set of those that it met. What it rarely does stands in methods that are not
/// inlined, as they would take its registers.
/// </remarks>
public readonly ref struct TopologicalOrder
{
    private const int FirstLength = 512;

    // Nodes that are met between two checks of the token.
    private const int StopGrain = 4096;

    // Marks a node without further inputs, which need not be read on the way back.
    private const int NoMoreInputs = -1;

    private readonly Room _room;

    /// <param name="root">The root.</param>
    /// <param name="leaves">Receives the leaves; null where the order is to be without them, and gradients set to 0.</param>
    /// <param name="stopping">Ends the walk.</param>
    private TopologicalOrder(GradValue root, HashSet<GradValue>? leaves, CancellationToken stopping)
    {
        _room = Room.Rent();
        Count = Walk(root, GraphWalk.Begin(), leaves, ref _room, stopping);
    }

    /// <summary>How many nodes there are.</summary>
    internal int Count { get; }

    /// <summary>A node by its place in the order; valid until disposed of.</summary>
    internal GradValue this[int index] => _room.Met[_room.Places[index]];

    /// <summary>The order of the nodes that <paramref name="root"/> depends on, to keep.</summary>
    /// <exception cref="OperationCanceledException">The walk was stopped.</exception>
    public static GradValue[] Of(GradValue root, CancellationToken stopping = default)
    {
        using var order = Borrow(root, stopping);
        var nodes = new GradValue[order.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = order[i];
        }

        return nodes;
    }

    /// <summary>The same in pooled memory, to be disposed of: for passes at every step of a training.</summary>
    /// <exception cref="OperationCanceledException">The walk was stopped.</exception>
    internal static TopologicalOrder Borrow(GradValue root, CancellationToken stopping = default) =>
        new(root, new HashSet<GradValue>(ReferenceEqualityComparer.Instance), stopping);

    /// <summary>
    /// The computed nodes alone, in the same order, their gradients set to 0 as they are met: what a backward pass needs.
    /// Leaves are marked as reached by a pass. A root that is a leaf is the whole order, and keeps its gradient.
    /// </summary>
    /// <exception cref="OperationCanceledException">The walk was stopped.</exception>
    internal static TopologicalOrder BorrowToGoBack(GradValue root, CancellationToken stopping = default) =>
        new(root, leaves: null, stopping);

    internal void Dispose() => _room.Return(Count);

    private static int Walk(GradValue root, GraphWalk walk, HashSet<GradValue>? leaves, ref Room room, CancellationToken stopping)
    {
        // The path has the nodes from the root to the present one: the place of each, and which of its inputs comes next.
        ref GradValue met = ref MemoryMarshal.GetArrayDataReference(room.Met);
        ref var places = ref MemoryMarshal.GetArrayDataReference(room.Places);
        ref var path = ref MemoryMarshal.GetArrayDataReference(room.Path);

        // How many nodes may be met before the token is checked; there is room for them.
        var length = Math.Min(room.Length, StopGrain);
        var (metCount, count, depth) = (1, 0, 0);
        var (node, place, next) = (root, 0, 0);
        met = root;
        _ = MeetNew(root, walk, leaves);

        while (true)
        {
            GradValue? input;
            switch (node.Shape)
            {
                case OperationShape.Leaf:
                    input = null;
                    break;
                case OperationShape.Unary:
                    input = MeetNew(node.Left, walk, leaves);
                    next = NoMoreInputs;
                    break;
                case OperationShape.Binary or OperationShape.Addition or OperationShape.Product:
                    input = next == 0 ? MeetNew(node.Left, walk, leaves) : null;
                    next = 1;
                    if (input is null || (leaves is null && node.Right.IsLeaf))
                    {
                        // A leaf that is not in the order is met at once, so that the node need not be read again.
                        input = MeetNew(node.Right, walk, leaves) ?? input;
                        next = NoMoreInputs;
                    }

                    break;
                default:
                    var neurons = AppendNeurons(node, next, walk, leaves, ref Unsafe.Add(ref met, metCount), (length - metCount) / 2);
                    for (next += neurons; neurons > 0; neurons--)
                    {
                        Unsafe.Add(ref places, count++) = metCount++;
                        Unsafe.Add(ref places, count++) = metCount++;
                    }

                    (input, next) = NextOfLists(node, next, walk, leaves);
                    break;
            }

            if (input is not null)
            {
                if (metCount == length)
                {
                    stopping.ThrowIfCancellationRequested();
                    if (metCount == room.Length)
                    {
                        room.Grow();
                    }

                    met = ref MemoryMarshal.GetArrayDataReference(room.Met);
                    places = ref MemoryMarshal.GetArrayDataReference(room.Places);
                    path = ref MemoryMarshal.GetArrayDataReference(room.Path);
                    length = Math.Min(room.Length, metCount + StopGrain);
                }

                // Each list has room for all nodes met, and neither path nor order is longer.
                Unsafe.Add(ref path, depth++) = ((long)place << 32) | (uint)next;
                node = input;
                (place, next) = (metCount, 0);
                Unsafe.Add(ref met, metCount++) = input;
                continue;
            }

            Unsafe.Add(ref places, count++) = place;
            do
            {
                if (depth == 0)
                {
                    return count;
                }

                var step = Unsafe.Add(ref path, --depth);
                (place, next) = ((int)(step >> 32), (int)step);
                if (next == NoMoreInputs)
                {
                    Unsafe.Add(ref places, count++) = place;
                }
            }
            while (next == NoMoreInputs);
            node = Unsafe.Add(ref met, place);
        }
    }

    /// <summary>The value, now marked as met; null where this walk had met it before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GradValue? MeetNew(GradValue value, GraphWalk walk, HashSet<GradValue>? leaves)
    {
        if (value.IsLeaf)
        {
            if (leaves is not null)
            {
                return NewLeaf(value, leaves);
            }

            value.Reach(walk);
            return null;
        }

        if (value.IsMetBy(walk))
        {
            return null;
        }

        if (leaves is null)
        {
            value.RawGrad = 0;
        }

        value.Meet(walk);
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GradValue? NewLeaf(GradValue leaf, HashSet<GradValue> leaves) => leaves.Add(leaf) ? leaf : null;

    /// <summary>
    /// Where the next inputs are neurons of a layer whose own inputs have all been met, appends their sums and activations
    /// in turn: a short cut to the order that the walk has anyway.
    /// </summary>
    /// <returns>How many neurons were written to <paramref name="met"/>, at most <paramref name="room"/>: two nodes each.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AppendNeurons(
        GradValue node, int next, GraphWalk walk, HashSet<GradValue>? leaves, ref GradValue met, int room)
    {
        if (NeuronCall.Of(node) is not { HasOwnInputs: true } call || next <= call.Parameters.Values.Length)
        {
            return 0;
        }

        var values = call.Inputs.Values.AsSpan(next - call.Parameters.Values.Length);
        var count = 0;
        for (; count < values.Length && count < room; count++)
        {
            var activation = values[count];
            if (activation.Shape != OperationShape.Unary || activation.IsMetBy(walk))
            {
                break;
            }

            var sum = activation.Left;
            if (sum.IsMetBy(walk)
                || NeuronCall.Of(sum) is not { } below
                || !below.Parameters.IsMetBy(walk)
                || !below.Inputs.IsMetBy(walk))
            {
                break;
            }

            Unsafe.Add(ref met, 2 * count) = MeetNew(sum, walk, leaves)!;
            Unsafe.Add(ref met, 2 * count + 1) = MeetNew(activation, walk, leaves)!;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GradValue? Input, int Next) NextOfLists(GradValue node, int next, GraphWalk walk, HashSet<GradValue>? leaves)
    {
        var left = node.LeftInputs;
        var input = NextOfList(left, 0, walk, leaves, ref next);
        if (input is null && node.RightInputs is { } right)
        {
            input = NextOfList(right, left.Values.Length, walk, leaves, ref next);
        }

        return (input, next);
    }

    /// <summary>The next input that is new in one of a node's lists, which begins at a place among its inputs.</summary>
    private static GradValue? NextOfList(ValueList list, int start, GraphWalk walk, HashSet<GradValue>? leaves, ref int next)
    {
        if (list.IsMetBy(walk))
        {
            return null;
        }

        var values = list.Values;
        for (next = Math.Max(next, start); next - start < values.Length;)
        {
            if (MeetNew(values[next++ - start], walk, leaves) is { } input)
            {
                return input;
            }
        }

        list.Meet(walk);
        return null;
    }

    /// <summary>Pooled memory: nodes in the order in which they are met, and places among them as order and as path.</summary>
    private struct Room
    {
        public GradValue[] Met { get; private set; }

        public int[] Places { get; private set; }

        public long[] Path { get; private set; }

        /// <summary>How many nodes there is room for.</summary>
        public readonly int Length => Math.Min(Met.Length, Math.Min(Places.Length, Path.Length));

        public static Room Rent() => new()
        {
            Met = ArrayPool<GradValue>.Shared.Rent(FirstLength),
            Places = ArrayPool<int>.Shared.Rent(FirstLength),
            Path = ArrayPool<long>.Shared.Rent(FirstLength),
        };

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Grow()
        {
            var used = Length;
            Met = Grow(Met, used);
            Places = Grow(Places, used);
            Path = Grow(Path, used);
        }

        public readonly void Return(int used)
        {
            // Cleared, so that the pool keeps no graph alive.
            Met.AsSpan(0, used).Clear();
            ArrayPool<GradValue>.Shared.Return(Met);
            ArrayPool<int>.Shared.Return(Places);
            ArrayPool<long>.Shared.Return(Path);
        }

        private static T[] Grow<T>(T[] full, int used)
        {
            var larger = ArrayPool<T>.Shared.Rent(4 * used);
            full.AsSpan(0, used).CopyTo(larger);
            ArrayPool<T>.Shared.Return(full, clearArray: typeof(T) == typeof(GradValue));
            return larger;
        }
    }
}
