namespace MicroGrad.Compilation;

/// <summary>What one instruction does to every lane.</summary>
internal enum LaneCode : byte
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
internal readonly record struct LaneInstruction(LaneCode Code, int A = -1, int B = -1, int C = -1, long Bits = 0)
{
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    public bool IsLeaf => Code <= LaneCode.Shared;

    public bool IsCall => Code >= LaneCode.Sin;

    public int OperandCount => IsLeaf ? 0 : C >= 0 ? 3 : B >= 0 ? 2 : 1;

    public int Operand(int index) => index switch { 0 => A, 1 => B, _ => C };
}

/// <summary>
/// A straight-line program over one sample a lane. Instructions come after their operands; one that is there already is
/// not added again, which is how common subexpressions of value and gradient are shared.
/// </summary>
internal sealed class LaneProgram
{
    private readonly List<LaneInstruction> _instructions = [];
    private readonly Dictionary<LaneInstruction, int> _places = [];
    private readonly List<int> _outputs = [];

    public IReadOnlyList<LaneInstruction> Instructions => _instructions;

    /// <summary>The places of the results, in order.</summary>
    public IReadOnlyList<int> Outputs => _outputs;

    public Lane Constant(double number) => Add(new(LaneCode.Constant, Bits: BitConverter.DoubleToInt64Bits(number)));

    public Lane Input(int index) => Add(new(LaneCode.Input, index));

    public Lane Shared(int index) => Add(new(LaneCode.Shared, index));

    public void Output(Lane lane) => _outputs.Add(lane.Index);

    public Lane Add(LaneInstruction instruction)
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

        return new Lane(this, place);
    }

    /// <summary>
    /// The same program as it is best run: a sum takes the product that it is of into itself, and what no output needs is
    /// gone. What a sum takes depends on the sum alone, so that a value has the same bits with and without its gradient.
    /// </summary>
    public LaneProgram Optimized()
    {
        LaneInstruction[] fused = [.. _instructions.Select(Fused)];
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

        var result = new LaneProgram();
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

    private LaneInstruction Fused(LaneInstruction sum)
    {
        if (sum.Code is not (LaneCode.Add or LaneCode.Subtract))
        {
            return sum;
        }

        if (_instructions[sum.B] is { Code: LaneCode.Product } right)
        {
            return new(sum.Code == LaneCode.Add ? LaneCode.MultiplyAdd : LaneCode.MultiplySubtractFrom, right.A, right.B, sum.A);
        }

        return _instructions[sum.A] is { Code: LaneCode.Product } left
            ? new(sum.Code == LaneCode.Add ? LaneCode.MultiplyAdd : LaneCode.MultiplySubtract, left.A, left.B, sum.B)
            : sum;
    }

    private static LaneInstruction Ordered(LaneInstruction i) =>
        i.Code is LaneCode.Add or LaneCode.Multiply or LaneCode.Product && i.A > i.B ? i with { A = i.B, B = i.A } : i;

    /// <summary>What needs no instruction of its own: arithmetic of constants, and factors of 1.</summary>
    private Lane? Folded(LaneInstruction i)
    {
        if (i.Code is not (LaneCode.Add or LaneCode.Subtract or LaneCode.Multiply or LaneCode.Product or LaneCode.Divide or LaneCode.Negate))
        {
            return null;
        }

        var (a, b) = (NumberAt(i.A), NumberAt(i.B));
        if (a is { } x && (b is not null || i.Code == LaneCode.Negate))
        {
            var y = b ?? 0;
            return Constant(i.Code switch
            {
                LaneCode.Add => x + y,
                LaneCode.Subtract => x - y,
                LaneCode.Divide => x / y,
                LaneCode.Negate => -x,
                _ => x * y,
            });
        }

        var isProduct = i.Code is LaneCode.Multiply or LaneCode.Product;
        return isProduct && a == 1 ? new Lane(this, i.B)
            : (isProduct || i.Code == LaneCode.Divide) && b == 1 ? new Lane(this, i.A)
            : null;
    }

    private double? NumberAt(int place) =>
        place >= 0 && _instructions[place].Code == LaneCode.Constant ? _instructions[place].Number : null;
}

/// <summary>The result of an instruction, with the arithmetic that adds further instructions.</summary>
internal readonly record struct Lane(LaneProgram Program, int Index)
{
    public static Lane operator +(Lane a, Lane b) => a.With(LaneCode.Add, b);

    public static Lane operator +(Lane a, double b) => a + a.Number(b);

    public static Lane operator +(double a, Lane b) => b.Number(a) + b;

    public static Lane operator -(Lane a, Lane b) => a.With(LaneCode.Subtract, b);

    public static Lane operator -(Lane a, double b) => a - a.Number(b);

    public static Lane operator -(double a, Lane b) => b.Number(a) - b;

    public static Lane operator *(Lane a, Lane b) => a.With(LaneCode.Multiply, b);

    public static Lane operator *(Lane a, double b) => a * a.Number(b);

    public static Lane operator *(double a, Lane b) => b.Number(a) * b;

    public static Lane operator /(Lane a, Lane b) => a.With(LaneCode.Divide, b);

    public static Lane operator /(double a, Lane b) => b.Number(a) / b;

    public static Lane operator /(Lane a, double b) => a / a.Number(b);

    public static Lane operator -(Lane a) => a.With(LaneCode.Negate);

    public Lane Number(double number) => Program.Constant(number);

    /// <summary>A product that may be rounded together with the sum that it is part of.</summary>
    public Lane Product(Lane other) => With(LaneCode.Product, other);

    /// <summary>This times b plus c, rounded once where the processor can.</summary>
    public Lane MultiplyAdd(Lane b, Lane c) => With(LaneCode.MultiplyAdd, b, c);

    public Lane MultiplyAdd(Lane b, double c) => MultiplyAdd(b, Number(c));

    public Lane MultiplyAdd(double b, Lane c) => MultiplyAdd(Number(b), c);

    public Lane MultiplyAdd(double b, double c) => MultiplyAdd(Number(b), Number(c));

    public Lane Abs() => With(LaneCode.Abs);

    public Lane Sqrt() => With(LaneCode.Sqrt);

    public Lane Max(Lane b) => With(LaneCode.Max, b);

    public Lane Min(Lane b) => With(LaneCode.Min, b);

    /// <summary>The larger of this and a number; NaN stays NaN.</summary>
    public Lane AtLeast(double limit) => Number(limit).With(LaneCode.MaxNative, this);

    /// <summary>The smaller of this and a number; NaN stays NaN.</summary>
    public Lane AtMost(double limit) => Number(limit).With(LaneCode.MinNative, this);

    public Lane Greater(Lane b) => With(LaneCode.Greater, b);

    public Lane Greater(double b) => Greater(Number(b));

    public Lane GreaterOrEqual(double b) => With(LaneCode.GreaterOrEqual, Number(b));

    public Lane LessOrEqual(Lane b) => With(LaneCode.LessOrEqual, b);

    public Lane LessOrEqual(double b) => LessOrEqual(Number(b));

    public Lane EqualTo(double b) => With(LaneCode.Equal, Number(b));

    /// <summary>With this as the mask: one value where it has bits, another elsewhere.</summary>
    public Lane Select(Lane where, Lane elsewhere) => With(LaneCode.Select, where, elsewhere);

    public Lane Select(double where, Lane elsewhere) => Select(Number(where), elsewhere);

    public Lane Select(Lane where, double elsewhere) => Select(where, Number(elsewhere));

    public Lane Select(double where, double elsewhere) => Select(Number(where), Number(elsewhere));

    public Lane And(long bits) => With(LaneCode.And, Number(BitConverter.Int64BitsToDouble(bits)));

    public Lane Or(Lane b) => With(LaneCode.Or, b);

    public Lane AddBits(long bits) => With(LaneCode.AddBits, Number(BitConverter.Int64BitsToDouble(bits)));

    public Lane SubtractBits(long bits) => With(LaneCode.SubtractBits, Number(BitConverter.Int64BitsToDouble(bits)));

    public Lane ShiftLeft52() => With(LaneCode.ShiftLeft52);

    public Lane ShiftRight52() => With(LaneCode.ShiftRight52);

    public Lane Sin() => With(LaneCode.Sin);

    public Lane Cos() => With(LaneCode.Cos);

    public Lane Power(Lane exponent) => With(LaneCode.Power, exponent);

    private Lane With(LaneCode code) => Program.Add(new(code, Index));

    private Lane With(LaneCode code, Lane b) => Program.Add(new(code, Index, b.Index));

    private Lane With(LaneCode code, Lane b, Lane c) => Program.Add(new(code, Index, b.Index, c.Index));
}
