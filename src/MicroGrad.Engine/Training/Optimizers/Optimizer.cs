namespace MicroGrad.Training;

/// <summary>
/// A rule that moves parameters by their gradients. It owns what it remembers from step to step; parameters and
/// gradients come as flat lists of one length, always the same.
/// </summary>
internal abstract class Optimizer
{
    /// <param name="memories">How many numbers the rule remembers for each parameter.</param>
    /// <param name="parameterCount">How many parameters there are.</param>
    private protected Optimizer(int memories, int parameterCount)
    {
        Memory = new double[memories][];
        for (var i = 0; i < memories; i++)
        {
            Memory[i] = new double[parameterCount];
        }
    }

    /// <summary>How many steps were made.</summary>
    public long StepCount { get; private set; }

    /// <summary>What is remembered, one list a kind of memory, each with a number a parameter. Starts at 0.</summary>
    public double[][] Memory { get; }

    /// <summary>Moves the parameters once.</summary>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate)
    {
        StepCount++;
        Move(parameters, gradients, learningRate);
    }

    /// <summary>Goes on from where another optimizer of the same kind and size was.</summary>
    public void Restore(long stepCount, IReadOnlyList<double[]> memory)
    {
        StepCount = stepCount;
        for (var i = 0; i < Memory.Length; i++)
        {
            memory[i].CopyTo(Memory[i], 0);
        }
    }

    /// <summary>The rule itself; <see cref="StepCount"/> is already that of this step.</summary>
    private protected abstract void Move(Span<double> parameters, ReadOnlySpan<double> gradients, double learningRate);
}
