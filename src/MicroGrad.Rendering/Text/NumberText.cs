using System.Globalization;

namespace MicroGrad.Rendering.Text;

/// <summary>Numbers as text, independent of the culture of the thread.</summary>
internal static class NumberText
{
    /// <summary>Refuses a number of digits that no format can write.</summary>
    /// <exception cref="GradException">It is not from 0 to 15 (id <c>InvalidPrecision</c>).</exception>
    public static void RequirePrecision(int precision)
    {
        if (precision is < 0 or > 15)
        {
            throw new GradException("InvalidPrecision", $"The precision is {precision}; give a number of digits from 0 to 15.");
        }
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// The number for reading: with so many digits behind the point, or in scientific notation where these would say nothing
    /// (a number that isn't 0 would show as 0) or too much (many digits before the point).
    /// </summary>
    public static string Rounded(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return Exact(value);
        }

        var size = Math.Abs(value);
        if (size >= 1e7 || (size > 0 && size <= 0.5 * Math.Pow(10, -precision)))
        {
            var digits = new string('0', Math.Clamp(precision, 1, 4));
            return value.ToString("0." + digits + "e+0", CultureInfo.InvariantCulture);
        }

        // 0.0 + x turns -0 into 0: a sign on 0.0000 tells a reader nothing.
        return (0.0 + value).ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A count with thousands set apart.</summary>
    public static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A place in a drawing: as many digits as a screen can show.</summary>
    public static string Place(double value) => (0.0 + Math.Round(value, 2)).ToString("0.##", CultureInfo.InvariantCulture);
}
