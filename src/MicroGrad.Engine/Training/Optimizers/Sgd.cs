namespace MicroGrad.Training;

/// <summary>Gradient descent: x -= rate * gradient.</summary>
internal sealed class Sgd : Optimizer
{
    public override void Step(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate) =>
        Kernels.VectorMath.AddScaled(-learningRate, gradients, parameters);
}
