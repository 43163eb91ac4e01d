using MicroGrad.Compilation;

namespace MicroGrad.Exports;

/// <summary>
/// Elementary functions composed of others, for languages that lack them (with Kahan's corrections of rounding).
/// </summary>
internal static class PortableFunctions
{
    /// <summary>A function composed of others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public static Term Of(OpCode code, Term x) => code switch
    {
        OpCode.Expm1 => Expm1(x),
        OpCode.Log1p => Log1p(x),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No other functions give it."),
    };

    private static Term Expm1(Term x)
    {
        var u = x.Exp();
        var corrected = (u - 1) * (x / u.Log());
        return u.EqualTo(1).Select(x, corrected);
    }

    private static Term Log1p(Term x)
    {
        var u = 1 + x;
        return u.EqualTo(1).Select(x, u.Log() * (x / (u - 1)));
    }
}
