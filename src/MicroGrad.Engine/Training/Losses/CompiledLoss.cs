using System.Buffers;
using MicroGrad.Compilation;

namespace MicroGrad.Training;

/// <summary>
/// A loss that is given as a graph. It is traced once over symbolic outputs and targets, and compiled to compute cost
/// and gradient of several rows at once. It has the limits of a <see cref="GradFunction"/>. The loss of a batch is the mean
/// over its rows.
/// </summary>
public sealed unsafe class CompiledLoss : Loss
{
    private readonly Func<GradValue[], GradValue[], GradValue> _row;
    private readonly int _outputCount;
    private readonly VectorWidth _vector;
    private readonly Program _program;
    private readonly CompiledProgram _compiled;

    /// <summary>Compiles a loss.</summary>
    /// <param name="row">A row's cost, from its outputs and its targets.</param>
    /// <param name="outputCount">How many outputs a row has, and how many targets.</param>
    /// <param name="encoding">What the targets are encoded as.</param>
    /// <exception cref="GradException">The row's cost reads the data of a symbolic value (id <c>SymbolicData</c>).</exception>
    public CompiledLoss(Func<GradValue[], GradValue[], GradValue> row, int outputCount, TargetEncoding encoding)
        : this(row, outputCount, encoding, VectorWidth.Widest)
    {
    }

    internal CompiledLoss(Func<GradValue[], GradValue[], GradValue> row, int outputCount, TargetEncoding encoding, VectorWidth vector)
        : this(row, outputCount, encoding, vector, Trace(row, outputCount))
    {
    }

    private CompiledLoss(
        Func<GradValue[], GradValue[], GradValue> row, int outputCount, TargetEncoding encoding, VectorWidth vector, Program program)
    {
        (_row, _outputCount, Encoding, _vector, _program) = (row, outputCount, encoding, vector, program);
        _compiled = new CompiledProgram(program, vector, 2 * outputCount);
    }

    /// <inheritdoc/>
    public override TargetEncoding Encoding { get; }

    /// <summary>This loss after another trace: the same object, unless constants or the graph have changed.</summary>
    /// <exception cref="GradException">Those of the constructor.</exception>
    public CompiledLoss Retraced()
    {
        var program = Trace(_row, _outputCount);
        return program.Instructions.SequenceEqual(_program.Instructions) && program.Outputs.SequenceEqual(_program.Outputs)
            ? this
            : new CompiledLoss(_row, _outputCount, Encoding, _vector, program);
    }

    /// <summary>A row's cost.</summary>
    /// <param name="outputs">The row's outputs.</param>
    /// <param name="targets">A number for each output.</param>
    /// <param name="gradient">Receives the derivative of the cost by each output.</param>
    public double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient) =>
        Batch(new(outputs, targets, [], outputs.Length, gradient));

    /// <inheritdoc/>
    public override double Divisor(double totalWeight, int outputCount) => totalWeight;

    /// <inheritdoc/>
    public override double Batch(LossBatch batch)
    {
        var (rows, outputCount, lanes) = (batch.Rows, batch.OutputCount, _compiled.Lanes);
        var scale = Scale(batch);
        var sum = 0.0;
        var room = _compiled.Rent();
        var targets = ArrayPool<double>.Shared.Rent(outputCount);
        for (var first = 0; first < rows; first += lanes)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                // Lanes beyond the last row repeat it.
                var row = Math.Min(first + lane, rows - 1);
                _compiled.SetLane(room, lane, batch.Outputs.Slice(row * outputCount, outputCount));
                _compiled.SetLane(room, lane, batch.TargetsAt(row, targets.AsSpan(0, outputCount)), firstInput: outputCount);
            }

            _compiled.Run(room);
            for (var row = first; row < Math.Min(first + lanes, rows); row++)
            {
                var weight = batch.Weight(row);
                sum += weight * room.Outputs[row - first];
                var gradient = batch.Gradients.Slice(row * outputCount, outputCount);
                _compiled.ReadLane(room, row - first, gradient, firstOutput: 1);
                foreach (ref var derivative in gradient)
                {
                    derivative *= weight * scale;
                }
            }
        }

        ArrayPool<double>.Shared.Return(targets);
        _compiled.Return(room);
        return sum * scale;
    }

    private static Program Trace(Func<GradValue[], GradValue[], GradValue> row, int outputCount)
    {
        GradValue[] symbols = [.. Enumerable.Range(0, 2 * outputCount).Select(_ => SymbolicTrace.Symbol())];
        var root = SymbolicTrace.Record(symbols, () => row(symbols[..outputCount], symbols[outputCount..]))[^1];
        return GraphCompiler.Compile([root, .. GraphCompiler.Gradients(root, symbols[..outputCount])], symbols);
    }
}
