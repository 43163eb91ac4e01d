namespace MicroGrad.Compilation;

/// <summary>What one instruction does to every lane.</summary>
internal enum OpCode : byte
{
    // No operands: a number, the sample's input, or a number that all samples share.
    Constant,
    Input,
    Shared,

    Add,
    Subtract,
    Multiply,

    // A product of the graph: it melts into sums that use it. Multiply never does.
    Product,
    Divide,

    // a b + c, c - a b and a b - c, rounded once where the processor can.
    MultiplyAdd,
    MultiplySubtractFrom,
    MultiplySubtract,
    Negate,
    Abs,
    Sqrt,

    // Max and Min as Math has them; the native ones give b where a number is NaN, provided that a is a number.
    Max,
    Min,
    MaxNative,
    MinNative,

    // Comparisons give a mask of bits.
    Greater,
    GreaterOrEqual,
    LessOrEqual,
    Equal,

    // b where the mask a has bits, c elsewhere.
    Select,

    // Over the bits of numbers, as whole numbers where there is arithmetic.
    And,
    Or,
    AddBits,
    SubtractBits,
    ShiftLeft52,
    ShiftRight52,

    // Calls.
    Sin,
    Cos,
    Power,
}

/// <summary>An instruction: what to do, and the places of the instructions whose results it takes (-1 for none).</summary>
/// <param name="Code">What to do.</param>
/// <param name="A">The first operand; the number of the input for Input and Shared.</param>
/// <param name="B">The second operand.</param>
/// <param name="C">The third operand.</param>
/// <param name="Bits">The bits of a constant.</param>
internal readonly record struct Instruction(OpCode Code, int A = -1, int B = -1, int C = -1, long Bits = 0)
{
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    public bool IsLeaf => Code <= OpCode.Shared;

    public bool IsCall => Code >= OpCode.Sin;

    public int OperandCount => IsLeaf ? 0 : C >= 0 ? 3 : B >= 0 ? 2 : 1;

    public int Operand(int index) => index switch { 0 => A, 1 => B, _ => C };
}

/// <summary>
/// A straight-line program over one sample a lane. Instructions come after their operands; one that is there already is
/// not added again, which is how common subexpressions of value and gradient are shared.
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

    public Term Shared(int index) => Add(new(OpCode.Shared, index));

    public void Output(Term lane) => _outputs.Add(lane.Index);

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

    /// <summary>
    /// The same program as it is best run: a sum takes the product that it is of into itself, and what no output needs is
    /// gone. What a sum takes depends on the sum alone, so that a value has the same bits with and without its gradient.
    /// </summary>
    public Program Optimized()
    {
        Instruction[] fused = [.. _instructions.Select(Fused)];
        var isNeeded = new bool[fused.Length];
        foreach (var output in _outputs)
        {
            isNeeded[output] = true;
        }

        for (var i = fused.Length - 1; i >= 0; i--)
        {
            for (var k = 0; isNeeded[i] && k < fused[i].OperandCount; k++)
            {
                isNeeded[fused[i].Operand(k)] = true;
            }
        }

        var result = new Program();
        var places = new int[fused.Length];
        for (var i = 0; i < fused.Length; i++)
        {
            if (!isNeeded[i])
            {
                continue;
            }

            places[i] = result._instructions.Count;
            var instruction = fused[i];
            result._instructions.Add(instruction.IsLeaf ? instruction : instruction with
            {
                A = places[instruction.A],
                B = instruction.B < 0 ? -1 : places[instruction.B],
                C = instruction.C < 0 ? -1 : places[instruction.C],
            });
        }

        result._outputs.AddRange(_outputs.Select(place => places[place]));
        return result;
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

/// <summary>The result of an instruction, with the arithmetic that adds further instructions.</summary>
internal readonly record struct Term(Program Program, int Index)
{
    public static Term operator +(Term a, Term b) => a.With(OpCode.Add, b);

    public static Term operator +(Term a, double b) => a + a.Number(b);

    public static Term operator +(double a, Term b) => b.Number(a) + b;

    public static Term operator -(Term a, Term b) => a.With(OpCode.Subtract, b);

    public static Term operator -(Term a, double b) => a - a.Number(b);

    public static Term operator -(double a, Term b) => b.Number(a) - b;

    public static Term operator *(Term a, Term b) => a.With(OpCode.Multiply, b);

    public static Term operator *(Term a, double b) => a * a.Number(b);

    public static Term operator *(double a, Term b) => b.Number(a) * b;

    public static Term operator /(Term a, Term b) => a.With(OpCode.Divide, b);

    public static Term operator /(double a, Term b) => b.Number(a) / b;

    public static Term operator /(Term a, double b) => a / a.Number(b);

    public static Term operator -(Term a) => a.With(OpCode.Negate);

    public Term Number(double number) => Program.Constant(number);

    /// <summary>A product that may be rounded together with the sum that it is part of.</summary>
    public Term Product(Term other) => With(OpCode.Product, other);

    /// <summary>This times b plus c, rounded once where the processor can.</summary>
    public Term MultiplyAdd(Term b, Term c) => With(OpCode.MultiplyAdd, b, c);

    public Term MultiplyAdd(Term b, double c) => MultiplyAdd(b, Number(c));

    public Term MultiplyAdd(double b, Term c) => MultiplyAdd(Number(b), c);

    public Term MultiplyAdd(double b, double c) => MultiplyAdd(Number(b), Number(c));

    public Term Abs() => With(OpCode.Abs);

    public Term Sqrt() => With(OpCode.Sqrt);

    public Term Max(Term b) => With(OpCode.Max, b);

    public Term Min(Term b) => With(OpCode.Min, b);

    /// <summary>The larger of this and a number; NaN stays NaN.</summary>
    public Term AtLeast(double limit) => Number(limit).With(OpCode.MaxNative, this);

    /// <summary>The smaller of this and a number; NaN stays NaN.</summary>
    public Term AtMost(double limit) => Number(limit).With(OpCode.MinNative, this);

    public Term Greater(Term b) => With(OpCode.Greater, b);

    public Term Greater(double b) => Greater(Number(b));

    public Term GreaterOrEqual(double b) => With(OpCode.GreaterOrEqual, Number(b));

    public Term LessOrEqual(Term b) => With(OpCode.LessOrEqual, b);

    public Term LessOrEqual(double b) => LessOrEqual(Number(b));

    public Term EqualTo(double b) => With(OpCode.Equal, Number(b));

    /// <summary>With this as the mask: one value where it has bits, another elsewhere.</summary>
    public Term Select(Term where, Term elsewhere) => With(OpCode.Select, where, elsewhere);

    public Term Select(double where, Term elsewhere) => Select(Number(where), elsewhere);

    public Term Select(Term where, double elsewhere) => Select(where, Number(elsewhere));

    public Term Select(double where, double elsewhere) => Select(Number(where), Number(elsewhere));

    public Term And(long bits) => With(OpCode.And, Number(BitConverter.Int64BitsToDouble(bits)));

    public Term Or(Term b) => With(OpCode.Or, b);

    public Term AddBits(long bits) => With(OpCode.AddBits, Number(BitConverter.Int64BitsToDouble(bits)));

    public Term SubtractBits(long bits) => With(OpCode.SubtractBits, Number(BitConverter.Int64BitsToDouble(bits)));

    public Term ShiftLeft52() => With(OpCode.ShiftLeft52);

    public Term ShiftRight52() => With(OpCode.ShiftRight52);

    public Term Sin() => With(OpCode.Sin);

    public Term Cos() => With(OpCode.Cos);

    public Term Power(Term exponent) => With(OpCode.Power, exponent);

    private Term With(OpCode code) => Program.Add(new(code, Index));

    private Term With(OpCode code, Term b) => Program.Add(new(code, Index, b.Index));

    private Term With(OpCode code, Term b, Term c) => Program.Add(new(code, Index, b.Index, c.Index));
}
