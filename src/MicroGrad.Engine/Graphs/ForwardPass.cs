using System.Runtime.CompilerServices;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>Computes the data of nodes from their inputs.</summary>
internal static class ForwardPass
{
    /// <summary>Computes all that a root depends on again, and the root.</summary>
    public static void Run(GradValue root)
    {
        using var order = TopologicalOrder.Borrow(root);
        for (var i = 0; i < order.Count; i++)
        {
            Compute(order[i]);
        }
    }

    /// <summary>Computes every node of a topological order again.</summary>
    /// <exception cref="OperationCanceledException">The pass was stopped, with some nodes computed again.</exception>
    public static void Run(ReadOnlySpan<GradValue> order, CancellationToken stopping = default)
    {
        foreach (var node in order)
        {
            stopping.ThrowIfCancellationRequested();
            Compute(node);
        }
    }

    /// <summary>Computes one node again; a leaf stays as it is.</summary>
    public static void Compute(GradValue node)
    {
        switch (node.Shape)
        {
            case OperationShape.Leaf:
                break;
            case OperationShape.Unary:
                node.RawData = Unsafe.As<UnaryOperation>(node.Operation!).Value(node.Left.RawData);
                break;
            case OperationShape.Binary or OperationShape.Addition or OperationShape.Product:
                node.RawData = Unsafe.As<BinaryOperation>(node.Operation!).Value(node.Left.RawData, node.Right.RawData);
                break;
            default:
                node.RawData = Unsafe.As<NaryOperation>(node.Operation!).Value(node.LeftList, node.RightList);
                break;
        }
    }
}
