using System.Globalization;
using System.Text;

namespace MicroGrad;

/// <summary>The text of records in the invariant culture: the compiler's own writes numbers in the culture of the moment.</summary>
internal static class RecordText
{
    /// <summary>The text of a record.</summary>
    /// <param name="name">The name of its type.</param>
    /// <param name="printMembers">Its own method that the compiler made.</param>
    public static string Of(string name, Func<StringBuilder, bool> printMembers)
    {
        var current = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            var text = new StringBuilder(name).Append(" { ");
            return text.Append(printMembers(text) ? " }" : "}").ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = current;
        }
    }
}
