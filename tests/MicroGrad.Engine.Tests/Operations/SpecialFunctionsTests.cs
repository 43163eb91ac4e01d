using MicroGrad.Formulas;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

public sealed class SpecialFunctionsTests
{
    // From CPython's math.erfc, relative to the figure itself: the tail has to keep its digits.
    [Theory]
    [InlineData(-6.0, 2.0)]
    [InlineData(-1.0, 1.842700792949715)]
    [InlineData(-1e-09, 1.0000000011283792)]
    [InlineData(0.0, 1.0)]
    [InlineData(1e-09, 0.9999999988716208)]
    [InlineData(0.3, 0.6713732405408726)]
    [InlineData(1.0, 0.15729920705028513)]
    [InlineData(2.5, 0.0004069520174449589)]
    [InlineData(6.0, 2.1519736712498916e-17)]
    [InlineData(15.0, 7.212994172451206e-100)]
    [InlineData(26.0, 5.663192408856143e-296)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NegativeInfinity, 2)]
    [InlineData(double.NaN, double.NaN)]
    public void Erfc_keeps_its_digits_in_the_tail(double x, double expected) =>
        Relative(expected, SpecialFunctions.Erfc(new ScalarReal(x)).Number, 4e-14);

    // From CPython's math.expm1.
    [Theory]
    [InlineData(-50.0, -1.0)]
    [InlineData(-1.0, -0.6321205588285577)]
    [InlineData(-1e-05, -9.999950000166666e-06)]
    [InlineData(-1e-20, -1e-20)]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-20, 1e-20)]
    [InlineData(1e-09, 1.0000000005000001e-09)]
    [InlineData(0.3, 0.3498588075760031)]
    [InlineData(1.0, 1.718281828459045)]
    [InlineData(50.0, 5.184705528587072e+21)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, -1)]
    [InlineData(double.NaN, double.NaN)]
    public void Expm1_keeps_its_digits_near_zero(double x, double expected) =>
        Relative(expected, SpecialFunctions.Expm1(x), 1e-15);

    // From CPython's math.log1p.
    [Theory]
    [InlineData(-0.999, -6.907755278982136)]
    [InlineData(-0.5, -0.6931471805599453)]
    [InlineData(-1e-09, -1.0000000005000001e-09)]
    [InlineData(-1e-20, -1e-20)]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-20, 1e-20)]
    [InlineData(1e-09, 9.999999995e-10)]
    [InlineData(0.3, 0.26236426446749106)]
    [InlineData(1.0, 0.6931471805599453)]
    [InlineData(1e+20, 46.051701859880914)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Log1p_keeps_its_digits_near_zero(double x, double expected) =>
        Relative(expected, SpecialFunctions.Log1p(x), 1e-15);

    private static void Relative(double expected, double actual, double tolerance) => Assert.True(
        expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected),
        $"expected {expected:R}, but it is {actual:R}");
}
