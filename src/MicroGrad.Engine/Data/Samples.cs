namespace MicroGrad.Data;

/// <summary>Rows ready for the arithmetic: inputs and encoded targets, each row by row.</summary>
internal sealed class Samples
{
    /// <exception cref="GradException">The rows do not fit the memory (id <c>RowsTooLarge</c>).</exception>
    public Samples(int count, int inputCount, int outputCount)
    {
        MemoryBudget.Require(
            (long)count * Math.Max(inputCount, outputCount),
            (double)count * (inputCount + outputCount) * sizeof(double),
            "RowsTooLarge",
            $"{count} rows of {inputCount} inputs and {outputCount} outputs need");
        Count = count;
        InputCount = inputCount;
        OutputCount = outputCount;
        Inputs = new double[count * inputCount];
        Targets = new double[count * outputCount];
    }

    private Samples(Samples other)
    {
        (Count, InputCount, OutputCount) = (other.Count, other.InputCount, other.OutputCount);
        (Inputs, Targets, Weights) = ([.. other.Inputs], other.Targets, other.Weights);
    }

    public int Count { get; }

    public int InputCount { get; }

    public int OutputCount { get; }

    /// <summary>Count × InputCount numbers.</summary>
    public double[] Inputs { get; }

    /// <summary>Count × OutputCount numbers.</summary>
    public double[] Targets { get; }

    /// <summary>A weight for each row, or empty where all count the same.</summary>
    public double[] Weights { get; set; } = [];

    /// <summary>The same targets and weights over a copy of the inputs.</summary>
    public Samples WithOwnInputs() => new(this);

    public Span<double> InputsAt(int row) => Inputs.AsSpan(row * InputCount, InputCount);

    public Span<double> TargetsAt(int row) => Targets.AsSpan(row * OutputCount, OutputCount);
}
