using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Compilation;

/// <summary>
/// Runs a long program instruction by instruction, as a loop: the results are those of compiled code, bit by bit.
/// </summary>
/// <remarks>
/// Code for a hundred thousand instructions takes the just-in-time compiler seconds, and then runs no faster than this
/// loop: either way each instruction is read from memory once a run, and most of the time goes into its vector.
/// </remarks>
internal sealed unsafe class Interpreter
{
    /// <summary>How many samples run side by side.</summary>
    public const int Lanes = 4;

    private readonly Step[] _steps;
    private readonly double[] _constants;
    private readonly int[] _outputs;

    /// <param name="program">The program.</param>
    /// <param name="stopping">Asked before each instruction.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Interpreter(Program program, CancellationToken stopping = default)
    {
        var instructions = program.Instructions;
        var lastUse = LastUses(program);
        var slots = new int[instructions.Count];
        var free = new Stack<int>();
        var constants = new List<double>();
        _steps = new Step[instructions.Count];
        for (var i = 0; i < _steps.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var instruction = instructions[i];
            var (a, b, c) = (instruction.A, -1, -1);
            if (instruction.Code == OpCode.Constant)
            {
                a = constants.Count;
                constants.Add(instruction.Number);
            }
            else if (!instruction.IsLeaf)
            {
                a = slots[instruction.A];
                b = instruction.B < 0 ? -1 : slots[instruction.B];
                c = instruction.C < 0 ? -1 : slots[instruction.C];
            }

            // A result never shares a slot with its operands, as a call may write it lane by lane.
            slots[i] = free.TryPop(out var slot) ? slot : ScratchCount++;
            _steps[i] = new(instruction.Code, a, b, c, slots[i]);
            for (var k = 0; k < instruction.OperandCount; k++)
            {
                var operand = instruction.Operand(k);
                if (lastUse[operand] == i)
                {
                    // Once, where it is two operands at the same time.
                    lastUse[operand] = -1;
                    free.Push(slots[operand]);
                }
            }
        }

        _constants = [.. constants];
        _outputs = [.. program.Outputs.Select(output => slots[output])];
    }

    /// <summary>How many vectors the scratch memory holds.</summary>
    public int ScratchCount { get; private set; }

    /// <inheritdoc cref="CompiledBlock"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(double* inputs, double* outputs, double* scratch)
    {
        var r = (Vector256<double>*)scratch;
        foreach (ref readonly var step in _steps.AsSpan())
        {
            var a = r + step.A;
            var b = r + step.B;
            var c = r + step.C;
            var to = r + step.To;
            switch (step.Code)
            {
                case OpCode.Constant:
                    *to = Vector256.Create(_constants[step.A]);
                    break;
                case OpCode.Input:
                    *to = Vector256.Load(inputs + step.A * Lanes);
                    break;
                case OpCode.Add:
                    *to = *a + *b;
                    break;
                case OpCode.Subtract:
                    *to = *a - *b;
                    break;
                case OpCode.Multiply or OpCode.Product:
                    *to = *a * *b;
                    break;
                case OpCode.Divide:
                    *to = *a / *b;
                    break;
                case OpCode.MultiplyAdd:
                    *to = MultiplyAdd(*a, *b, *c);
                    break;
                case OpCode.MultiplySubtractFrom:
                    *to = MultiplyAdd(-*a, *b, *c);
                    break;
                case OpCode.MultiplySubtract:
                    *to = MultiplyAdd(*a, *b, -*c);
                    break;
                case OpCode.Negate:
                    *to = -*a;
                    break;
                case OpCode.Abs:
                    *to = Vector256.Abs(*a);
                    break;
                case OpCode.Sqrt:
                    *to = Vector256.Sqrt(*a);
                    break;
                case OpCode.Max:
                    *to = Vector256.Max(*a, *b);
                    break;
                case OpCode.Min:
                    *to = Vector256.Min(*a, *b);
                    break;
                case OpCode.MaxNative:
                    *to = Vector256.MaxNative(*a, *b);
                    break;
                case OpCode.MinNative:
                    *to = Vector256.MinNative(*a, *b);
                    break;
                case OpCode.Greater:
                    *to = Vector256.GreaterThan(*a, *b);
                    break;
                case OpCode.LessOrEqual:
                    *to = Vector256.LessThanOrEqual(*a, *b);
                    break;
                case OpCode.Equal:
                    *to = Vector256.Equals(*a, *b);
                    break;
                case OpCode.Select:
                    *to = Vector256.ConditionalSelect(*a, *b, *c);
                    break;
                case OpCode.And:
                    *to = *a & *b;
                    break;
                case OpCode.Or:
                    *to = *a | *b;
                    break;
                case OpCode.AddBits:
                    *to = (a->AsInt64() + b->AsInt64()).AsDouble();
                    break;
                case OpCode.ShiftLeft52:
                    *to = Vector256.ShiftLeft(a->AsInt64(), 52).AsDouble();
                    break;
                case OpCode.ShiftRight52:
                    *to = Vector256.ShiftRightLogical(a->AsInt64(), 52).AsDouble();
                    break;
                case OpCode.Sin:
                    RuntimeCalls.Sin((double*)a, (double*)to, Lanes);
                    break;
                case OpCode.Cos:
                    RuntimeCalls.Cos((double*)a, (double*)to, Lanes);
                    break;
                case OpCode.Power:
                    RuntimeCalls.Power((double*)a, (double*)b, (double*)to, Lanes);
                    break;
                default:
                    throw new InvalidOperationException($"{step.Code} is no instruction of the machine.");
            }
        }

        for (var k = 0; k < _outputs.Length; k++)
        {
            r[_outputs[k]].Store(outputs + k * Lanes);
        }
    }

    private static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        VectorWidth.IsFused ? Vector256.FusedMultiplyAdd(a, b, c) : a * b + c;

    /// <summary>Where each result is needed last: never again after its own place, or beyond the end for an output.</summary>
    private static int[] LastUses(Program program)
    {
        var lastUse = new int[program.Instructions.Count];
        for (var i = 0; i < lastUse.Length; i++)
        {
            for (var k = 0; k < program.Instructions[i].OperandCount; k++)
            {
                lastUse[program.Instructions[i].Operand(k)] = i;
            }
        }

        foreach (var output in program.Outputs)
        {
            lastUse[output] = int.MaxValue;
        }

        return lastUse;
    }

    /// <summary>An instruction over slots of the scratch memory.</summary>
    private readonly record struct Step(OpCode Code, int A, int B, int C, int To);
}
