namespace MicroGrad.Graphs;

/// <summary>The one order of a graph: every node once, behind all of its inputs, the root last.</summary>
internal static class TopologicalOrder
{
    private static long s_walks;

    /// <summary>
    /// The nodes that <paramref name="root"/> depends on, in depth-first order over the ordered inputs. The walk keeps
    /// its own stack, so a chain of a million nodes is as good as any graph.
    /// </summary>
    /// <remarks>
    /// A node is met once because it then carries the walk's number. Two walks at one time over a shared node would undo
    /// each other's marks: a graph belongs to one thread at a time.
    /// </remarks>
    public static ReadOnlySpan<GradValue> Of(GradValue root)
    {
        var mark = Interlocked.Increment(ref s_walks);
        var order = new List<GradValue>();
        var path = new Stack<(GradValue Node, int NextInput)>();
        root.VisitMark = mark;
        path.Push((root, 0));
        while (path.TryPop(out var step))
        {
            var (node, next) = step;
            var inputs = node.InputCount;
            while (next < inputs)
            {
                var input = node.InputAt(next++);
                if (input.VisitMark == mark)
                {
                    continue;
                }

                input.VisitMark = mark;
                if (input.IsLeaf)
                {
                    order.Add(input);
                    continue;
                }

                path.Push((node, next));
                (node, next, inputs) = (input, 0, input.InputCount);
            }

            order.Add(node);
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(order);
    }
}
