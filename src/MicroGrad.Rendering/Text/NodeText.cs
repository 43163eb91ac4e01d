namespace MicroGrad.Rendering;

/// <summary>What drawings write about a node.</summary>
internal static class NodeText
{
    /// <summary>The parts of a node's box, in order: the name first, but of a box that stands for several outputs.</summary>
    public static IEnumerable<string> Fields(SnapshotNode node, int precision)
    {
        if (node.Name.Length > 0)
        {
            yield return node.Name;
        }

        if (node.Folded is { } fold)
        {
            yield return fold.Name;
            yield return fold.CountText;
            if (!fold.HasOutput)
            {
                yield break;
            }
        }

        yield return $"data {NumberText.Rounded(node.Data, precision)}";
        yield return $"grad {NumberText.Rounded(node.Grad, precision)}";
    }
}
