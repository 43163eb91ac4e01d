using System.Globalization;
using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>x^p for a fixed p: one input, so that no derivative by the exponent is taken.</summary>
internal sealed class PowerOfConstant(double exponent)
    : UnaryOperation("power", "^" + exponent.ToString("R", CultureInfo.InvariantCulture), isShared: exponent == 2)
{
    public static readonly PowerOfConstant Square = new(2);

    public double Exponent { get; } = exponent;

    /// <summary>The operation for an exponent; the square, by far the commonest, is shared.</summary>
    public static PowerOfConstant Of(double exponent) => exponent == 2 ? Square : new(exponent);

    public override double Value(double x) => Exponent == 2 ? x * x : Math.Pow(x, Exponent);

    /// <remarks>p x^(p-1); x^0 is constant, so its derivative is 0 at x = 0 too.</remarks>
    public override double Derivative(double x, double y) => Exponent switch
    {
        2 => 2 * x,
        0 => 0,
        _ => Exponent * Math.Pow(x, Exponent - 1),
    };

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => Exponent switch
    {
        2 => 2 * x,
        1 => 1,
        0 => 0,
        _ => Exponent * x.Pow(Exponent - 1),
    };

    /// <remarks>Small whole powers are products.</remarks>
    public override Term Compile(Term x)
    {
        if (Exponent == 0)
        {
            return x.Number(1);
        }

        if (Exponent != Math.Truncate(Exponent) || Math.Abs(Exponent) > 16)
        {
            return x.Power(x.Number(Exponent));
        }

        var power = Exponent < 0 ? 1 / x : x;
        Term? result = null;
        for (var n = (int)Math.Abs(Exponent); ; n >>= 1)
        {
            if ((n & 1) != 0)
            {
                result = result is { } soFar ? soFar * power : power;
            }

            if (n <= 1)
            {
                return result!.Value;
            }

            power *= power;
        }
    }
}
