using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The sum of all inputs, added in order.</summary>
internal sealed class Sum() : NaryOperation("sum")
{
    public static readonly Sum Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        foreach (var x in left)
        {
            sum += x;
        }

        return sum;
    }

    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight) =>
        byLeft.Fill(1);

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight) =>
        byLeft.Fill(1);

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right) =>
        Of(program, left);

    public static Term Of(Program program, ReadOnlySpan<Term> terms)
    {
        if (terms.Length == 0)
        {
            return program.Constant(0);
        }

        var sum = terms[0];
        foreach (var term in terms[1..])
        {
            sum += term;
        }

        return sum;
    }
}
