using MicroGrad.Formulas;

namespace MicroGrad.Compilation;

/// <summary>The result of an instruction, with the arithmetic that adds further instructions.</summary>
internal readonly record struct Term(Program Program, int Index) : IReal<Term>
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

    public Term Square() => this * this;

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

    public Term LessOrEqual(Term b) => With(OpCode.LessOrEqual, b);

    public Term LessOrEqual(double b) => LessOrEqual(Number(b));

    public Term EqualTo(double b) => With(OpCode.Equal, Number(b));

    /// <summary>With this as the mask: one value where it has bits, another elsewhere.</summary>
    public Term Select(Term where, Term elsewhere) => With(OpCode.Select, where, elsewhere);

    public Term Select(Term where, double elsewhere) => Select(where, Number(elsewhere));

    public Term Select(double where, double elsewhere) => Select(Number(where), Number(elsewhere));

    public Term IfAbove(double bound, Term then, Term otherwise) => Greater(bound).Select(then, otherwise);

    public Term IfAtMost(double bound, Term then, Term otherwise) => LessOrEqual(bound).Select(then, otherwise);

    public Term Choose(double bound, Term larger, Term otherwise) => Choose(Number(bound), larger, otherwise);

    /// <summary>The first of two values where this is above a bound, the second where it is not, NaN where either is NaN.</summary>
    public Term Choose(Term bound, Term larger, Term otherwise) =>
        Greater(bound).Select(larger, LessOrEqual(bound).Select(otherwise, double.NaN));

    public Term Apply<TFormula>()
        where TFormula : struct, IFormula<TFormula> => TFormula.Value(this);

    /// <summary>e^x.</summary>
    public Term Exp() => With(OpCode.Exp);

    public Term ExpOfNegative() => Exp();

    /// <remarks>At -50 the result is -1 already.</remarks>
    public Term Expm1OfNegative() => AtMost(0).AtLeast(-50).Expm1();

    /// <summary>e^x - 1 for x in [-700, 700], with all digits near 0.</summary>
    public Term Expm1() => With(OpCode.Expm1);

    /// <summary>The natural logarithm: minus infinity at 0, NaN below.</summary>
    public Term Log() => With(OpCode.Log);

    /// <summary>ln(1 + x) for x in [0, 1], with all digits near 0.</summary>
    public Term Log1pOfFraction() => With(OpCode.Log1p);

    public Term Tanh() => With(OpCode.Tanh);

    public Term And(long bits) => With(OpCode.And, Number(BitConverter.Int64BitsToDouble(bits)));

    public Term Or(Term b) => With(OpCode.Or, b);

    public Term AddBits(long bits) => With(OpCode.AddBits, Number(BitConverter.Int64BitsToDouble(bits)));

    public Term ShiftLeft52() => With(OpCode.ShiftLeft52);

    public Term ShiftRight52() => With(OpCode.ShiftRight52);

    public Term Sin() => With(OpCode.Sin);

    public Term Cos() => With(OpCode.Cos);

    public Term Power(Term exponent) => With(OpCode.Power, exponent);

    private Term With(OpCode code) => Program.Add(new(code, Index));

    private Term With(OpCode code, Term b) => Program.Add(new(code, Index, b.Index));

    private Term With(OpCode code, Term b, Term c) => Program.Add(new(code, Index, b.Index, c.Index));
}
