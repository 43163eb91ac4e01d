namespace MicroGrad.Compilation;

/// <summary>
/// A straight-line program over one sample a lane. Instructions come after their operands; an instruction that exists
/// already is reused, so that value and gradient share common subexpressions.
/// </summary>
internal sealed class Program
{
    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<Instruction, int> _places = [];
    private readonly List<int> _outputs = [];

    public IReadOnlyList<Instruction> Instructions => _instructions;

    /// <summary>The places of the results, in order.</summary>
    public IReadOnlyList<int> Outputs => _outputs;

    public Term Constant(double number) => Add(new(OpCode.Constant, Bits: BitConverter.DoubleToInt64Bits(number)));

    public Term Input(int index) => Add(new(OpCode.Input, index));

    public void Output(Term result) => _outputs.Add(result.Index);

    public Term Add(Instruction instruction)
    {
        instruction = Ordered(instruction);
        if (Folded(instruction) is { } simpler)
        {
            return simpler;
        }

        if (!_places.TryGetValue(instruction, out var place))
        {
            place = _instructions.Count;
            _instructions.Add(instruction);
            _places.Add(instruction, place);
        }

        return new Term(this, place);
    }

    /// <summary>The same program with elementary functions as instructions of the processor.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Program Expanded(CancellationToken stopping = default) => Rewritten((code, x) => ElementaryFunctions.Of(code, x), stopping);

    /// <summary>The same program with elementary functions replaced, and without what no output needs.</summary>
    /// <param name="replacement">Gives what stands for a function of a term, or null where it stays.</param>
    /// <param name="stopping">Asked before each instruction.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Program Rewritten(Func<OpCode, Term, Term?> replacement, CancellationToken stopping = default)
    {
        var result = new Program();
        var isNeeded = Needed(_instructions);
        var terms = new Term[_instructions.Count];
        for (var i = 0; i < terms.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            if (!isNeeded[i])
            {
                continue;
            }

            var instruction = _instructions[i];
            terms[i] = (instruction.IsElementary ? replacement(instruction.Code, terms[instruction.A]) : null)
                ?? result.Add(instruction.At(place => terms[place].Index));
        }

        result._outputs.AddRange(_outputs.Select(place => terms[place].Index));
        return result;
    }

    /// <summary>
    /// The optimized program: products are fused with the sums that use them, and instructions that no output needs are
    /// removed. Fusion depends on the sum alone, so that a value has the same bits with and without its gradient.
    /// </summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Program Optimized(CancellationToken stopping = default)
    {
        Instruction[] fused = [.. _instructions.Select(Fused)];
        var isNeeded = Needed(fused);
        var result = new Program();
        var places = new int[fused.Length];
        for (var i = 0; i < fused.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            if (!isNeeded[i])
            {
                continue;
            }

            places[i] = result._instructions.Count;
            var instruction = fused[i];
            result._instructions.Add(instruction.At(place => places[place]));
        }

        result._outputs.AddRange(_outputs.Select(place => places[place]));
        return result;
    }

    private bool[] Needed(IReadOnlyList<Instruction> instructions)
    {
        var isNeeded = new bool[instructions.Count];
        foreach (var output in _outputs)
        {
            isNeeded[output] = true;
        }

        for (var i = isNeeded.Length - 1; i >= 0; i--)
        {
            for (var k = 0; isNeeded[i] && k < instructions[i].OperandCount; k++)
            {
                isNeeded[instructions[i].Operand(k)] = true;
            }
        }

        return isNeeded;
    }

    private Instruction Fused(Instruction sum)
    {
        if (sum.Code is not (OpCode.Add or OpCode.Subtract))
        {
            return sum;
        }

        if (_instructions[sum.B] is { Code: OpCode.Product } right)
        {
            return new(sum.Code == OpCode.Add ? OpCode.MultiplyAdd : OpCode.MultiplySubtractFrom, right.A, right.B, sum.A);
        }

        return _instructions[sum.A] is { Code: OpCode.Product } left
            ? new(sum.Code == OpCode.Add ? OpCode.MultiplyAdd : OpCode.MultiplySubtract, left.A, left.B, sum.B)
            : sum;
    }

    private static Instruction Ordered(Instruction i) =>
        i.Code is OpCode.Add or OpCode.Multiply or OpCode.Product && i.A > i.B ? i with { A = i.B, B = i.A } : i;

    /// <summary>What needs no instruction of its own: arithmetic of constants, and factors of 1.</summary>
    private Term? Folded(Instruction i)
    {
        if (i.Code is not (OpCode.Add or OpCode.Subtract or OpCode.Multiply or OpCode.Product or OpCode.Divide or OpCode.Negate))
        {
            return null;
        }

        var (a, b) = (NumberAt(i.A), NumberAt(i.B));
        if (a is { } x && (b is not null || i.Code == OpCode.Negate))
        {
            var y = b ?? 0;
            return Constant(i.Code switch
            {
                OpCode.Add => x + y,
                OpCode.Subtract => x - y,
                OpCode.Divide => x / y,
                OpCode.Negate => -x,
                _ => x * y,
            });
        }

        var isProduct = i.Code is OpCode.Multiply or OpCode.Product;
        return isProduct && a == 1 ? new Term(this, i.B)
            : (isProduct || i.Code == OpCode.Divide) && b == 1 ? new Term(this, i.A)
            : null;
    }

    private double? NumberAt(int place) =>
        place >= 0 && _instructions[place].Code == OpCode.Constant ? _instructions[place].Number : null;
}
