using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// Adam (Kingma and Ba 2015): running means m of g and v of g^2, both corrected for their start at 0;
/// x -= rate * m / (sqrt(v) + epsilon). Weight decay adds to g or, decoupled (AdamW, Loshchilov and Hutter 2019), shrinks
/// x by rate * decay apart from the gradient.
/// </summary>
internal sealed class Adam<T>(
    int parameterCount, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled)
    : Optimizer<T>(2, parameterCount)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _meanFactor;
    private double _squareCorrection;

    public override void BeginStep(double learningRate)
    {
        base.BeginStep(learningRate);
        _meanFactor = learningRate / (1 - Math.Pow(beta1, StepCount));
        _squareCorrection = 1 / (1 - Math.Pow(beta2, StepCount));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double MoveVectors(
        Span<Vector512<T>> parameters, ReadOnlySpan<Vector512<T>> gradients, int first)
    {
        var means = Memory(0, first, parameters.Length);
        var squares = Memory(1, first, parameters.Length);
        var (keepMean, newMean) = (Vectors.Of<T>(beta1), Vectors.Of<T>(1 - beta1));
        var (keepSquare, newSquare) = (Vectors.Of<T>(beta2), Vectors.Of<T>(1 - beta2));
        var (meanFactor, squareCorrection) = (Vectors.Of<T>(_meanFactor), Vectors.Of<T>(_squareCorrection));
        var (small, decay) = (Vectors.Of<T>(epsilon), Vectors.Of<T>(decoupled ? 0 : weightDecay));
        var shrink = Vectors.Of<T>(decoupled ? 1 - LearningRate * weightDecay : 1);
        var norm = default(SquareSum<T>);
        for (var i = 0; i < parameters.Length; i++)
        {
            var x = parameters[i];
            norm.Add(gradients[i]);
            var g = Vectors.MultiplyAdd(decay, x, gradients[i]);
            var mean = Vectors.MultiplyAdd(keepMean, means[i], newMean * g);
            var square = Vectors.MultiplyAdd(keepSquare, squares[i], newSquare * g * g);
            means[i] = mean;
            squares[i] = square;
            var step = meanFactor * mean / (Vector512.Sqrt(square * squareCorrection) + small);
            parameters[i] = x * shrink - step;
        }

        return norm.Total;
    }
}
