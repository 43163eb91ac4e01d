namespace MicroGrad.Rendering;

/// <summary>What drawings write about a node.</summary>
internal static class NodeText
{
    /// <summary>The parts of a node's box, in order; a node without a label lacks the first.</summary>
    public static IEnumerable<string> Fields(SnapshotNode node, int precision)
    {
        if (!string.IsNullOrEmpty(node.Label))
        {
            yield return node.Label;
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
