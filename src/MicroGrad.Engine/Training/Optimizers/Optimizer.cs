using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// A rule that moves parameters by their gradients, with its memory from step to step. Checkpoints hold that memory in
/// doubles, whatever the precision.
/// </summary>
internal abstract class Optimizer
{
    /// <summary>How many steps were made.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>How many numbers the rule remembers for each parameter.</summary>
    public abstract int MemoryCount { get; }

    /// <summary>What is remembered, one list a kind of memory, each with a number a parameter. Starts at 0.</summary>
    public abstract double[][] CopyMemory();

    /// <summary>Continues from the state of another optimizer of the same kind, size and precision.</summary>
    public abstract void Restore(long stepCount, IReadOnlyList<double[]> memory);
}

/// <summary>The rule in a precision. Parameters and gradients come as flat lists of one length, always the same.</summary>
/// <param name="memories">How many numbers the rule remembers for each parameter.</param>
/// <param name="parameterCount">How many parameters there are.</param>
internal abstract class Optimizer<T>(int memories, int parameterCount) : Optimizer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // In whole vectors, so that rules need no code for the end of the list.
    private readonly Vector512<T>[][] _memory =
        [.. Enumerable.Range(0, memories).Select(_ => new Vector512<T>[Vectors.VectorsFor<T>(parameterCount)])];

    /// <summary>The rate of the step that was begun last.</summary>
    protected double LearningRate { get; private set; }

    public sealed override int MemoryCount => _memory.Length;

    public sealed override double[][] CopyMemory() => Array.ConvertAll(_memory, memory =>
    {
        var copy = new double[parameterCount];
        Vectors.Convert(Vectors.Numbers<T>(memory)[..parameterCount], copy);
        return copy;
    });

    public sealed override void Restore(long stepCount, IReadOnlyList<double[]> memory)
    {
        StepCount = stepCount;
        for (var i = 0; i < _memory.Length; i++)
        {
            Vectors.Convert<T>(memory[i], Vectors.Numbers(_memory[i].AsSpan()));
        }
    }

    /// <summary>Moves the parameters once.</summary>
    public void Step(Span<T> parameters, ReadOnlySpan<T> gradients, double learningRate)
    {
        BeginStep(learningRate);
        Move(parameters, gradients, 0);
    }

    /// <summary>Begins a step that <see cref="Move"/> then does in parts.</summary>
    public virtual void BeginStep(double learningRate)
    {
        StepCount++;
        LearningRate = learningRate;
    }

    /// <summary>Moves the parameters from a place on, which is a whole number of vectors.</summary>
    /// <returns>The sum of the squared gradients.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Move(Span<T> parameters, ReadOnlySpan<T> gradients, int start)
    {
        var first = start / Vector512<T>.Count;
        var whole = MemoryMarshal.Cast<T, Vector512<T>>(parameters);
        var squares = MoveVectors(whole, MemoryMarshal.Cast<T, Vector512<T>>(gradients), first);
        var end = whole.Length * Vector512<T>.Count;
        if (end < parameters.Length)
        {
            var (last, lastGradients) = (Vectors.Load<T>(parameters, end), Vectors.Load(gradients, end));
            squares += MoveVectors(new Span<Vector512<T>>(ref last), new ReadOnlySpan<Vector512<T>>(in lastGradients), first + whole.Length);
            Vectors.Store(last, parameters, end);
        }

        return squares;
    }

    /// <summary>The rule itself, over parameters from a vector on. No parameter depends on another.</summary>
    /// <returns>The sum of the squared gradients, which is cheap as they are read anyway.</returns>
    private protected abstract double MoveVectors(
        Span<Vector512<T>> parameters, ReadOnlySpan<Vector512<T>> gradients, int first);

    /// <summary>A kind of memory for the parameters from a vector on.</summary>
    private protected Span<Vector512<T>> Memory(int kind, int first, int count) => _memory[kind].AsSpan(first, count);
}
