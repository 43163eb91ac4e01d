using MicroGrad.Rendering.Text;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class NumberTextTests
{
    [Theory]
    [InlineData(2, 4, "2.0000")]
    [InlineData(-0.5, 0, "-5.0e-1")]
    [InlineData(-1.5, 0, "-2")]
    [InlineData(-0.0, 2, "0.00")]
    [InlineData(0.00004, 4, "4.0000e-5")]
    [InlineData(-0.00006, 4, "-0.0001")]
    [InlineData(123456789.0, 4, "1.2346e+8")]
    [InlineData(double.NaN, 4, "NaN")]
    [InlineData(double.NegativeInfinity, 4, "-Infinity")]
    public void Views_round(double value, int precision, string expected) =>
        Assert.Equal(expected, Examples.UnderCommaCulture(() => NumberText.Rounded(value, precision)));
}
