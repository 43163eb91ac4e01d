namespace MicroGrad.Training;

/// <summary>
/// Adam (Kingma and Ba 2015): running means m of g and v of g^2, both corrected for their start at 0;
/// x -= rate * m / (sqrt(v) + epsilon). Weight decay adds to g or, decoupled (AdamW, Loshchilov and Hutter 2019), shrinks
/// x by rate * decay apart from the gradient.
/// </summary>
internal sealed class Adam(
    int parameterCount, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled)
    : Optimizer(2, parameterCount)
{
    private protected override void Move(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        var (means, squares) = (Memory[0], Memory[1]);
        var meanCorrection = 1 / (1 - Math.Pow(beta1, StepCount));
        var squareCorrection = 1 / (1 - Math.Pow(beta2, StepCount));
        for (var i = 0; i < parameters.Length; i++)
        {
            var x = parameters[i];
            var g = decoupled ? gradients[i] : gradients[i] + weightDecay * x;
            means[i] = beta1 * means[i] + (1 - beta1) * g;
            squares[i] = beta2 * squares[i] + (1 - beta2) * g * g;
            var step = means[i] * meanCorrection / (Math.Sqrt(squares[i] * squareCorrection) + epsilon);
            parameters[i] = x - learningRate * (decoupled ? step + weightDecay * x : step);
        }
    }
}
