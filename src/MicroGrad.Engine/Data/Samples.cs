namespace MicroGrad.Data;

/// <summary>Rows ready for the arithmetic: inputs, and what the outputs are compared with, each row by row.</summary>
public sealed class Samples
{
    // Up to so many numbers (512 KB) stay in the second cache of usual processors.
    private const int CachedNumbers = 1 << 16;

    /// <param name="count">The number of rows.</param>
    /// <param name="inputCount">Inputs a row.</param>
    /// <param name="outputCount">Outputs a row.</param>
    /// <param name="hasClasses">Whether each row's target is the place of its class rather than a number for each output.</param>
    /// <exception cref="GradException">The rows do not fit the memory (id <c>RowsTooLarge</c>).</exception>
    internal Samples(int count, int inputCount, int outputCount, bool hasClasses = false)
    {
        var targetCount = hasClasses ? 1 : outputCount;
        MemoryBudget.Require(
            (long)count * Math.Max(inputCount, targetCount),
            (double)count * (inputCount + targetCount) * sizeof(double),
            "RowsTooLarge",
            $"{count} rows of {inputCount} inputs and {targetCount} targets need");
        Count = count;
        InputCount = inputCount;
        OutputCount = outputCount;
        Inputs = new double[count * inputCount];
        Targets = hasClasses ? [] : new double[count * outputCount];
        Classes = hasClasses ? new int[count] : [];
    }

    private Samples(Samples other)
    {
        (Count, InputCount, OutputCount) = (other.Count, other.InputCount, other.OutputCount);
        (Inputs, Targets, Classes, Weights) = ([.. other.Inputs], other.Targets, other.Classes, other.Weights);
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    internal int InputCount { get; }

    /// <summary>The number of outputs of a row.</summary>
    public int OutputCount { get; }

    /// <summary>Count × InputCount numbers.</summary>
    public double[] Inputs { get; }

    /// <summary>Count × OutputCount numbers; empty where there are <see cref="Classes"/>.</summary>
    internal double[] Targets { get; }

    /// <summary>The place of each row's class, which is that of its output; empty where there are <see cref="Targets"/>.</summary>
    internal int[] Classes { get; }

    /// <summary>A weight for each row, or empty where all weigh the same.</summary>
    public double[] Weights { get; internal set; } = [];

    /// <summary>The same targets and weights over a copy of the inputs.</summary>
    internal Samples WithOwnInputs() => new(this);

    /// <summary>Refuses rows none of which counts.</summary>
    /// <exception cref="GradException">All have the weight 0 (id <c>EmptyData</c>).</exception>
    public void RequireWeight()
    {
        if (Weights.Length > 0 && Weights.All(weight => weight == 0))
        {
            throw new GradException("EmptyData", "All rows have the weight 0, so that none of them counts.");
        }
    }

    /// <summary>
    /// Has the processor load rows that are used next: those of a shuffled batch lie all over the memory. Of long rows it
    /// loads the beginning, as it goes on by itself where numbers are read one after the other.
    /// </summary>
    internal void Prefetch(ReadOnlySpan<int> rows)
    {
        if (Inputs.Length + Targets.Length <= CachedNumbers)
        {
            return;
        }

        Prefetch(Inputs, InputCount, rows);
        Prefetch(Targets, OutputCount, rows);
        Prefetch(Classes, 1, rows);
        Prefetch(Weights, 1, rows);
    }

    internal Span<double> InputsAt(int row) => Inputs.AsSpan(row * InputCount, InputCount);

    internal Span<double> TargetsAt(int row) => Targets.AsSpan(row * OutputCount, OutputCount);

    /// <summary>The place of a row's class, where the target is one of classes. With one output for two classes, the second has a target above 0.</summary>
    public int ClassAt(int row) => Classes.Length > 0 ? Classes[row] : Targets[row] > 0 ? 1 : 0;

    private static void Prefetch<T>(T[] numbers, int width, ReadOnlySpan<int> rows)
    {
        if (numbers.Length == 0)
        {
            return;
        }

        foreach (var row in rows)
        {
            Cache.Prefetch(ref numbers[row * width]);
        }
    }
}
