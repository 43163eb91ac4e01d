using System.Numerics;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// Gradient descent, x -= rate * g, with momentum as PyTorch has it: v = momentum * v + g, and the step is v, or
/// g + momentum * v in Nesterov's form. Weight decay adds decay * x to g.
/// </summary>
internal sealed class Sgd<T>(int parameterCount, double momentum = 0, bool nesterov = false, double weightDecay = 0)
    : Optimizer<T>(momentum == 0 ? 0 : 1, parameterCount)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _learningRate;

    public override void BeginStep(double learningRate)
    {
        base.BeginStep(learningRate);
        _learningRate = learningRate;
    }

    public override void Move(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
    {
        var velocities = momentum == 0 ? [] : Memory(0, start, parameters.Length);
        var (rate, decay, keep) = (Lanes.Of<T>(-_learningRate), Lanes.Of<T>(weightDecay), Lanes.Of<T>(momentum));
        for (var i = 0; i < parameters.Length; i += Vector512<T>.Count)
        {
            var x = Lanes.Load<T>(parameters, i);
            var step = Lanes.MultiplyAdd(decay, x, Lanes.Load(gradients, i));
            if (!velocities.IsEmpty)
            {
                var velocity = Lanes.MultiplyAdd(keep, Lanes.Load<T>(velocities, i), step);
                Lanes.Store(velocity, velocities, i);
                step = nesterov ? Lanes.MultiplyAdd(keep, velocity, step) : velocity;
            }

            Lanes.Store(Lanes.MultiplyAdd(rate, step, x), parameters, i);
        }
    }
}
