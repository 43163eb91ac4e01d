namespace MicroGrad.Compilation;

/// <summary>What one instruction does to every lane.</summary>
internal enum OpCode : byte
{
    // No operands: a number, or an input of the sample.
    Constant,
    Input,

    Add,
    Subtract,
    Multiply,

    // A product that is fused with the sums that use it. Multiply never is.
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
    LessOrEqual,
    Equal,

    // b where the mask a has bits, c elsewhere.
    Select,

    // Elementary functions: ElementaryFunctions gives them as instructions of the processor; other languages have them.
    Exp,
    Expm1,
    Log,
    Log1p,
    Tanh,

    // Over the bits of numbers, as whole numbers where there is arithmetic.
    And,
    Or,
    AddBits,
    ShiftLeft52,
    ShiftRight52,

    // Calls.
    Sin,
    Cos,
    Power,
}
