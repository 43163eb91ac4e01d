using System.Reflection;
using System.Reflection.Emit;

namespace MicroGrad.Compilation;

/// <summary>A piece of compiled code, over addresses of numbers: a vector's lanes side by side.</summary>
/// <param name="inputs">The samples' inputs: vector after vector, one an input.</param>
/// <param name="outputs">The results: vector after vector, one a result.</param>
/// <param name="scratch">Room for what is kept between pieces.</param>
internal unsafe delegate void CompiledBlock(double* inputs, double* outputs, double* scratch);

/// <summary>
/// Writes a program as IL: every instruction is one of the processor's, over a vector of samples. A program too long to
/// be compiled well as one method becomes several; what one computes and a later one needs goes through memory.
/// </summary>
internal sealed class IlEmitter
{
    // The just-in-time compiler stops optimizing methods of more than 60,000 bytes of IL or 2,000 variables, and slows down
    // well before that.
    private const int LongestMethod = 1500;

    private const short Inputs = 0;
    private const short Outputs = 1;
    private const short Scratch = 2;

    private readonly Program _program;
    private readonly VectorWidth _vector;
    private readonly int[] _lastUse;
    private readonly int[] _methodOf;
    private readonly int[] _scratchSlots;
    private readonly List<int>[] _outputsOf;
    private readonly Dictionary<int, LocalBuilder> _locals = [];
    private readonly Stack<LocalBuilder> _free = [];
    private int _scratchCount;
    private ILGenerator _il = null!;
    private int _method;

    private IlEmitter(Program program, VectorWidth vector)
    {
        (_program, _vector) = (program, vector);
        var count = program.Instructions.Count;
        _lastUse = new int[count];
        _methodOf = new int[count];
        _scratchSlots = new int[count];
        Array.Fill(_scratchSlots, -1);
        _outputsOf = new List<int>[count];
    }

    /// <summary>Compiles a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="vector">The vectors to compute with.</param>
    /// <param name="scratchCount">How many vectors the scratch memory holds.</param>
    /// <param name="stopping">Asked before each method, which the runtime compiles at once.</param>
    /// <exception cref="OperationCanceledException">The compilation was stopped.</exception>
    public static CompiledBlock[] Compile(Program program, VectorWidth vector, out int scratchCount, CancellationToken stopping = default)
    {
        var emitter = new IlEmitter(program, vector);
        emitter.Plan();
        var blocks = emitter.Emit(stopping);
        scratchCount = emitter._scratchCount;
        return blocks;
    }

    /// <summary>
    /// Divides the instructions among methods, and finds where each result is last needed and whether memory must hold it.
    /// </summary>
    private void Plan()
    {
        var instructions = _program.Instructions;
        for (var k = 0; k < _program.Outputs.Count; k++)
        {
            (_outputsOf[_program.Outputs[k]] ??= []).Add(k);
        }

        var (method, length) = (0, 0);
        for (var i = 0; i < instructions.Count; i++)
        {
            if (length >= LongestMethod)
            {
                (method, length) = (method + 1, 0);
            }

            _methodOf[i] = method;
            length += instructions[i].IsLeaf ? 0 : 1;
            for (var k = 0; k < instructions[i].OperandCount; k++)
            {
                var operand = instructions[i].Operand(k);
                _lastUse[operand] = i;
                if (!instructions[operand].IsLeaf && (_methodOf[operand] != method || instructions[i].IsCall))
                {
                    KeepInScratch(operand);
                }
            }

            if (instructions[i].IsCall)
            {
                KeepInScratch(i);
            }
        }
    }

    private void KeepInScratch(int place)
    {
        // Constants and inputs that a call takes are copied there too.
        if (_scratchSlots[place] < 0)
        {
            _scratchSlots[place] = _scratchCount++;
        }
    }

    private CompiledBlock[] Emit(CancellationToken stopping)
    {
        var blocks = new List<CompiledBlock>();
        for (var i = 0; i < _program.Instructions.Count;)
        {
            stopping.ThrowIfCancellationRequested();
            var method = new DynamicMethod(
                "MicroGradBlock",
                typeof(void),
                [typeof(double*), typeof(double*), typeof(double*)],
                typeof(IlEmitter).Module,
                skipVisibility: true);
            _il = method.GetILGenerator(1 << 14);
            _method = _methodOf[i];
            _locals.Clear();
            _free.Clear();
            for (; i < _program.Instructions.Count && _methodOf[i] == _method; i++)
            {
                EmitInstruction(i);
            }

            _il.Emit(OpCodes.Ret);
            blocks.Add(method.CreateDelegate<CompiledBlock>());
        }

        return [.. blocks];
    }

    private void EmitInstruction(int place)
    {
        var instruction = _program.Instructions[place];
        if (instruction.IsLeaf)
        {
            EmitOutputs(place);
            return;
        }

        if (instruction.IsCall)
        {
            EmitCall(instruction, place);
        }
        else
        {
            EmitResult(instruction);
        }

        Release(place, instruction);

        // The result is on the stack.
        if (_lastUse[place] == 0 && _scratchSlots[place] < 0 && _outputsOf[place] is null)
        {
            _il.Emit(OpCodes.Pop);
            return;
        }

        var local = _free.TryPop(out var reused) ? reused : _il.DeclareLocal(_vector.Doubles);
        _il.Emit(OpCodes.Stloc, local);
        _locals[place] = local;
        if (_scratchSlots[place] >= 0 && !instruction.IsCall)
        {
            EmitAddress(Scratch, _scratchSlots[place] * _vector.Lanes);
            _il.Emit(OpCodes.Ldloc, local);
            EmitStore();
        }

        EmitOutputs(place);
        if (_lastUse[place] == 0)
        {
            _locals.Remove(place);
            _free.Push(local);
        }
    }

    private void EmitResult(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case OpCode.MultiplySubtractFrom when VectorWidth.IsFused:
                EmitOperand(instruction.A);
                _il.Emit(OpCodes.Call, _vector.Negate);
                EmitOperand(instruction.B);
                EmitOperand(instruction.C);
                _il.Emit(OpCodes.Call, _vector.FusedMultiplyAdd);
                break;
            case OpCode.MultiplySubtract when VectorWidth.IsFused:
                EmitOperand(instruction.A);
                EmitOperand(instruction.B);
                EmitOperand(instruction.C);
                _il.Emit(OpCodes.Call, _vector.Negate);
                _il.Emit(OpCodes.Call, _vector.FusedMultiplyAdd);
                break;
            case OpCode.MultiplySubtractFrom:
                EmitOperand(instruction.C);
                EmitProduct();
                _il.Emit(OpCodes.Call, _vector.Subtract);
                break;
            case OpCode.MultiplyAdd or OpCode.MultiplySubtract when !VectorWidth.IsFused:
                EmitProduct();
                EmitOperand(instruction.C);
                _il.Emit(OpCodes.Call, instruction.Code == OpCode.MultiplyAdd ? _vector.Add : _vector.Subtract);
                break;
            case OpCode.AddBits:
                EmitOperand(instruction.A);
                _il.Emit(OpCodes.Call, _vector.AsLongs);
                EmitOperand(instruction.B);
                _il.Emit(OpCodes.Call, _vector.AsLongs);
                _il.Emit(OpCodes.Call, _vector.AddLongs);
                _il.Emit(OpCodes.Call, _vector.AsDoubles);
                break;
            case OpCode.ShiftLeft52 or OpCode.ShiftRight52:
                EmitOperand(instruction.A);
                _il.Emit(OpCodes.Call, _vector.AsLongs);
                _il.Emit(OpCodes.Ldc_I4, 52);
                _il.Emit(OpCodes.Call, instruction.Code == OpCode.ShiftLeft52 ? _vector.ShiftLeft : _vector.ShiftRight);
                _il.Emit(OpCodes.Call, _vector.AsDoubles);
                break;
            default:
                for (var k = 0; k < instruction.OperandCount; k++)
                {
                    EmitOperand(instruction.Operand(k));
                }

                _il.Emit(OpCodes.Call, _vector.Plain[instruction.Code]);
                break;
        }

        void EmitProduct()
        {
            EmitOperand(instruction.A);
            EmitOperand(instruction.B);
            _il.Emit(OpCodes.Call, _vector.Multiply);
        }
    }

    /// <remarks>Operands and result go through memory: a call of a method keeps no vector in a register anyway.</remarks>
    private void EmitCall(Instruction instruction, int place)
    {
        for (var k = 0; k < instruction.OperandCount; k++)
        {
            var operand = instruction.Operand(k);
            if (_program.Instructions[operand].IsLeaf)
            {
                KeepInScratch(operand);
                EmitAddress(Scratch, _scratchSlots[operand] * _vector.Lanes);
                EmitOperand(operand);
                EmitStore();
            }
        }

        for (var k = 0; k < instruction.OperandCount; k++)
        {
            EmitAddress(Scratch, _scratchSlots[instruction.Operand(k)] * _vector.Lanes);
        }

        EmitAddress(Scratch, _scratchSlots[place] * _vector.Lanes);
        _il.Emit(OpCodes.Ldc_I4, _vector.Lanes);
        var name = instruction.Code.ToString();
        _il.Emit(OpCodes.Call, typeof(RuntimeCalls).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!);
        EmitLoad(Scratch, _scratchSlots[place] * _vector.Lanes);
    }

    private void EmitOperand(int place)
    {
        var instruction = _program.Instructions[place];
        switch (instruction.Code)
        {
            case OpCode.Constant:
                _il.Emit(OpCodes.Ldc_R8, instruction.Number);
                _il.Emit(OpCodes.Call, _vector.Create);
                break;
            case OpCode.Input:
                EmitLoad(Inputs, instruction.A * _vector.Lanes);
                break;
            default:
                if (_methodOf[place] == _method)
                {
                    _il.Emit(OpCodes.Ldloc, _locals[place]);
                }
                else
                {
                    EmitLoad(Scratch, _scratchSlots[place] * _vector.Lanes);
                }

                break;
        }
    }

    private void EmitOutputs(int place)
    {
        foreach (var output in _outputsOf[place] ?? [])
        {
            EmitAddress(Outputs, output * _vector.Lanes);
            EmitOperand(place);
            EmitStore();
        }
    }

    private void EmitAddress(short argument, int index)
    {
        _il.Emit(OpCodes.Ldarg, argument);
        if (index != 0)
        {
            _il.Emit(OpCodes.Ldc_I4, index * sizeof(double));
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
        }
    }

    // IL loads and stores: calls of Load and Store are not inlined in a long method.
    private void EmitLoad(short argument, int index)
    {
        EmitAddress(argument, index);
        _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(OpCodes.Ldobj, _vector.Doubles);
    }

    /// <summary>Stores the vector on the stack at the address below it.</summary>
    private void EmitStore()
    {
        _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(OpCodes.Stobj, _vector.Doubles);
    }

    /// <summary>Frees the variables of operands that are not needed any more.</summary>
    private void Release(int place, Instruction instruction)
    {
        for (var k = 0; k < instruction.OperandCount; k++)
        {
            var operand = instruction.Operand(k);
            if (_lastUse[operand] == place && _locals.Remove(operand, out var local))
            {
                _free.Push(local);
            }
        }
    }
}
