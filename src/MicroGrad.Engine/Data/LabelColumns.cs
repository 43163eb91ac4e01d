namespace MicroGrad.Data;

/// <summary>Several targets of 0 and 1, or False and True: labels, each of which a row has or has not.</summary>
internal static class LabelColumns
{
    /// <summary>Whether targets can be nothing but labels: several of them, all of 0 and 1, not all of them constant.</summary>
    public static bool Are(IReadOnlyList<TargetColumn> targets) =>
        targets.Count > 1 && targets.All(target => FirstOther(target) < 0) && targets.Any(target => target.Classes().Count > 1);

    /// <summary>Whether a number says that a row has a label or has it not.</summary>
    public static bool IsLabel(double number) => number is 0 or 1;

    /// <summary>Refuses targets with other numbers than 0 and 1.</summary>
    /// <exception cref="GradException">There is one (id <c>TargetMismatch</c>).</exception>
    public static void Require(IReadOnlyList<TargetColumn> targets)
    {
        foreach (var target in targets)
        {
            if (FirstOther(target) is >= 0 and var row)
            {
                throw NoLabel(target, row, row + 1, "TargetMismatch");
            }
        }
    }

    /// <summary>What is said of a cell that says neither.</summary>
    public static GradException NoLabel(TargetColumn target, int row, long number, string errorId) => new(
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
