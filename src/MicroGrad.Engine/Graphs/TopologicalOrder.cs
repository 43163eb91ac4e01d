using System.Buffers;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>The one order of a graph: every node once, behind all of its inputs, the root last.</summary>
/// <remarks>
/// The nodes are in depth-first order over the ordered inputs. The walk keeps its own stack, so a chain of a million nodes
/// is as good as any graph. A node is met once because it then carries the walk's number. Two walks at one time over a
/// shared node would undo each other's marks: a graph belongs to one thread at a time.
/// </remarks>
internal readonly ref struct TopologicalOrder
{
    private static long s_walks;

    private readonly GradValue[] _rented;
    private readonly int _count;

    private TopologicalOrder(GradValue root)
    {
        var walk = new Walk(Interlocked.Increment(ref s_walks));
        _count = walk.Run(root);
        _rented = walk.Order;
    }

    /// <summary>The nodes; valid until disposed of.</summary>
    public ReadOnlySpan<GradValue> Nodes => _rented.AsSpan(0, _count);

    /// <summary>The order of the nodes that <paramref name="root"/> depends on, to keep.</summary>
    public static ReadOnlySpan<GradValue> Of(GradValue root)
    {
        using var order = Borrow(root);
        return order.Nodes.ToArray();
    }

    /// <summary>The same in borrowed memory, to be disposed of: for passes that come at every step of a training.</summary>
    public static TopologicalOrder Borrow(GradValue root) => new(root);

    public void Dispose() => Return(_rented, _count);

    private static void Return(GradValue[] rented, int used)
    {
        // What the pool keeps must not keep graphs alive.
        rented.AsSpan(0, used).Clear();
        ArrayPool<GradValue>.Shared.Return(rented);
    }

    private ref struct Walk(long mark)
    {
        public GradValue[] Order = ArrayPool<GradValue>.Shared.Rent(256);
        private int _count;

        // The nodes from the root to the present one, and which input of each comes next.
        private GradValue[] _path = ArrayPool<GradValue>.Shared.Rent(256);
        private int[] _next = ArrayPool<int>.Shared.Rent(256);
        private int _deepest;

        public int Run(GradValue root)
        {
            root.VisitMark = mark;
            var (node, next, depth) = (root, 0, 0);
            while (true)
            {
                var input = node.IsLeaf ? null : NextInput(node, ref next);
                if (input is null)
                {
                    Append(node);
                    if (depth == 0)
                    {
                        break;
                    }

                    depth--;
                    (node, next) = (_path[depth], _next[depth]);
                }
                else if (input.IsLeaf)
                {
                    Append(input);
                }
                else
                {
                    Push(node, next, depth++);
                    (node, next) = (input, 0);
                }
            }

            Return(_path, _deepest);
            ArrayPool<int>.Shared.Return(_next);
            return _count;
        }

        /// <summary>The next input that this walk has not met yet, now met; null when all are.</summary>
        private readonly GradValue? NextInput(GradValue node, ref int next)
        {
            switch (node.Operation!.Shape)
            {
                case OperationShape.Unary:
                    return Meet(node.Left);
                case OperationShape.Binary:
                    return (next++ == 0 ? Meet(node.Left) : null) ?? Meet(node.Right);
                default:
                    var left = node.LeftInputs;
                    return NextInput(left, 0, ref next)
                        ?? (node.RightInputs is { } right ? NextInput(right, left.Values.Length, ref next) : null);
            }
        }

        /// <summary>The same in one of a node's lists, which begins at a place among its inputs.</summary>
        private readonly GradValue? NextInput(ValueList list, int start, ref int next)
        {
            if (list.VisitMark == mark)
            {
                return null;
            }

            var values = list.Values;
            next = Math.Max(next, start);
            while (next - start < values.Length)
            {
                if (Meet(values[next++ - start]) is { } input)
                {
                    return input;
                }
            }

            list.VisitMark = mark;
            return null;
        }

        private readonly GradValue? Meet(GradValue input)
        {
            if (input.VisitMark == mark)
            {
                return null;
            }

            input.VisitMark = mark;
            return input;
        }

        private void Append(GradValue node)
        {
            if (_count == Order.Length)
            {
                Order = Grow(Order, _count);
            }

            Order[_count++] = node;
        }

        private void Push(GradValue node, int next, int depth)
        {
            if (depth == _path.Length)
            {
                _path = Grow(_path, depth);
            }

            if (depth == _next.Length)
            {
                var larger = ArrayPool<int>.Shared.Rent(2 * depth);
                _next.CopyTo(larger, 0);
                ArrayPool<int>.Shared.Return(_next);
                _next = larger;
            }

            (_path[depth], _next[depth]) = (node, next);
            _deepest = Math.Max(_deepest, depth + 1);
        }

        private static GradValue[] Grow(GradValue[] full, int used)
        {
            var larger = ArrayPool<GradValue>.Shared.Rent(2 * used);
            full.AsSpan(0, used).CopyTo(larger);
            Return(full, used);
            return larger;
        }
    }
}
