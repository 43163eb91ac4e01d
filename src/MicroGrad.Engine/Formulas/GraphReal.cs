namespace MicroGrad.Formulas;

/// <summary>A node of a graph: what the derivative of a derivative is taken from.</summary>
internal readonly record struct GraphReal(GradValue Node) : IReal<GraphReal>
{
    public static GraphReal operator +(GraphReal a, GraphReal b) => new(a.Node + b.Node);

    public static GraphReal operator +(double a, GraphReal b) => new(a + b.Node);

    public static GraphReal operator -(GraphReal a, GraphReal b) => new(a.Node - b.Node);

    public static GraphReal operator -(double a, GraphReal b) => new(a - b.Node);

    public static GraphReal operator *(GraphReal a, GraphReal b) => new(a.Node * b.Node);

    public static GraphReal operator *(double a, GraphReal b) => new(a * b.Node);

    public static GraphReal operator /(GraphReal a, GraphReal b) => new(a.Node / b.Node);

    public static GraphReal operator /(double a, GraphReal b) => new(a / b.Node);

    public static GraphReal operator -(GraphReal a) => new(-a.Node);

    public GraphReal Number(double number) => new(number);

    public GraphReal MultiplyAdd(GraphReal b, GraphReal c) => new(c.Node + Node * b.Node);

    public GraphReal Square() => new(Node.Pow(2.0));

    public GraphReal Abs() => new(Node.Abs());

    public GraphReal Sqrt() => new(Node.Sqrt());

    public GraphReal Exp() => new(Node.Exp());

    public GraphReal ExpOfNegative() => Exp();

    public GraphReal Expm1OfNegative() => new(Node.Exp() - 1);

    public GraphReal Log() => new(Node.Log());

    public GraphReal Log1pOfFraction() => new((1 + Node).Log());

    public GraphReal Sin() => new(Node.Sin());

    public GraphReal Cos() => new(Node.Cos());

    public GraphReal Tanh() => new(Node.Tanh());

    public GraphReal Max(GraphReal b) => new(Node.Max(b.Node));

    public GraphReal AtLeast(double limit) => new(Node.Max(limit));

    public GraphReal AtMost(double limit) => new(Node.Min(limit));

    public GraphReal IfAbove(double bound, GraphReal then, GraphReal otherwise) => Choose(bound, then, otherwise);

    public GraphReal IfAtMost(double bound, GraphReal then, GraphReal otherwise) => Choose(bound, otherwise, then);

    public GraphReal Choose(double bound, GraphReal larger, GraphReal otherwise) =>
        new(GradValue.Choose(Node, bound, larger.Node, otherwise.Node));

    public GraphReal Apply<TFormula>()
        where TFormula : struct, IFormula<TFormula> => new(new GradValue(TFormula.Instance, Node));

    public static void Softmax(ReadOnlySpan<GraphReal> x, Span<GraphReal> shares) =>
        Array.ConvertAll(GradValue.Softmax(Array.ConvertAll(x.ToArray(), one => one.Node)), node => new GraphReal(node)).CopyTo(shares);
}
