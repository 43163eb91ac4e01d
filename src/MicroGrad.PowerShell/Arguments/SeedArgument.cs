using System.Globalization;
using System.Numerics;
using MicroGrad.Generators;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// Reads a -Seed argument: a whole number of any size, or a generator to continue. The argument is of type object, since
/// PowerShell would round 1.5 to 2 for an integer.
/// </summary>
internal static class SeedArgument
{
    /// <summary>The seed.</summary>
    /// <exception cref="GradException">It is no non-negative whole number (id <c>InvalidSeed</c>).</exception>
    public static BigInteger ToNumber(object argument)
    {
        var value = Wrapped.Unwrap(argument);
        BigInteger? seed = value switch
        {
            BigInteger big => big,
            byte or sbyte or short or ushort or int or uint or long or ulong =>
                BigInteger.Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            double d when d == Math.Floor(d) && double.IsFinite(d) => new BigInteger(d),
            decimal m when m == Math.Floor(m) => new BigInteger(m),
            string text when BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return seed is { Sign: >= 0 } number
            ? number
            : throw Seeds.Invalid(value is null or "" ? "empty" : value, "a whole number from 0 on");
    }

    /// <summary>The generator to draw from: the one that was given, or a new one with the seed.</summary>
    public static IRandomSource ToGenerator(object argument, Func<BigInteger, IRandomSource> create) =>
        Wrapped.Unwrap(argument) is IRandomSource source ? source : create(ToNumber(argument));

}
