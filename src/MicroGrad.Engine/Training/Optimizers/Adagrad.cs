namespace MicroGrad.Training;

/// <summary>
/// Adagrad (Duchi, Hazan, Singer 2011): v += g^2, x -= rate * g / (sqrt(v) + epsilon). Weight decay adds to g.
/// </summary>
internal sealed class Adagrad(int parameterCount, double epsilon, double weightDecay) : Optimizer(1, parameterCount)
{
    private protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        var squares = Memory[0];
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = gradients[i] + weightDecay * parameters[i];
            squares[i] += g * g;
            parameters[i] -= learningRate * g / (Math.Sqrt(squares[i]) + epsilon);
        }
    }
}
