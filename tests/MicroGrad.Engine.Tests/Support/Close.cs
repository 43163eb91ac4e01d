using System.Globalization;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

/// <summary>Compares numbers with a tolerance relative to the larger of 1 and the expected figure's size.</summary>
internal static class Close
{
    /// <summary>The tolerance of the reference figures for a single evaluation.</summary>
    public const double Evaluation = 1e-12;

    /// <summary>The tolerance of the reference figures over a training run.</summary>
    public const double Run = 1e-9;

    public static void Equal(double expected, double actual, double tolerance, string what = "")
    {
        var same = expected.Equals(actual)
            || Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));
        Assert.True(
            same,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: expected {expected:R}, but it is {actual:R} (tolerance {tolerance}, off by {actual - expected})"));
    }

    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Equal(expected[i], actual[i], tolerance, $"{what}[{i}]");
        }
    }
}
