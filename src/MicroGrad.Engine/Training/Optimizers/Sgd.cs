using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// Gradient descent, x -= rate * g, with PyTorch's momentum: v = momentum * v + g, and the step is v, or
/// g + momentum * v in Nesterov's form. Weight decay adds decay * x to g.
/// </summary>
internal sealed class Sgd<T>(int parameterCount, double momentum = 0, bool nesterov = false, double weightDecay = 0)
    : Optimizer<T>(momentum == 0 ? 0 : 1, parameterCount)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double MoveVectors(
        Span<Vector512<T>> parameters, ReadOnlySpan<Vector512<T>> gradients, int first)
    {
        var velocities = momentum == 0 ? [] : Memory(0, first, parameters.Length);
        var (rate, decay, keep) = (Vectors.Of<T>(-LearningRate), Vectors.Of<T>(weightDecay), Vectors.Of<T>(momentum));
        var norm = default(SquareSum<T>);
        for (var i = 0; i < parameters.Length; i++)
        {
            var x = parameters[i];
            norm.Add(gradients[i]);
            var step = Vectors.MultiplyAdd(decay, x, gradients[i]);
            if (!velocities.IsEmpty)
            {
                var velocity = Vectors.MultiplyAdd(keep, velocities[i], step);
                velocities[i] = velocity;
                step = nesterov ? Vectors.MultiplyAdd(keep, velocity, step) : velocity;
            }

            parameters[i] = Vectors.MultiplyAdd(rate, step, x);
        }

        return norm.Total;
    }
}
