using System.Numerics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>Keeps single steps from being too large.</summary>
internal static class GradientClipping
{
    /// <summary>Clips each number to a size, then scales the whole to a norm. Returns the norm before both.</summary>
    public static double Apply<T>(Span<T> gradients, double? norm, double? value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var before = Math.Sqrt(VectorMath.SumOfSquares<T>(gradients));
        if (value is { } size)
        {
            foreach (ref var gradient in gradients)
            {
                gradient = T.Clamp(gradient, T.CreateTruncating(-size), T.CreateTruncating(size));
            }
        }

        if (norm is { } limit)
        {
            var now = value is null ? before : Math.Sqrt(VectorMath.SumOfSquares<T>(gradients));
            if (now > limit)
            {
                foreach (ref var gradient in gradients)
                {
                    gradient *= T.CreateTruncating(limit / now);
                }
            }
        }

        return before;
    }
}
