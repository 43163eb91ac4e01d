using System.Text;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>
/// Writes a graph as a tree of lines: each node above its inputs. A node that is used several times is written out once;
/// other places refer to it.
/// </summary>
internal static class TreeWriter
{
    private sealed record Line(string Left, string Right);

    public static string Write(GraphSnapshot graph, TreeOptions options)
    {
        // A prefix takes three cells for each level. Prefix and name get half of the width, as numbers need the rest.
        var deepest = ((options.Width / 2) - 7) / 3;
        var lines = new List<Line>();
        var isShown = new bool[graph.Nodes.Count];
        var pending = new Stack<(int Node, string Prefix, bool IsLast, int Depth)>();
        pending.Push((graph.Nodes.Count - 1, string.Empty, true, 0));
        while (pending.TryPop(out var item))
        {
            options.Stopping.ThrowIfCancellationRequested();
            var node = graph.Nodes[item.Node];
            var branch = item.Depth == 0 ? string.Empty : item.IsLast ? "└─ " : "├─ ";
            var name = LabelText.OneLine(node.Name, 24);
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
            var made = node.IsLeaf ? name : $"{name} = {node.Op}";
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

        return Align(lines, options);
    }

    private static string Align(List<Line> lines, TreeOptions options)
    {
        var width = options.Width;
        var right = lines.Max(line => LabelText.Cells(line.Right));
        var left = Math.Min(lines.Max(line => LabelText.Cells(line.Left)), Math.Max(8, width - right - 2));
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            options.Stopping.ThrowIfCancellationRequested();
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
