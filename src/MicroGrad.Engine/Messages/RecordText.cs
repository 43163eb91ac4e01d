using System.Globalization;
using System.Text;

namespace MicroGrad.Messages;

/// <summary>
/// ToString of records: the same in every culture, to be compared and logged, and without control characters.
/// </summary>
public static class RecordText
{
    /// <summary>The record's name and members.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="printMembers">The record's own PrintMembers, which writes numbers in the culture of the thread.</param>
    public static string Of(string name, Func<StringBuilder, bool> printMembers)
    {
        var culture = CultureInfo.CurrentCulture;
        var text = new StringBuilder(name).Append(" { ");
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            text.Append(printMembers(text) ? " }" : "}");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        return VisibleText.Of(text.ToString());
    }
}
