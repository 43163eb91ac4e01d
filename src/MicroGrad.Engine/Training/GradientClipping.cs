using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>Keeps single steps from being too large.</summary>
internal static class GradientClipping
{
    /// <summary>Cuts each number to a size, then shrinks the whole to a norm. Gives the norm from before.</summary>
    public static double Apply(Span<double> gradients, double? norm, double? value)
    {
        var before = Math.Sqrt(VectorMath.SumOfSquares(gradients));
        if (value is { } size)
        {
            foreach (ref var gradient in gradients)
            {
                gradient = Math.Clamp(gradient, -size, size);
            }
        }

        if (norm is { } limit)
        {
            var now = value is null ? before : Math.Sqrt(VectorMath.SumOfSquares(gradients));
            if (now > limit)
            {
                foreach (ref var gradient in gradients)
                {
                    gradient *= limit / now;
                }
            }
        }

        return before;
    }
}
