using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The arithmetic mean of all inputs.</summary>
internal sealed class Mean() : NaryOperation("mean")
{
    public static readonly Mean Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        Sum.Instance.Value(left, right) / left.Length;

    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight) =>
        byLeft.Fill(1.0 / left.Length);

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight) =>
        byLeft.Fill(1.0 / left.Length);

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right) =>
        Sum.Of(program, left) / left.Length;
}
