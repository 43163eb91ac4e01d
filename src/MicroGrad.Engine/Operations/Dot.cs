using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The dot product of two lists of one length, added in order.</summary>
internal sealed class Dot() : NaryOperation("dot", shape: OperationShape.Products)
{
    public static readonly Dot Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        right.CopyTo(byLeft);
        left.CopyTo(byRight);
    }

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        right.CopyTo(byLeft);
        left.CopyTo(byRight);
    }

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right)
    {
        var products = new Term[left.Length];
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = left[i].Product(right[i]);
        }

        return Sum.Of(program, products);
    }
}
