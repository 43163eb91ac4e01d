namespace MicroGrad.Data;

/// <summary>Several targets of 0 and 1, or False and True: labels that a row has or does not have.</summary>
public static class LabelColumns
{
    // One of as many rows as this may be a slip.
    private const int StrayShare = 20;

    // Fewer rows do not show what their columns contain.
    private const int FewestRows = 8;

    /// <summary>Whether targets can be nothing but labels: several of them, all of 0 and 1, not all of them constant.</summary>
    internal static bool Are(IReadOnlyList<TargetColumn> targets) =>
        targets.Count > 1 && targets.All(target => FirstOther(target) < 0) && targets.Any(target => target.Classes().Count > 1);

    /// <summary>
    /// The first cell for which several targets are no labels, where nearly all others are 0 or 1: no more than one in twenty
    /// differs. Null where there is none, or where the targets are numbers.
    /// </summary>
    public static (TargetColumn Column, int Row)? Stray(IReadOnlyList<TargetColumn> targets)
    {
        var mostStray = Math.Max(1, targets.Count == 0 ? 0 : targets[0].Count / StrayShare);
        var others = targets.Select(target => Enumerable.Range(0, target.Count).Where(row => !IsLabel(target.NumberAt(row))).Take(mostStray + 1).ToArray()).ToArray();
        var at = Array.FindIndex(others, rows => rows.Length > 0);
        return targets.Count < 2 || at < 0 || others.Any(rows => rows.Length > mostStray || targets[0].Count < FewestRows) ? null : (targets[at], others[at][0]);
    }

    /// <summary>Whether a number says that a row has or does not have a label.</summary>
    internal static bool IsLabel(double number) => number is 0 or 1;

    /// <summary>Refuses targets with other numbers than 0 and 1.</summary>
    /// <exception cref="GradException">There is one (id <c>TargetMismatch</c>).</exception>
    internal static void Require(IReadOnlyList<TargetColumn> targets)
    {
        foreach (var target in targets)
        {
            if (FirstOther(target) is >= 0 and var row)
            {
                throw NoLabel(target, row, row + 1, "TargetMismatch");
            }
        }
    }

    /// <summary>The message about a cell that is neither.</summary>
    internal static GradException NoLabel(TargetColumn target, int row, long number, string errorId) => new(
        errorId,
        $"Row {number} has '{target.ClassAt(row)}' in column '{target.Name}'. Each of several labels is 0 or 1, or False or True; classes stand in one column.");

    private static int FirstOther(TargetColumn target)
    {
        for (var row = 0; row < target.Count; row++)
        {
            if (!IsLabel(target.NumberAt(row)))
            {
                return row;
            }
        }

        return -1;
    }
}
