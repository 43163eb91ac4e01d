using System.Runtime.InteropServices;

namespace MicroGrad.Compilation;

/// <summary>
/// A program ready to run: compiled for vectors of one width, or interpreted where it is long. Several threads can call it
/// at once, as each call rents its own memory.
/// </summary>
internal sealed unsafe class CompiledProgram
{
    /// <summary>
    /// Programs of more instructions are interpreted: compiled code would not fit the first caches, and compiling takes
    /// longer than it saves.
    /// </summary>
    public const int LongestCompiled = 10_000;

    private readonly CompiledBlock[] _blocks;
    private readonly int _inputCount;
    private readonly int _scratchCount;
    private Workspace? _spare;

    /// <param name="program">The program.</param>
    /// <param name="vector">The vectors to compute with, where it is compiled.</param>
    /// <param name="inputCount">How many numbers a row has.</param>
    /// <param name="longestCompiled">A program of more instructions is interpreted.</param>
    /// <param name="stopping">Ends the compilation.</param>
    /// <exception cref="OperationCanceledException">The compilation was stopped.</exception>
    public CompiledProgram(
        Program program, VectorWidth vector, int inputCount, int longestCompiled = LongestCompiled, CancellationToken stopping = default)
    {
        _inputCount = inputCount;
        OutputCount = program.Outputs.Count;
        if (program.Instructions.Count <= longestCompiled)
        {
            _blocks = IlEmitter.Compile(program, vector, out _scratchCount, stopping);
            Lanes = vector.Lanes;
        }
        else
        {
            var interpreter = new Interpreter(program, stopping);
            _blocks = [interpreter.Run];
            _scratchCount = interpreter.ScratchCount;
            Lanes = Interpreter.Lanes;
        }
    }

    public int Lanes { get; }

    public int OutputCount { get; }

    /// <summary>Memory for one call, aligned so that no vector crosses a cache line.</summary>
    public Workspace Rent() =>
        Interlocked.Exchange(ref _spare, null) ?? new Workspace(_inputCount * Lanes, OutputCount * Lanes, _scratchCount * Lanes);

    public void Return(Workspace workspace) => _spare = workspace;

    public void Run(Workspace room)
    {
        foreach (var block in _blocks)
        {
            block(room.Inputs, room.Outputs, room.Scratch);
        }
    }

    /// <summary>Writes a row's numbers to a lane, one an input.</summary>
    public void SetLane(Workspace room, int lane, ReadOnlySpan<double> row, int firstInput = 0)
    {
        for (var i = 0; i < row.Length; i++)
        {
            room.Inputs[(firstInput + i) * Lanes + lane] = row[i];
        }
    }

    /// <summary>Reads a lane's results, one an output.</summary>
    public void ReadLane(Workspace room, int lane, Span<double> results, int firstOutput = 0)
    {
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = room.Outputs[(firstOutput + i) * Lanes + lane];
        }
    }

    internal sealed class Workspace
    {
        // Pinned, as the addresses below point into it.
        private readonly double[] _memory;

        public Workspace(int inputs, int outputs, int scratch)
        {
            var (i, o, s) = (Lines(inputs), Lines(outputs), Lines(scratch));
            _memory = GC.AllocateArray<double>(i + o + s + 8, pinned: true);
            var start = (double*)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
            start = (double*)(((nuint)start + 63) & ~(nuint)63);
            Inputs = start;
            Outputs = start + i;
            Scratch = start + i + o;
        }

        public double* Inputs { get; }

        public double* Outputs { get; }

        public double* Scratch { get; }

        private static int Lines(int count) => (count + 7) & ~7;
    }
}
