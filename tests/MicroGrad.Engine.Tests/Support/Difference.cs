namespace MicroGrad.Engine.Tests;

/// <summary>Derivatives of a function of one number by differences alone: the oracle for every derivative rule.</summary>
internal static class Difference
{
    /// <summary>
    /// Central differences at h and h / 2, extrapolated to h = 0 (Richardson): the error goes with h^4 instead of h^2, so
    /// that h can stay large enough for rounding not to matter.
    /// </summary>
    public static double At(Func<double, double> function, double x, double step = 1e-3)
    {
        var h = step * Math.Max(1, Math.Abs(x));
        return (4 * Central(h / 2) - Central(h)) / 3;

        double Central(double d)
        {
            var (above, below) = (x + d, x - d);
            return (function(above) - function(below)) / (above - below);
        }
    }
}
