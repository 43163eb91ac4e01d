namespace MicroGrad.Data;

/// <summary>Means of finite numbers, also where a sum or a square is beyond all numbers.</summary>
internal static class Averages
{
    /// <summary>The mean of at least one number.</summary>
    public static double Mean(double[] numbers)
    {
        var mean = numbers.Average();
        return double.IsFinite(mean) ? mean : numbers.Sum(number => number / numbers.Length);
    }

    /// <summary>The root of the mean square of at least one number.</summary>
    public static double RootMeanSquare(double[] numbers)
    {
        var root = Math.Sqrt(numbers.Average(number => number * number));
        var largest = numbers.Max(Math.Abs);
        return double.IsFinite(root) || !double.IsFinite(largest)
            ? root
            : largest * Math.Sqrt(numbers.Average(number => number / largest * (number / largest)));
    }
}
