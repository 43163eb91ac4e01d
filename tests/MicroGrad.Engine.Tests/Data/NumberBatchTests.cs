using System.Globalization;
using System.Text;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class NumberBatchTests
{
    [Fact]
    public void Numbers_of_every_length_are_read_with_the_point_anywhere()
    {
        const string Digits = "1234567890123456789";
        var texts = new List<string>();
        for (var length = 1; length <= Digits.Length; length++)
        {
            var digits = Digits[^length..];
            texts.AddRange([digits, "-" + digits, digits + ".", "0." + digits[^Math.Min(length, 22)..], "000" + digits]);
            for (var point = 0; point < length; point++)
            {
                texts.AddRange([digits.Insert(point, "."), "-" + digits.Insert(point, ".")]);
            }
        }

        for (var power = 0; power <= 22; power++)
        {
            texts.AddRange(["0." + new string('0', power)[..Math.Max(0, power - 1)] + "3", "-0." + new string('0', power)]);
        }

        Assert.All(Same(texts), isRead => Assert.True(isRead));
    }

    [Fact]
    public void None_of_many_numbers_differs()
    {
        var random = new Random(3);
        var texts = new List<string>();
        for (var i = 0; i < 100_000; i++)
        {
            var number = random.NextDouble() - 0.5;
            texts.Add(number.ToString("F" + random.Next(16), CultureInfo.InvariantCulture));
            texts.Add(Math.Sin(i).ToString("R", CultureInfo.InvariantCulture));
            texts.Add((number * Math.Pow(10, random.Next(-8, 12))).ToString("F" + random.Next(18), CultureInfo.InvariantCulture));
            texts.Add((random.Next(-100_000, 100_000) / 1000.0).ToString(CultureInfo.InvariantCulture));
            texts.Add((number * Math.Pow(10, random.Next(-30, 30))).ToString("R", CultureInfo.InvariantCulture));
            var digits = random.NextInt64().ToString("D19", CultureInfo.InvariantCulture)[..random.Next(1, 20)];
            texts.Add(digits.Insert(random.Next(digits.Length), "."));
        }

        Assert.True(Same(texts).Count(isRead => isRead) > 0.8 * texts.Count);
    }

    [Fact]
    public void Numbers_in_the_middle_of_two_doubles_and_beside_it_are_rounded_as_NET_rounds_them()
    {
        var random = new Random(4);
        var texts = new List<string>();
        for (var i = 0; i < 100_000; i++)
        {
            // An odd number of 54 bits lies between two doubles, also times a power of two.
            var middle = (ulong)((1L << 53) | random.NextInt64(1L << 53) | 1) << random.Next(10);
            texts.Add((middle - 1 + (ulong)random.Next(3)).ToString(CultureInfo.InvariantCulture));
            texts.Add(((1L << 52) | random.NextInt64(1L << 52)).ToString(CultureInfo.InvariantCulture) + ".5");
        }

        Same(texts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1 5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1-")]
    [InlineData("+1")]
    [InlineData("1e5")]
    [InlineData("/")]
    [InlineData(":")]
    [InlineData("12345678901234567890")]
    [InlineData("1234567890123456789012345678901")]
    [InlineData("12345678901234567890123456789012")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("0.00000000000000000000001")]
    [InlineData("é")]
    [InlineData("x0.5")]
    [InlineData("0.5x")]
    public void The_full_parser_reads_other_texts(string text)
    {
        Assert.Equal([true, false, true], Read(["1", text, "2"]).Select(read => read.IsRead));
    }

    [Fact]
    public void A_row_without_the_cell_is_not_read()
    {
        var rows = new DelimitedRows(new MemoryStream("1,2\n3\n4,5\n"u8.ToArray()), ',');
        rows.Read(3);
        var numbers = new double[NumberBatch.MostCells];
        Assert.Equal(0b101UL, NumberBatch.Read(rows, 0, 1, numbers));
        Assert.Equal((2, 5), (numbers[0], numbers[2]));
    }

    /// <summary>Compares the numbers that are read with those that .NET reads; returns which are read.</summary>
    private static List<bool> Same(List<string> texts)
    {
        var all = Read(texts);
        Assert.Equal(texts.Count, all.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (all[i].IsRead)
            {
                var expected = double.Parse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture);
                Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(all[i].Number), texts[i]);
            }
        }

        return [.. all.Select(read => read.IsRead)];
    }

    // Quotes keep empty cells from being empty rows, and need not change how numbers are read.
    private static List<(bool IsRead, double Number)> Read(IReadOnlyList<string> texts)
    {
        var text = string.Concat(texts.Select((text, i) => i % 7 == 3 ? $"\"{text}\",\n" : $"{text},\n"));
        var rows = new DelimitedRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), ',');
        var all = new List<(bool, double)>();
        var numbers = new double[NumberBatch.MostCells];
        while (rows.Read(NumberBatch.MostCells + 6))
        {
            for (var first = 0; first < rows.Count; first += NumberBatch.MostCells)
            {
                var read = NumberBatch.Read(rows, first, 0, numbers);
                all.AddRange(numbers.Take(rows.Count - first).Select((number, i) => ((read & (1UL << i)) != 0, number)));
            }
        }

        return all;
    }
}
