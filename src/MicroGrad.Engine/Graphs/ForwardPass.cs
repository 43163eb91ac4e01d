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
            switch (node.Operation)
            {
                case null:
                    break;
                case UnaryOperation unary:
                    node.Data = unary.Value(node.Left.Data);
                    break;
                case BinaryOperation binary:
                    node.Data = binary.Value(node.Left.Data, node.Right.Data);
                    break;
                case NaryOperation nary:
                    node.Data = Recompute(nary, node.LeftList, node.RightList);
                    break;
            }
        }
    }

    /// <summary>The value of an n-ary operation over the current data of its inputs.</summary>
    public static double Recompute(NaryOperation operation, GradValue[] left, GradValue[] right)
    {
        var buffer = System.Buffers.ArrayPool<double>.Shared.Rent(left.Length + right.Length);
        var byLeft = buffer.AsSpan(0, left.Length);
        var byRight = buffer.AsSpan(left.Length, right.Length);
        GatherData(left, byLeft);
        GatherData(right, byRight);
        var value = operation.Value(byLeft, byRight);
        System.Buffers.ArrayPool<double>.Shared.Return(buffer);
        return value;
    }

    public static void GatherData(GradValue[] values, Span<double> data)
    {
        for (var i = 0; i < values.Length; i++)
        {
            data[i] = values[i].Data;
        }
    }
}
