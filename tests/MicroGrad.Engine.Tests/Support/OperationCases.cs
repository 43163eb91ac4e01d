using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

/// <summary>An operation at a point where it is smooth. Unary and binary operations take their inputs from Left.</summary>
internal sealed record OperationCase(Operation Operation, double[] Left, double[] Right)
{
    /// <summary>The class or the formula of the operation.</summary>
    public string Kind => Operation.GetType() is { IsGenericType: true } type ? type.GenericTypeArguments[0].Name : Operation.GetType().Name;

    public double[] Inputs => [.. Left, .. Right];

    public double Value(double[] inputs) => Operation switch
    {
        UnaryOperation unary => unary.Value(inputs[0]),
        BinaryOperation binary => binary.Value(inputs[0], inputs[1]),
        NaryOperation nary => nary.Value(inputs.AsSpan(0, Left.Length), inputs.AsSpan(Left.Length)),
        _ => throw new InvalidOperationException($"{Operation.Name} has a shape that the tests do not know."),
    };

    public double[] Derivatives(double[] inputs)
    {
        var value = Value(inputs);
        var derivatives = new double[inputs.Length];
        switch (Operation)
        {
            case UnaryOperation unary:
                derivatives[0] = unary.Derivative(inputs[0], value);
                break;
            case BinaryOperation binary:
                binary.Derivatives(inputs[0], inputs[1], value, out derivatives[0], out derivatives[1]);
                break;
            case NaryOperation nary:
                nary.Derivatives(
                    inputs.AsSpan(0, Left.Length),
                    inputs.AsSpan(Left.Length),
                    value,
                    derivatives.AsSpan(0, Left.Length),
                    derivatives.AsSpan(Left.Length));
                break;
        }

        return derivatives;
    }

    /// <summary>The operation as a node over fresh leaves.</summary>
    public (GradValue Root, GradValue[] Leaves) Node(double[] inputs)
    {
        var leaves = Array.ConvertAll(inputs, x => new GradValue(x));
        var root = Operation switch
        {
            UnaryOperation unary => new GradValue(unary, leaves[0]),
            BinaryOperation binary => new GradValue(binary, leaves[0], leaves[1]),
            _ => new GradValue((NaryOperation)Operation, leaves[..Left.Length], leaves[Left.Length..]),
        };
        return (root, leaves);
    }
}

/// <summary>Points for every operation of the engine, away from kinks and poles.</summary>
internal static class OperationCases
{
    public static readonly OperationCase[] All =
    [
        .. At(Abs.Instance, -2.5, 0.75),
        .. At(Cos.Instance, -2, 0.3, 4),
        .. At(Elu.Instance, -3, -0.4, 1.7),
        .. At(Exp.Instance, -3, 0, 2.5),
        .. At(Gelu.Instance, -3, -0.4, 0, 1.7, 5),
        .. At(Identity.Instance, -1.5, 0, 2),
        .. At(LeakyRelu.Instance, -3, 2),
        .. At(Log.Instance, 0.3, 1, 50),
        .. At(Negate.Instance, -1.5, 0, 2),
        .. At(NormalDistribution.Instance, -3, -0.4, 0, 1.7),
        .. At(PowerOfConstant.Of(2), -3, 0, 1.5),
        .. At(PowerOfConstant.Of(3), -2, 0, 1.5),
        .. At(PowerOfConstant.Of(1), -2, 0, 1.5),
        .. At(PowerOfConstant.Of(0), -2, 0, 1.5),
        .. At(PowerOfConstant.Of(-1), -2, 1.5),
        .. At(PowerOfConstant.Of(-2.5), 0.5, 1.5),
        .. At(PowerOfConstant.Of(0.5), 0.5, 9),
        .. At(Relu.Instance, -3, 2),
        .. At(Sigmoid.Instance, -6, -0.4, 0, 3),
        .. At(Silu.Instance, -6, -0.4, 0, 3),
        .. At(Sin.Instance, -2, 0.3, 4),
        .. At(Softplus.Instance, -6, -0.4, 0, 3),
        .. At(Sqrt.Instance, 0.3, 1, 50),
        .. At(Tanh.Instance, -3, -0.4, 0, 1.2),
        .. At(Add.Instance, (-2, 3), (0, 0)),
        .. At(Divide.Instance, (3, -2), (-1, 0.5), (0, 4)),
        .. At(Max.Instance, (1, 2), (3, -2)),
        .. At(Min.Instance, (1, 2), (3, -2)),
        .. At(Multiply.Instance, (3, -2), (0, 4)),
        .. At(Power.Instance, (2, 3), (0.5, -1.5), (3, 0)),
        .. At(Subtract.Instance, (-2, 3), (0, 0)),
        .. Lists(Choose.Instance, [2, 1, 0.5, -3], []),
        .. Lists(Choose.Instance, [-2, 1, 0.5, -3], []),
        .. Lists(Dot.Instance, [1.5, -2, 0.3], [0.5, 4, -1]),
        .. Lists(Gather.Instance, [1.5, -2, 0.3], [1]),
        .. Lists(Gather.Instance, [1.5, -2, 0.3], [2]),
        .. Lists(LogSumExp.Instance, [0.2, -1, 3, 3], []),
        .. Lists(LogSumExp.Instance, [-2], []),
        .. Lists(new Softmax(1), [0.2, -1, 3, 3], []),
        .. Lists(Mean.Instance, [0.2, -1, 3], []),
        .. Lists(Sum.Instance, [0.2, -1, 3], []),
        .. Lists(WeightedSum.Instance, [0.5, -2, 0.75], [1.5, 3]),
        .. Lists(WeightedSum.Instance, [0.5, -2], [1.5, 3]),
    ];

    /// <summary>Checks each case of an operation.</summary>
    public static void ForEach(string name, Action<OperationCase> check) => Assert.All(All.Where(item => item.Kind == name), check);

    /// <summary>The inputs with another number at a place.</summary>
    public static double[] With(double[] inputs, int place, double x)
    {
        var changed = (double[])inputs.Clone();
        changed[place] = x;
        return changed;
    }

    private static OperationCase[] At(UnaryOperation operation, params double[] points) =>
        Array.ConvertAll(points, x => new OperationCase(operation, [x], []));

    private static OperationCase[] At(BinaryOperation operation, params (double A, double B)[] points) =>
        Array.ConvertAll(points, point => new OperationCase(operation, [point.A, point.B], []));

    private static OperationCase[] Lists(NaryOperation operation, double[] left, double[] right) =>
        [new OperationCase(operation, left, right)];
}
