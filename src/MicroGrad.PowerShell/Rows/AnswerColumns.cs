using MicroGrad.Inference;

namespace MicroGrad.PowerShell.Rows;

/// <summary>Whether rows have room for the columns that a model's answers add to them.</summary>
internal static class AnswerColumns
{
    /// <summary>Refuses rows that have such columns already, and classes that would have the same column.</summary>
    /// <exception cref="GradException">There are (id <c>ColumnExists</c>).</exception>
    public static void RequireFree(this AnswerNames names, RowLayout layout)
    {
        if (names.All.FirstOrDefault(name => layout.PlaceOf(name) >= 0) is { } taken)
        {
            throw new GradException(
                "ColumnExists", $"The rows have a column '{taken}' of their own, which the answer would replace. Give the answers other names with -Prefix, such as -Prefix My.");
        }

        if (names.All.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } same)
        {
            throw new GradException(
                "ColumnExists", $"The answers would have several columns of one name ({string.Join(", ", same)}), which PowerShell does not tell apart by case. Leave out -AllProbability.");
        }
    }
}
