using MicroGrad.Operations;

namespace MicroGrad.Formulas;

/// <summary>A double, with the functions of <see cref="Math"/>: what a value of a graph computes with.</summary>
internal readonly record struct ScalarReal(double Number) : IReal<ScalarReal>
{
    public static ScalarReal operator +(ScalarReal a, ScalarReal b) => new(a.Number + b.Number);

    public static ScalarReal operator +(double a, ScalarReal b) => new(a + b.Number);

    public static ScalarReal operator -(ScalarReal a, ScalarReal b) => new(a.Number - b.Number);

    public static ScalarReal operator -(double a, ScalarReal b) => new(a - b.Number);

    public static ScalarReal operator *(ScalarReal a, ScalarReal b) => new(a.Number * b.Number);

    public static ScalarReal operator *(double a, ScalarReal b) => new(a * b.Number);

    public static ScalarReal operator /(ScalarReal a, ScalarReal b) => new(a.Number / b.Number);

    public static ScalarReal operator /(double a, ScalarReal b) => new(a / b.Number);

    public static ScalarReal operator -(ScalarReal a) => new(-a.Number);

    ScalarReal IReal<ScalarReal>.Number(double number) => new(number);

    public ScalarReal MultiplyAdd(ScalarReal b, ScalarReal c) => new(Number * b.Number + c.Number);

    public ScalarReal Square() => new(Number * Number);

    public ScalarReal Abs() => new(Math.Abs(Number));

    public ScalarReal Sqrt() => new(Math.Sqrt(Number));

    public ScalarReal Exp() => new(Math.Exp(Number));

    public ScalarReal ExpOfNegative() => Exp();

    public ScalarReal Expm1OfNegative() => new(SpecialFunctions.Expm1(Number));

    public ScalarReal Log() => new(Math.Log(Number));

    public ScalarReal Log1pOfFraction() => new(SpecialFunctions.Log1p(Number));

    public ScalarReal Sin() => new(Math.Sin(Number));

    public ScalarReal Cos() => new(Math.Cos(Number));

    public ScalarReal Tanh() => new(Math.Tanh(Number));

    public ScalarReal Max(ScalarReal b) => new(Math.Max(Number, b.Number));

    public ScalarReal AtLeast(double limit) => new(Math.Max(Number, limit));

    public ScalarReal AtMost(double limit) => new(Math.Min(Number, limit));

    public ScalarReal IfAbove(double bound, ScalarReal then, ScalarReal otherwise) => Number > bound ? then : otherwise;

    public ScalarReal IfAtMost(double bound, ScalarReal then, ScalarReal otherwise) => Number <= bound ? then : otherwise;

    public ScalarReal Choose(double bound, ScalarReal larger, ScalarReal otherwise) =>
        Number > bound ? larger : Number <= bound ? otherwise : new(double.NaN);

    public ScalarReal Apply<TFormula>()
        where TFormula : struct, IFormula<TFormula> => TFormula.Value(this);
}
