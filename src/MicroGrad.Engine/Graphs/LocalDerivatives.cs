using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// Asks the operation of a node for the node's derivative by each of its inputs, at the current data. Keeps its buffers, so
/// that a walk over many nodes allocates once.
/// </summary>
public sealed class LocalDerivatives
{
    private double[] _data = [];
    private double[] _derivatives = new double[2];

    /// <summary>The derivatives by the node's inputs in order; valid until the next call.</summary>
    public ReadOnlySpan<double> Of(GradValue node)
    {
        switch (node.Operation)
        {
            case UnaryOperation unary:
                _derivatives[0] = unary.Derivative(node.Left.RawData, node.RawData);
                return _derivatives.AsSpan(0, 1);
            case BinaryOperation binary:
                binary.Derivatives(node.Left.RawData, node.Right.RawData, node.RawData, out _derivatives[0], out _derivatives[1]);
                return _derivatives.AsSpan(0, 2);
            case NaryOperation nary:
                return OfLists(nary, node);
            default:
                return [];
        }
    }

    /// <summary>
    /// For each node the places of those inputs to which 0 times infinity passes nothing on: branches that are not taken, and
    /// all inputs of nodes below them.
    /// </summary>
    /// <param name="root">The root of the graph.</param>
    /// <param name="order">Its nodes in topological order.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static int[][] BlockedInputs(GradValue root, ReadOnlySpan<GradValue> order, CancellationToken stopping)
    {
        using var walk = TopologicalOrder.Borrow(root, stopping);
        var branches = new TakenBranches(walk);
        var blocked = new int[order.Length][];
        for (var i = 0; i < blocked.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var node = order[i];
            var isReached = node.IsLeaf || branches.Reach(node);
            blocked[i] = [.. Enumerable.Range(0, node.InputCount).Where(k => !isReached || !TakenBranches.IsTaken(node, k))];
        }

        return blocked;
    }

    /// <summary>Whether the derivatives by all inputs of a node are finite, in a pass that changes no data.</summary>
    internal bool AreFinite(GradValue node, GraphWalk pass)
    {
        switch (node.Shape)
        {
            case OperationShape.Addition:
                return true;
            case OperationShape.Product:
                return double.IsFinite(node.Left.RawData) && double.IsFinite(node.Right.RawData);
            case OperationShape.Products or OperationShape.WeightedSum:
                return node.LeftInputs.AreFinite(pass) && node.RightInputs!.AreFinite(pass);
            default:
                foreach (var derivative in Of(node))
                {
                    if (!double.IsFinite(derivative))
                    {
                        return false;
                    }
                }

                return true;
        }
    }

    private ReadOnlySpan<double> OfLists(NaryOperation operation, GradValue node)
    {
        var (left, right) = (node.LeftList, node.RightList);
        var count = left.Length + right.Length;
        if (_data.Length < count)
        {
            _data = new double[count];
            _derivatives = new double[Math.Max(count, _derivatives.Length)];
        }

        ValueList.CopyData(left, _data);
        ValueList.CopyData(right, _data.AsSpan(left.Length));
        var derivatives = _derivatives.AsSpan(0, count);
        operation.Derivatives(
            _data.AsSpan(0, left.Length),
            _data.AsSpan(left.Length, right.Length),
            node.RawData,
            derivatives[..left.Length],
            derivatives[left.Length..]);
        return derivatives;
    }
}
