namespace MicroGrad.Formulas;

/// <summary>Whole numbers and steps, composed of arithmetic that every language has.</summary>
internal static class Rounding
{
    /// <summary>1.5 × 2^52: a number plus this has its nearest whole number in the lowest bits.</summary>
    public const double Rounder = 6755399441055744;

    /// <summary>The largest whole number up to x, for x between -2^51 and 2^51.</summary>
    public static TReal Floor<TReal>(TReal x)
        where TReal : IReal<TReal>
    {
        var nearest = Rounder + x - x.Number(Rounder);
        return (nearest - x).IfAbove(0, nearest - x.Number(1), nearest);
    }
}
