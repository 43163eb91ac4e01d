namespace MicroGrad.Training;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012): v = decay * v + (1 - decay) g^2, x -= rate * g / (sqrt(v) + epsilon). Weight decay
/// adds to g.
/// </summary>
internal sealed class RmsProp(int parameterCount, double decay, double epsilon, double weightDecay)
    : Optimizer(1, parameterCount)
{
    private protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        var squares = Memory[0];
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = gradients[i] + weightDecay * parameters[i];
            squares[i] = decay * squares[i] + (1 - decay) * g * g;
            parameters[i] -= learningRate * g / (Math.Sqrt(squares[i]) + epsilon);
        }
    }
}
