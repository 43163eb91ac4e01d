using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Trials;

/// <summary>Values in forms that PowerShell's serialization preserves, so that all workers compute with the same values.</summary>
internal static class Portable
{
    // The options of a training are at most lists in dictionaries.
    private const int Depth = 8;

    /// <summary>A cell of a row, in a type that survives serialization and that <see cref="Cell"/> reads in the same way.</summary>
    public static object? CellOf(object? cell) => Wrapped.Unwrap(cell) switch
    {
        null or DBNull => null,
        string or bool or double or float or decimal or DateTime or TimeSpan
            or int or long or short or byte or sbyte or ushort or uint or ulong => Wrapped.Unwrap(cell),
        Half number => (double)number,
        System.Numerics.BigInteger number => (double)number,
        GradValue value => value.Data,
        DateTimeOffset date => date.DateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue),
        var other => Cell.Text(other),
    };

    /// <summary>The value of an option: names for members of enums, truth values for switches, and the same for the elements of lists and dictionaries.</summary>
    public static object? OptionOf(object? value) => Wrapped.Unwrap(value) switch
    {
        Enum name => name.ToString(),
        SwitchParameter given => given.IsPresent,
        CultureInfo culture => culture.Name,
        System.Numerics.BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        IDictionary dictionary => OptionsOf(dictionary),
        IList list => list.Cast<object?>().Select(OptionOf).ToArray(),
        PSCustomObject => value,
        var other => other,
    };

    /// <summary>The options of a dictionary, by name whatever its case.</summary>
    public static Hashtable OptionsOf(IDictionary options)
    {
        var portable = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry option in options)
        {
            portable[option.Key] = OptionOf(option.Value);
        }

        return portable;
    }

    /// <summary>Text to compare values by: equal values have the same text in every process.</summary>
    public static string Describe(object? value) => Wrapped.Unwrap(value) switch
    {
        null => "null",
        IDictionary dictionary => "{" + string.Join("; ", dictionary.Keys.Cast<object>().Select(key => $"{key} = {Describe(dictionary[key])}").Order(StringComparer.OrdinalIgnoreCase)) + "}",
        IList list => "(" + string.Join(", ", list.Cast<object?>().Select(Describe)) + ")",
        PSCustomObject => "{" + string.Join("; ", ((PSObject)value!).Properties.Select(property => $"{property.Name} = {Describe(property.Value)}")) + "}",
        var other => Cell.Text(other),
    };

    public static string Serialize(object value) => PSSerializer.Serialize(value, Depth);

    public static Hashtable Deserialize(string text) => (Hashtable)Wrapped.Unwrap(PSSerializer.Deserialize(text))!;
}
