using System.Runtime.CompilerServices;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>Computes the data of nodes from their inputs.</summary>
internal static class ForwardPass
{
    /// <summary>Computes every node of a topological order again.</summary>
    public static void Run(ReadOnlySpan<GradValue> order)
    {
        foreach (var node in order)
        {
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

    /// <summary>Copies the current data of values.</summary>
    public static void GatherData(GradValue[] values, Span<double> data)
    {
        for (var i = 0; i < values.Length; i++)
        {
            data[i] = values[i].RawData;
        }
    }
}
