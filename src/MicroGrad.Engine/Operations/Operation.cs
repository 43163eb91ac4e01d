using System.Buffers;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>How an operation takes its inputs, so that a graph walk can branch on a field instead of a type test.</summary>
internal enum OperationShape
{
    /// <summary>No operation: a value that was given.</summary>
    Leaf,
    Unary,
    Binary,

    /// <summary>Two inputs, added up: the derivative by each is 1.</summary>
    Addition,

    /// <summary>Two inputs, multiplied: the derivative by each is the other.</summary>
    Product,
    Nary,

    /// <summary>
    /// Two lists, multiplied place by place and added up; what is left of a longer first list is added as it is. The derivative
    /// by a value is the other factor of its product, or 1, so that a pass reads it instead of computing it.
    /// </summary>
    Products,

    /// <summary>The products of a neuron, which shares its lists with other neurons and other calls.</summary>
    WeightedSum,
}

/// <summary>
/// What made a node: a name, a symbol, a value and its local derivatives. An operation holds no data of a graph and
/// never touches a gradient; <see cref="Graphs.Backpropagation"/> alone adds to gradients.
/// </summary>
internal abstract class Operation
{
    /// <summary>Numbers of operations are below this.</summary>
    public const int EndOfNumbers = 256;

    private static readonly Operation?[] WithNumbers = new Operation?[EndOfNumbers];
    private static int _lastNumber;

    /// <param name="name">The operation's name in words.</param>
    /// <param name="symbol">What a drawing shows.</param>
    /// <param name="shape">How it takes its inputs.</param>
    /// <param name="isShared">Whether this is the one object of its operation, rather than one made for a few nodes.</param>
    private protected Operation(string name, string symbol, OperationShape shape, bool isShared)
    {
        Name = name;
        Symbol = symbol;
        Shape = shape;
        if (isShared && Interlocked.Increment(ref _lastNumber) is var number and < EndOfNumbers)
        {
            WithNumbers[number] = this;
            Number = number;
        }
    }

    /// <summary>The operation's name in words, such as <c>multiply</c>.</summary>
    public string Name { get; }

    /// <summary>What a drawing shows, such as <c>*</c> or <c>tanh</c>.</summary>
    public string Symbol { get; }

    public OperationShape Shape { get; }

    /// <summary>The number by which nodes know a shared operation, so that they need no reference to it; 0 for none.</summary>
    public int Number { get; }

    /// <summary>The operation with a number; null for 0.</summary>
    public static Operation? Numbered(int number) => WithNumbers[number];
}

/// <summary>An operation of one input.</summary>
internal abstract class UnaryOperation : Operation
{
    private protected UnaryOperation(string name, string? symbol = null, bool isShared = true)
        : base(name, symbol ?? name, OperationShape.Unary, isShared)
    {
    }

    /// <summary>y = f(x).</summary>
    public abstract double Value(double x);

    /// <summary>dy/dx at <paramref name="x"/>, where <paramref name="y"/> is the value there.</summary>
    public abstract double Derivative(double x, double y);

    /// <summary>
    /// dy/dx as a graph over <paramref name="x"/> and the node <paramref name="y"/> made of it, to be differentiated in
    /// turn. Its value is that of <see cref="Derivative"/>.
    /// </summary>
    public abstract GradValue DerivativeGraph(GradValue x, GradValue y);

    /// <summary>y as instructions of a compiled function.</summary>
    public abstract Term Compile(Term x);
}

/// <summary>An operation of one input that batches have too: what a layer can apply to its sums.</summary>
internal abstract class ElementwiseOperation : UnaryOperation
{
    private protected ElementwiseOperation(string name, string? symbol)
        : base(name, symbol)
    {
    }

    /// <summary>dy/dx as instructions of a program, where <paramref name="y"/> is the value at <paramref name="x"/>.</summary>
    public abstract Term CompileDerivative(Term x, Term y);

    /// <summary>y = f(x) for a batch, number by number. The lists have one length; <paramref name="y"/> may be <paramref name="x"/>.</summary>
    public abstract void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
        where T : unmanaged;

    /// <summary>upstream *= f'(x) for a batch, where y = f(x): one use of the chain rule on each number.</summary>
    public abstract void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
        where T : unmanaged;
}

/// <summary>An operation of two ordered inputs.</summary>
internal abstract class BinaryOperation : Operation
{
    private protected BinaryOperation(string name, string? symbol = null, OperationShape shape = OperationShape.Binary)
        : base(name, symbol ?? name, shape, isShared: true)
    {
    }

    /// <summary>y = f(a, b).</summary>
    public abstract double Value(double a, double b);

    /// <summary>dy/da and dy/db at (a, b), where <paramref name="y"/> is the value there.</summary>
    public abstract void Derivatives(double a, double b, double y, out double da, out double db);

    /// <summary>dy/da and dy/db as graphs over the inputs and the node <paramref name="y"/> made of them.</summary>
    public abstract (GradValue ByLeft, GradValue ByRight) DerivativeGraphs(GradValue a, GradValue b, GradValue y);

    /// <summary>y as instructions of a compiled function.</summary>
    public abstract Term Compile(Term a, Term b);
}

/// <summary>
/// An operation of any number of ordered inputs, held as one list or two (a sum has one; a dot product has two, a
/// neuron's weighted sum its parameters and its inputs).
/// </summary>
internal abstract class NaryOperation : Operation
{
    private protected NaryOperation(
        string name, string? symbol = null, OperationShape shape = OperationShape.Nary, bool isShared = true)
        : base(name, symbol ?? name, shape, isShared)
    {
    }

    /// <summary>y = f(left, right).</summary>
    public abstract double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right);

    /// <summary>The same over the current data of values.</summary>
    public virtual double Value(GradValue[] left, GradValue[] right)
    {
        var buffer = ArrayPool<double>.Shared.Rent(left.Length + right.Length);
        var byLeft = buffer.AsSpan(0, left.Length);
        var byRight = buffer.AsSpan(left.Length, right.Length);
        ValueList.CopyData(left, byLeft);
        ValueList.CopyData(right, byRight);
        var value = Value(byLeft, byRight);
        ArrayPool<double>.Shared.Return(buffer);
        return value;
    }

    /// <summary>The derivative by each input, written to spans as long as the inputs' own.</summary>
    public abstract void Derivatives(
        ReadOnlySpan<double> left,
        ReadOnlySpan<double> right,
        double y,
        Span<double> byLeft,
        Span<double> byRight);

    /// <summary>
    /// The derivative by each input as a graph over the inputs and the node <paramref name="y"/> made of them, written to
    /// spans as long as the inputs' own.
    /// </summary>
    public abstract void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight);

    /// <summary>y as instructions of a compiled function.</summary>
    public abstract Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right);
}
