using System.Numerics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// A rule that moves parameters by their gradients, and what it remembers from step to step, as a checkpoint sees it: in
/// doubles, whatever the rule computes in.
/// </summary>
internal abstract class Optimizer
{
    /// <summary>How many steps were made.</summary>
    public long StepCount { get; private protected set; }

    /// <summary>How many numbers the rule remembers for each parameter.</summary>
    public abstract int MemoryCount { get; }

    /// <summary>What is remembered, one list a kind of memory, each with a number a parameter. Starts at 0.</summary>
    public abstract double[][] CopyMemory();

    /// <summary>Goes on from where another optimizer of the same kind, size and precision was.</summary>
    public abstract void Restore(long stepCount, IReadOnlyList<double[]> memory);
}

/// <summary>The rule in a precision. Parameters and gradients come as flat lists of one length, always the same.</summary>
/// <param name="memories">How many numbers the rule remembers for each parameter.</param>
/// <param name="parameterCount">How many parameters there are.</param>
internal abstract class Optimizer<T>(int memories, int parameterCount) : Optimizer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[][] _memory = [.. Enumerable.Range(0, memories).Select(_ => new T[parameterCount])];

    public sealed override int MemoryCount => _memory.Length;

    public sealed override double[][] CopyMemory() => Array.ConvertAll(_memory, memory =>
    {
        var copy = new double[memory.Length];
        Lanes.Convert<T>(memory, copy);
        return copy;
    });

    public sealed override void Restore(long stepCount, IReadOnlyList<double[]> memory)
    {
        StepCount = stepCount;
        for (var i = 0; i < _memory.Length; i++)
        {
            Lanes.Convert<T>(memory[i], _memory[i]);
        }
    }

    /// <summary>Moves the parameters once.</summary>
    public void Step(Span<T> parameters, ReadOnlySpan<T> gradients, double learningRate)
    {
        BeginStep(learningRate);
        Move(parameters, gradients, 0);
    }

    /// <summary>Begins a step that <see cref="Move"/> then does in parts.</summary>
    public virtual void BeginStep(double learningRate) => StepCount++;

    /// <summary>The rule itself, over parameters from a place on; nothing in it mixes two parameters.</summary>
    public abstract void Move(Span<T> parameters, ReadOnlySpan<T> gradients, int start);

    /// <summary>A kind of memory for the parameters from a place on.</summary>
    private protected Span<T> Memory(int kind, int start, int count) => _memory[kind].AsSpan(start, count);
}
