using System.Globalization;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class NumberReaderTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("+1")]
    [InlineData(" 1 ")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("1e5")]
    [InlineData("1E-400")]
    [InlineData("1e400")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992.5")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.00000000000000000000000001")]
    [InlineData("5e-324")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("18446744073709551616.1")]
    [InlineData("00000000000000000000001.5")]
    public void Numbers_are_read_as_NET_reads_them(string text) => Same(text);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1,5")]
    [InlineData("1 5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("0x10")]
    [InlineData("a")]
    [InlineData("\u0661")]
    public void What_is_no_number_is_none(string text) => Assert.False(NumberReader.TryRead(text, out _));

    [Fact]
    public void None_of_many_numbers_differs()
    {
        var random = new Random(1);
        for (var i = 0; i < 300_000; i++)
        {
            Same((random.NextDouble() - 0.5).ToString("F" + random.Next(16), CultureInfo.InvariantCulture));
            Same((random.Next(-100_000, 100_000) / 1000.0).ToString(CultureInfo.InvariantCulture));
            Same((random.NextDouble() * Math.Pow(10, random.Next(-30, 30))).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Numbers_of_19_digits_and_those_in_the_middle_of_two_doubles_are_rounded_as_NET_rounds_them()
    {
        var random = new Random(2);
        for (var i = 0; i < 200_000; i++)
        {
            // An odd number of 54 bits lies between two doubles, also times a power of two.
            var middle = (ulong)((1L << 53) | random.NextInt64(1L << 53) | 1) << random.Next(10);
            Same(middle.ToString(CultureInfo.InvariantCulture));
            Same(((1L << 52) | random.NextInt64(1L << 52)).ToString(CultureInfo.InvariantCulture) + ".5");
            var digits = random.NextInt64().ToString("D19", CultureInfo.InvariantCulture)[..random.Next(16, 20)];
            Same(digits.Insert(random.Next(digits.Length), "."));
            Same("0." + new string('0', random.Next(4)) + digits);
        }
    }

    private static void Same(string text)
    {
        Assert.True(NumberReader.TryRead(text, out var number), text);
        var expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(number));
    }
}
