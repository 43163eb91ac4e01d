using System.Globalization;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>A part of a node's box.</summary>
/// <param name="Kind">name, place (the name of a node without a label), fold, data or grad.</param>
/// <param name="Text">Its text; of data and grad, the word and the number.</param>
internal readonly record struct NodeField(string Kind, string Text);

/// <summary>What drawings write about a node.</summary>
internal static class NodeText
{
    /// <summary>The parts of a node's box, in order. The name comes first; a box for several outputs has none.</summary>
    public static IEnumerable<NodeField> Fields(SnapshotNode node, int precision)
    {
        if (node.Name.Length > 0)
        {
            yield return new NodeField(node.IsLabelled ? "name" : "place", node.Name);
        }

        if (node.Folded is { } fold)
        {
            yield return new NodeField("fold", fold.Name);
            yield return new NodeField("fold", fold.CountText);
            if (!fold.HasOutput)
            {
                yield break;
            }
        }

        yield return new NodeField("data", $"data {NumberText.Rounded(node.Data, precision)}");
        yield return new NodeField("grad", $"grad {NumberText.Rounded(node.Grad, precision)}");
    }

    /// <summary>The lines of a graph by the names of their ends: n1 is a value, n1op the operation that made it.</summary>
    public static IEnumerable<(string From, string To)> Edges(GraphSnapshot graph)
    {
        foreach (var node in graph.Nodes)
        {
            var to = string.Create(CultureInfo.InvariantCulture, $"n{node.Index}");
            var operation = node.Op.Length > 0 ? $"{to}op" : to;
            foreach (var input in node.Inputs)
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"n{input}"), operation);
            }

            if (node.Op.Length > 0)
            {
                yield return (operation, to);
            }
        }
    }
}
