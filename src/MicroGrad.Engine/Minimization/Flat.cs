namespace MicroGrad.Minimization;

/// <summary>Arithmetic over lists of numbers of one length, added up in order.</summary>
internal static class Flat
{
    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    public static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>target += factor * x.</summary>
    public static void AddTo(double[] target, double factor, double[] x)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += factor * x[i];
        }
    }
}
