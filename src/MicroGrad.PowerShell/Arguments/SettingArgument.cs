using System.Collections;
using System.Collections.Specialized;
using MicroGrad.PowerShell.Rows;
using MicroGrad.Selection;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>Reads a -Setting argument: for each setting a value, a list of values, or a range such as @{ From = 0.001; To = 0.1; Logarithmic = $true }.</summary>
internal static class SettingArgument
{
    private const string From = "From";
    private const string To = "To";
    private const string Logarithmic = "Logarithmic";

    /// <summary>The settings. Those of a dictionary without an order are taken by name, so that every process makes the same trials.</summary>
    /// <exception cref="GradException">There is none, or a range is wrong (id <c>InvalidSetting</c>).</exception>
    public static SettingSpace Parse(IDictionary settings)
    {
        var entries = settings.Cast<DictionaryEntry>();
        var ordered = settings is IOrderedDictionary ? entries : entries.OrderBy(entry => entry.Key.ToString(), StringComparer.OrdinalIgnoreCase);
        return new SettingSpace([.. ordered.Select(entry => Read(entry.Key.ToString()!, Wrapped.Unwrap(entry.Value)))]);
    }

    private static SettingValues Read(string name, object? value) => value switch
    {
        IDictionary range => new SettingValues(name, [], ReadRange(name, range)),
        IList list => new SettingValues(name, [.. list.Cast<object?>().Select(Wrapped.Unwrap)]),
        _ => new SettingValues(name, [value]),
    };

    private static SettingRange ReadRange(string name, IDictionary range)
    {
        string[] keys = [.. range.Keys.Cast<object>().Select(key => $"{key}")];
        if (!Has(From) || !Has(To) || keys.Length > (Has(Logarithmic) ? 3 : 2))
        {
            throw new GradException(
                "InvalidSetting",
                $"The range of '{name}' has {MessageText.Shorten(keys)}; give @{{ From = 0.001; To = 0.1 }}, and Logarithmic = $true to draw all powers of ten as often.");
        }

        var (from, to) = (Get(From), Get(To));
        try
        {
            return new SettingRange(
                TypedNumber.Number(from),
                TypedNumber.Number(to),
                IsWhole(from) && IsWhole(to),
                System.Management.Automation.LanguagePrimitives.IsTrue(Get(Logarithmic)));
        }
        catch (FormatException error)
        {
            throw new GradException("InvalidSetting", $"The range of '{name}': {error.Message}", error);
        }

        bool Has(string key) => keys.Contains(key, StringComparer.OrdinalIgnoreCase);
        object? Get(string key) => range.Keys.Cast<object>().FirstOrDefault(own => key.Equals($"{own}", StringComparison.OrdinalIgnoreCase)) is { } own ? Wrapped.Unwrap(range[own]) : null;
    }

    private static bool IsWhole(object? number) => number is int or long or short or byte;
}
