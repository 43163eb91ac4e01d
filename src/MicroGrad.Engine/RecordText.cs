using System.Globalization;
using System.Text;

namespace MicroGrad;

/// <summary>
/// What ToString of the records gives: the same in every culture, so that it can be compared and logged, and without
/// characters that steer a terminal.
/// </summary>
internal static class RecordText
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
