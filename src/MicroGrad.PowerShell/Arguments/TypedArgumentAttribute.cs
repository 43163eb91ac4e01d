using System.Collections;
using System.Data;
using System.Globalization;
using System.Management.Automation;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>Reads the text or number that was typed for a parameter, or for each element of a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class TypedArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes a list.</summary>
    public bool IsList { get; init; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return IsList && Wrapped.Unwrap(inputData) is IList list ? list.Cast<object?>().Select(Read).ToArray() : Read(inputData);
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    /// <summary>Reads one value.</summary>
    /// <exception cref="FormatException">It is not what the parameter takes.</exception>
    protected abstract object? Read(object? given);
}

/// <summary>On a parameter that takes a number.</summary>
internal sealed class NumberAttribute : TypedArgumentAttribute
{
    protected override object Read(object? given) => TypedNumber.Number(given);
}

/// <summary>On a parameter that takes a whole number.</summary>
internal sealed class WholeNumberAttribute : TypedArgumentAttribute
{
    protected override object Read(object? given) => TypedNumber.WholeNumber(given);
}

/// <summary>On a parameter that takes a time.</summary>
internal sealed class DurationAttribute : TypedArgumentAttribute
{
    protected override object Read(object? given) => TypedNumber.Duration(given);
}

/// <summary>
/// On a parameter that takes one of several names. Their numbers, which PowerShell also takes, are refused as mistakes.
/// </summary>
internal sealed class ChoiceAttribute : TypedArgumentAttribute
{
    /// <summary>The advice where a number is given.</summary>
    public string Hint { get; init; } = "Give one of the names.";

    protected override object? Read(object? given)
    {
        var value = Wrapped.Unwrap(given);
        var isNumber = value is IConvertible and not (string or Enum or bool or char or DateTime)
            || (value is string text && double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _));

        // PowerShell's own error would quote it at any length.
        var isNoName = value is string { } name && (name.Length > MessageText.LongestExcerpt || VisibleText.Of(name) != name);
        return isNumber || isNoName
            ? throw new FormatException(VisibleText.Message($"{MessageText.Excerpt($"{value}")} was given where a name is expected. {Hint}"))
            : given;
    }
}

/// <summary>On a parameter that takes a culture, by its name.</summary>
internal sealed class CultureNameAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given)
    {
        var value = Wrapped.Unwrap(given);
        if ((value as string ?? (value as CultureInfo)?.Name) is not { } name)
        {
            return given;
        }

        try
        {
            // Without predefinedOnly, .NET makes a culture of any name, which reads dates month first. A culture that was
            // given stays as it is, with the formats that its user set.
            var known = CultureInfo.GetCultureInfo(name, predefinedOnly: true);
            return value is CultureInfo ? given : known;
        }
        catch (CultureNotFoundException)
        {
            var known = CultureInfo.GetCultures(CultureTypes.AllCultures).Select(culture => culture.Name);
            throw new FormatException(VisibleText.Message(
                $"'{MessageText.Excerpt(name)}' is no culture. Give a name such as de-DE.{Spelling.DidYouMean(name, known)}"));
        }
    }
}

/// <summary>On a parameter that takes one character.</summary>
internal sealed class CharacterAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given) => Wrapped.Unwrap(given) is string { Length: not 1 } text
        ? throw new FormatException(VisibleText.Message($"'{MessageText.Excerpt(text)}' was given where one character is expected, such as ';'."))
        : given;
}

/// <summary>On a parameter that takes names of columns. Rows given by mistake are refused, as their text would be names.</summary>
internal sealed class ColumnNameAttribute : TypedArgumentAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        base.Transform(engineIntrinsics, inputData is PSObject { ImmediateBaseObject: PSCustomObject } ? new[] { inputData } : inputData);

    protected override object? Read(object? given)
    {
        var value = given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;
        return value is PSObject or DataTable or DataView or DataRow or DataRowView or IDataRecord
            ? throw new FormatException("Rows were given where names of columns are expected. Was -Data meant?")
            : given;
    }
}
