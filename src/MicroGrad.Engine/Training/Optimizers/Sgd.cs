namespace MicroGrad.Training;

/// <summary>
/// Gradient descent, x -= rate * g, with momentum as PyTorch has it: v = momentum * v + g, and the step is v, or
/// g + momentum * v in Nesterov's form. Weight decay adds decay * x to g.
/// </summary>
internal sealed class Sgd(int parameterCount, double momentum = 0, bool nesterov = false, double weightDecay = 0)
    : Optimizer(momentum == 0 ? 0 : 1, parameterCount)
{
    private protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            var step = gradients[i] + weightDecay * parameters[i];
            if (momentum != 0)
            {
                var velocity = Memory[0][i] = momentum * Memory[0][i] + step;
                step = nesterov ? step + momentum * velocity : velocity;
            }

            parameters[i] -= learningRate * step;
        }
    }
}
