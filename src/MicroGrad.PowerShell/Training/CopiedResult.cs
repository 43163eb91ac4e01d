using System.Globalization;
using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Training;

/// <summary>A result of another cmdlet that went through a file or a job: its properties without its type, as text or as values.</summary>
internal sealed class CopiedResult
{
    private readonly PSObject _bag;

    private CopiedResult(PSObject bag) => _bag = bag;

    /// <summary>The names of its properties.</summary>
    public IEnumerable<string> Names => _bag.Properties.Select(property => property.Name);

    /// <summary>The copy; null of anything that lacks one of the properties.</summary>
    public static CopiedResult? Of(object? element, params string[] names) =>
        element is PSObject { BaseObject: PSCustomObject } bag && Array.TrueForAll(names, name => bag.Properties[name] is not null) ? new CopiedResult(bag) : null;

    /// <summary>The value of a property; null where there is none, or an empty cell.</summary>
    public object? Value(string name) => Wrapped.Unwrap(_bag.Properties[name]?.Value) is not "" and var value ? value : null;

    /// <summary>A property's value with the properties that it has itself; null where it has none.</summary>
    public PSObject? Properties(string name) => _bag.Properties[name]?.Value is PSObject { BaseObject: PSCustomObject } own ? own : null;

    /// <summary>A number; null where there is none.</summary>
    /// <exception cref="GradException">Its text is none (id <c>InvalidHistory</c>).</exception>
    public double? Find(string name) => Value(name) switch
    {
        null => null,
        string text => (double)Parse(typeof(double), name, text),
        var value => LanguagePrimitives.TryConvertTo<double>(value, CultureInfo.InvariantCulture, out var number) ? number : throw Unreadable(name, $"{value}"),
    };

    /// <summary>A number that every such result has.</summary>
    /// <exception cref="GradException">There is none (id <c>InvalidHistory</c>).</exception>
    public double Number(string name) => Find(name) ?? throw new GradException("InvalidHistory", $"The property {name} of a result is empty, where a number is expected.");

    /// <summary>A whole number that every such result has.</summary>
    /// <exception cref="GradException">There is none (id <c>InvalidHistory</c>).</exception>
    public int Whole(string name) => Number(name) is var number && number == (int)number ? (int)number : throw Unreadable(name, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text of a property; empty where there is none.</summary>
    public string Text(string name) => Value(name)?.ToString() ?? string.Empty;

    /// <summary>Reads text that may be a number, in the invariant culture or in the one that is set now.</summary>
    public static bool TryNumber(string text, out double number) =>
        NumberReader.TryRead(text, out number) || double.TryParse(text, NumberStyles.Float, CultureInfo.CurrentCulture, out number);

    /// <summary>Reads the text of a figure; of a property that is unknown it stays text.</summary>
    /// <param name="type">The figure's type; null where the property is unknown.</param>
    /// <param name="name">The property.</param>
    /// <param name="text">The text.</param>
    /// <remarks>Text of a file is of any culture: the invariant one, or the one that is set now. Neither takes separators of thousands.</remarks>
    /// <exception cref="GradException">The text is no such figure (id <c>InvalidHistory</c>).</exception>
    public static object Parse(Type? type, string name, string text)
    {
        var (invariant, current) = (CultureInfo.InvariantCulture, CultureInfo.CurrentCulture);
        return (Nullable.GetUnderlyingType(type ?? typeof(string)) ?? type) switch
        {
            var figure when figure == typeof(double) =>
                TryNumber(text, out var number) ? number : throw Unreadable(name, text),
            var figure when figure == typeof(int) => int.TryParse(text, NumberStyles.Integer, invariant, out var whole) ? whole : throw Unreadable(name, text),
            var figure when figure == typeof(TimeSpan) =>
                TimeSpan.TryParse(text, invariant, out var time) || TimeSpan.TryParse(text, current, out time) ? time : throw Unreadable(name, text),
            var figure when figure == typeof(bool) => bool.TryParse(text, out var holds) ? holds : throw Unreadable(name, text),
            _ => text,
        };
    }

    private static GradException Unreadable(string name, string text) => new(
        "InvalidHistory",
        $"The text '{text}' of {name} is no number in this culture ({CultureInfo.CurrentCulture.DisplayName}) nor in the invariant one. Save results with a point in their numbers, or read them in the culture that they were saved in.");
}
