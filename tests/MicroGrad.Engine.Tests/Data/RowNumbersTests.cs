using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class RowNumbersTests
{
    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 7 })]
    [InlineData(new long[] { 1, 2, 3 })]
    [InlineData(new long[] { 1, 3, 4, 8, 9, 10, 12 })]
    [InlineData(new long[] { 5, 5, 4, 4, 5, 3_000_000_000, 3_000_000_001 })]
    public void Every_row_keeps_its_number(long[] given)
    {
        var numbers = new RowNumbers();
        foreach (var number in given)
        {
            numbers.Add(number);
        }

        Assert.Equal(given.Length, numbers.Count);
        Assert.Equal(given, Enumerable.Range(0, given.Length).Select(index => numbers[index]));
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers[given.Length]);
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers[-1]);
    }
}
