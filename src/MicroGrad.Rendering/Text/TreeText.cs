using System.Text;

namespace MicroGrad.Rendering;

/// <summary>
/// Writes a graph as a tree of lines: each node above its inputs. A node that is used several times is written out once;
/// other places refer to it.
/// </summary>
internal static class TreeText
{
    private sealed record Line(string Left, string Right);

    public static string Write(GraphSnapshot graph, TreeOptions options)
    {
        var uses = new int[graph.Nodes.Count];
        foreach (var input in graph.Nodes.SelectMany(node => node.Inputs))
        {
            uses[input]++;
        }

        // A prefix takes three cells a level; beyond half of the width there is no room for numbers.
        var deepest = (options.Width / 2) / 3;
        var lines = new List<Line>();
        var isShown = new bool[graph.Nodes.Count];
        var pending = new Stack<(int Node, string Prefix, bool IsLast, int Depth)>();
        pending.Push((graph.Nodes.Count - 1, string.Empty, true, 0));
        while (pending.TryPop(out var item))
        {
            var node = graph.Nodes[item.Node];
            var branch = item.Depth == 0 ? string.Empty : item.IsLast ? "└─ " : "├─ ";
            var name = Name(node, uses[item.Node] > 1);
            if (lines.Count >= options.MaximumLineCount)
            {
                var left = graph.Nodes.Count - isShown.Count(shown => shown);
                lines.Add(new Line($"… {NumberText.Count(left)} more nodes", string.Empty));
                break;
            }

            if (isShown[item.Node])
            {
                lines.Add(new Line($"{item.Prefix}{branch}{name}", "(above)"));
                continue;
            }

            isShown[item.Node] = true;
            var made = node.Op.Length == 0 ? name : name.Length == 0 ? node.Op : $"{name} = {node.Op}";
            var isCut = item.Depth >= deepest && node.Inputs.Count > 0;
            lines.Add(new Line(
                $"{item.Prefix}{branch}{made}{(isCut ? " …" : "")}",
                $"data {NumberText.Rounded(node.Data, options.Precision)}  grad {NumberText.Rounded(node.Grad, options.Precision)}"));
            if (isCut)
            {
                continue;
            }

            var prefix = item.Depth == 0 ? string.Empty : item.Prefix + (item.IsLast ? "   " : "│  ");
            for (var i = node.Inputs.Count - 1; i >= 0; i--)
            {
                pending.Push((node.Inputs[i], prefix, i == node.Inputs.Count - 1, item.Depth + 1));
            }
        }

        return Align(lines, options.Width);
    }

    /// <summary>The label; without one, a place in the order where other lines refer to it.</summary>
    private static string Name(SnapshotNode node, bool isShared) =>
        !string.IsNullOrEmpty(node.Label) ? LabelText.OneLine(node.Label, 24)
        : isShared || node.IsLeaf ? FormattableString.Invariant($"v{node.Index}")
        : string.Empty;

    private static string Align(List<Line> lines, int width)
    {
        var right = lines.Max(line => LabelText.Cells(line.Right));
        var left = Math.Min(lines.Max(line => LabelText.Cells(line.Left)), Math.Max(8, width - right - 2));
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var shown = LabelText.OneLine(line.Left, line.Right.Length == 0 ? width : left);
            text.Append(shown);
            if (line.Right.Length > 0)
            {
                text.Append(' ', left - LabelText.Cells(shown) + 2).Append(line.Right);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
