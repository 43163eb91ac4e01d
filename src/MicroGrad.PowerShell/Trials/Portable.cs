using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Trials;

/// <summary>Values in forms that PowerShell's serialization gives back as they were, so that every worker computes with the same.</summary>
internal static class Portable
{
    // A training's options are lists in dictionaries at most.
    private const int Depth = 8;

    /// <summary>A cell of a row: what <see cref="Cell.Read"/> reads in the same way, as a type that travels.</summary>
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

    /// <summary>The value of an option: names for members of enums, truth values for switches, the same for what lists and dictionaries hold.</summary>
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

    /// <summary>Text that stands for the value in a comparison: the same for the same value in every process.</summary>
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
