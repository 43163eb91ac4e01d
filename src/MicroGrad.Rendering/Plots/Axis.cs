using System.Globalization;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>A range of numbers, or of names, over a stretch of the drawing, with marks at round numbers.</summary>
/// <param name="Min">The number at the start.</param>
/// <param name="Max">The number at the end; larger than the start.</param>
/// <param name="Start">The start in the drawing, set by what draws the figure.</param>
/// <param name="End">The end in the drawing.</param>
/// <param name="IsLogarithmic">Whether equal factors take equal room; the range is then above 0.</param>
internal sealed record Axis(double Min, double Max, double Start = 0, double End = 1, bool IsLogarithmic = false)
{
    /// <summary>Whether only whole numbers are marked, such as epochs; the first of them always is.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Names at 0, 1 and so on instead of numbers; null for numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>An axis of names, each in the middle of a stretch of its own.</summary>
    public static Axis Of(IReadOnlyList<string> names) => new(-0.5, names.Count - 0.5) { Names = names };

    /// <summary>An axis over the finite ones of some numbers, with a little room at both ends.</summary>
    public static Axis Over(IEnumerable<double> values, double room = 0.04)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
            }
        }

        if (min > max)
        {
            return new Axis(0, 1);
        }

        // One number, or numbers too close to tell apart, get a range around them.
        var isRange = max - min > Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-12;
        var margin = isRange ? (max - min) * room : room == 0 ? 0.5 : Math.Max(Math.Abs(max) * 0.1, 0.5);
        return new Axis(min - margin, max + margin);
    }

    /// <summary>A logarithmic axis over numbers above 0.</summary>
    public static Axis Logarithmic(IEnumerable<double> values)
    {
        var logs = Over(values.Where(value => value > 0).Select(Math.Log10));

        // The room at the ends may be beyond the range of doubles.
        return new Axis(
            Math.Max(double.Epsilon, Math.Pow(10, logs.Min)), Math.Min(double.MaxValue, Math.Pow(10, logs.Max)), IsLogarithmic: true);
    }

    /// <summary>Where a number is in the drawing.</summary>
    public double At(double value)
    {
        var share = IsLogarithmic
            ? (Math.Log10(value) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min))
            : (value - Min) / (Max - Min);
        return Start + (share * (End - Start));
    }

    /// <summary>Round numbers within the range: about as many as asked for, 1, 2 or 5 times a power of ten apart.</summary>
    public IReadOnlyList<double> Marks(int count)
    {
        if (Names is not null)
        {
            return [.. Enumerable.Range(0, Names.Count).Select(place => (double)place)];
        }

        var marks = new List<double>();
        if (IsLogarithmic)
        {
            var (first, last) = ((int)Math.Ceiling(Math.Log10(Min) - 1e-9), (int)Math.Floor(Math.Log10(Max) + 1e-9));
            var every = Math.Max(1, (last - first + count) / count);
            for (var power = first; power <= last; power += every)
            {
                marks.Add(Math.Pow(10, power));
            }

            if (marks.Count > 1)
            {
                return marks;
            }

            marks.Clear();
        }

        var raw = (Max - Min) / Math.Max(1, count);
        var size = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = size * ((raw / size) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        step = IsWhole ? Math.Max(1, step) : step;
        var start = Math.Ceiling((Min / step) - 1e-9);

        // The steps are counted: a loop over the numbers would not end where adding a step changes nothing.
        for (var (k, end) = (0, Math.Floor((Max / step) + 1e-9) - start); k <= end && marks.Count <= 10 * count; k++)
        {
            marks.Add(start + k == 0 ? 0 : (start + k) * step);
        }

        // The first number replaces a round one that is too close to it.
        if (IsWhole && marks.Count > 0 && marks[0] != Min && Min == Math.Floor(Min))
        {
            if (marks[0] - Min < 0.4 * step)
            {
                marks.RemoveAt(0);
            }

            marks.Insert(0, Min);
        }

        return marks;
    }

    /// <summary>A number of the range for reading, exact to a hundredth of the range, so that its ends and its marks differ.</summary>
    /// <param name="value">The number.</param>
    /// <param name="most">The most characters, at least 9; where they are too few, digits are left out.</param>
    public string Text(double value, int most = int.MaxValue)
    {
        if (Names is not null)
        {
            return Names[(int)value];
        }

        if (value == 0 || !double.IsFinite(value))
        {
            return NumberText.Exact(value == 0 ? 0 : value);
        }

        // On a logarithmic axis, exact to a hundredth of the number itself.
        var last = Power(IsLogarithmic ? Math.Min(Max - Min, Math.Abs(value)) : Max - Min) - 2;
        var text = Rounded(value, last);
        while (text.Length > most)
        {
            text = Rounded(value, ++last);
        }

        return text;
    }

    /// <summary>The number rounded to the digit of a power of ten.</summary>
    private static string Rounded(double value, int last)
    {
        var (size, first) = (Math.Abs(value), Power(value));
        if (first < last - 1)
        {
            return "0";
        }

        var scientific = value.ToString($"0.{new string('#', Math.Max(0, first - last))}e+0", CultureInfo.InvariantCulture);
        if (size is >= 1e15 or < 1e-15)
        {
            return scientific;
        }

        var plain = value.ToString("F" + Math.Max(0, -last).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        plain = plain.Contains('.', StringComparison.Ordinal) ? plain.TrimEnd('0').TrimEnd('.') : plain;
        return size is >= 1e-4 and < 1e6 || plain.Length <= scientific.Length ? plain is "-0" ? "0" : plain : scientific;
    }

    /// <summary>The power of ten of a number's first digit.</summary>
    private static int Power(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));
}
