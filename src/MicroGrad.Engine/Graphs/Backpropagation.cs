using System.Runtime.CompilerServices;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>The chain rule over a graph, and the only place that adds to a gradient.</summary>
internal static class Backpropagation
{
    /// <summary>The pass over all that a root depends on.</summary>
    public static void Run(GradValue root, double seed)
    {
        using var order = TopologicalOrder.Borrow(root);
        Run(order.Nodes, seed);
    }

    /// <summary>
    /// Sets the gradients of computed nodes to 0 and the root's to <paramref name="seed"/>, then walks the order back:
    /// each node hands its gradient times the local derivative to each of its inputs. Leaves accumulate over calls. A
    /// root that is a leaf itself accumulates the seed.
    /// </summary>
    public static void Run(ReadOnlySpan<GradValue> order, double seed)
    {
        Start(order, seed);
        var local = new LocalDerivatives();
        for (var n = order.Length - 1; n >= 0; n--)
        {
            var node = order[n];
            if (node.Operation is not { } operation)
            {
                continue;
            }

            // The shape tells the class: a look at a field, where a test of the type would walk up its ancestors.
            var upstream = node.Grad;
            switch (operation.Shape)
            {
                case OperationShape.Unary:
                    var input = node.Left;
                    input.Grad += upstream * Unsafe.As<UnaryOperation>(operation).Derivative(input.Data, node.Data);
                    break;
                case OperationShape.Binary:
                    var (left, right) = (node.Left, node.Right);
                    Unsafe.As<BinaryOperation>(operation)
                        .Derivatives(left.Data, right.Data, node.Data, out var byLeft, out var byRight);
                    left.Grad += upstream * byLeft;
                    right.Grad += upstream * byRight;
                    break;
                case OperationShape.Products:
                    AddProducts(node.LeftList, node.RightList, upstream);
                    break;
                default:
                    var derivatives = local.Of(node);
                    derivatives = AddTo(node.LeftList, upstream, derivatives);
                    AddTo(node.RightList, upstream, derivatives);
                    break;
            }
        }
    }

    /// <summary>The same pass, told step by step: one step for each use of the chain rule, in the order of the walk.</summary>
    public static IReadOnlyList<BackwardStep> Trace(ReadOnlySpan<GradValue> order, double seed)
    {
        Start(order, seed);
        var local = new LocalDerivatives();
        var steps = new List<BackwardStep>();
        for (var n = order.Length - 1; n >= 0; n--)
        {
            var node = order[n];
            var derivatives = local.Of(node);
            for (var i = 0; i < derivatives.Length; i++)
            {
                var input = node.InputAt(i);
                var contribution = node.Grad * derivatives[i];
                input.Grad += contribution;
                steps.Add(new BackwardStep(steps.Count + 1, node, input, node.Grad, derivatives[i], contribution));
            }
        }

        return steps;
    }

    private static void Start(ReadOnlySpan<GradValue> order, double seed)
    {
        foreach (var node in order)
        {
            if (!node.IsLeaf)
            {
                node.Grad = 0;
            }
        }

        order[^1].Grad += seed;
    }

    private static void AddProducts(GradValue[] left, GradValue[] right, double upstream)
    {
        // One list after the other, the order in which every pass adds: a value may stand in both.
        var factors = left.AsSpan(0, right.Length);
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i].Grad += upstream * right[i].Data;
        }

        foreach (var value in left.AsSpan(right.Length))
        {
            value.Grad += upstream;
        }

        for (var i = 0; i < factors.Length; i++)
        {
            right[i].Grad += upstream * factors[i].Data;
        }
    }

    private static ReadOnlySpan<double> AddTo(GradValue[] inputs, double upstream, ReadOnlySpan<double> derivatives)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i].Grad += upstream * derivatives[i];
        }

        return derivatives[inputs.Length..];
    }
}
