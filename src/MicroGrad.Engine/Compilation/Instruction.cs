namespace MicroGrad.Compilation;

/// <summary>An instruction: what to do, and the places of the instructions whose results it takes (-1 for none).</summary>
/// <param name="Code">What to do.</param>
/// <param name="A">The first operand; the number of the input for Input.</param>
/// <param name="B">The second operand.</param>
/// <param name="C">The third operand.</param>
/// <param name="Bits">The bits of a constant.</param>
internal readonly record struct Instruction(OpCode Code, int A = -1, int B = -1, int C = -1, long Bits = 0)
{
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    public bool IsLeaf => Code <= OpCode.Input;

    public bool IsElementary => Code is >= OpCode.Exp and <= OpCode.Tanh;

    public bool IsCall => Code >= OpCode.Sin;

    public int OperandCount => IsLeaf ? 0 : C >= 0 ? 3 : B >= 0 ? 2 : 1;

    /// <summary>The instruction with its operands at other places.</summary>
    public Instruction At(Func<int, int> place) => IsLeaf ? this : this with
    {
        A = place(A),
        B = B < 0 ? -1 : place(B),
        C = C < 0 ? -1 : place(C),
    };

    public int Operand(int index) => index switch { 0 => A, 1 => B, _ => C };

    // Programs look up each of their instructions, and the hash that the compiler generates for records takes several times
    // as long.
    public bool Equals(Instruction other) =>
        Code == other.Code && A == other.A && B == other.B && C == other.C && Bits == other.Bits;

    public override int GetHashCode() =>
        (int)((ulong)((((A * 31L) + B) * 31L + C) * 64 + (long)Code + Bits) * 0x9E3779B97F4A7C15 >> 32);
}
