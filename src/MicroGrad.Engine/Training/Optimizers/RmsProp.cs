using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012): v = decay * v + (1 - decay) g^2, x -= rate * g / (sqrt(v) + epsilon). Weight decay
/// adds to g. Adagrad (Duchi, Hazan, Singer 2011) is the same with a plain sum, v += g^2.
/// </summary>
/// <param name="parameterCount">How many parameters there are.</param>
/// <param name="keptSquares">What v keeps of itself: the decay, or 1 for Adagrad.</param>
/// <param name="newSquares">What v takes of g^2: 1 - decay, or 1 for Adagrad.</param>
/// <param name="epsilon">What keeps the division from 0.</param>
/// <param name="weightDecay">How much of a parameter adds to its gradient.</param>
internal sealed class RmsProp<T>(
    int parameterCount, double keptSquares, double newSquares, double epsilon, double weightDecay)
    : Optimizer<T>(1, parameterCount)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override double MoveVectors(
        Span<Vector512<T>> parameters, ReadOnlySpan<Vector512<T>> gradients, int first)
    {
        var squares = Memory(0, first, parameters.Length);
        var (rate, decay, small) = (Vectors.Of<T>(LearningRate), Vectors.Of<T>(weightDecay), Vectors.Of<T>(epsilon));
        var (kept, taken) = (Vectors.Of<T>(keptSquares), Vectors.Of<T>(newSquares));
        var norm = default(SquareSum<T>);
        for (var i = 0; i < parameters.Length; i++)
        {
            var x = parameters[i];
            norm.Add(gradients[i]);
            var g = Vectors.MultiplyAdd(decay, x, gradients[i]);
            var square = Vectors.MultiplyAdd(kept, squares[i], taken * g * g);
            squares[i] = square;
            parameters[i] = x - rate * g / (Vector512.Sqrt(square) + small);
        }

        return norm.Total;
    }
}
