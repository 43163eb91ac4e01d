using System.Runtime.CompilerServices;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>The chain rule over a graph, and the only place that adds to a gradient.</summary>
public static class Backpropagation
{
    // Nodes between two checks of the token; a power of two.
    private const int StopGrain = 4096;

    /// <summary>
    /// The pass over all that a root depends on: sets the gradients of computed nodes to 0 and the root's to
    /// <paramref name="seed"/>, then walks the order back: each node adds its gradient times the local derivative to the
    /// gradient of each of its inputs. Leaves accumulate over calls. A root that is a leaf itself accumulates the seed. A
    /// branch that is not taken, such as the smaller side of a maximum, gets nothing, even where its derivative is
    /// infinite.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// The pass was stopped. Gradients under the root are of no use: some have all that the pass adds, and some only a part.
    /// </exception>
    public static void Run(GradValue root, double seed, CancellationToken stopping = default)
    {
        using var order = TopologicalOrder.BorrowToGoBack(root, stopping);
        root.RawGrad += seed;
        var local = new LocalDerivatives();
        var branches = new TakenBranches(order);
        var shared = new SharedInputs();
        var pass = GraphWalk.Begin();
        for (var n = order.Count - 1; n >= 0; n--)
        {
            if ((n & (StopGrain - 1)) == 0)
            {
                stopping.ThrowIfCancellationRequested();
            }

            var node = order[n];
            if (!shared.CanStayFor(node))
            {
                shared.PutBack();
            }

            // 0 times a number adds something only where the number is not finite.
            if (node.RawGrad == 0 && (local.AreFinite(node, pass) || !branches.Reach(node)))
            {
                continue;
            }

            // The shape tells the class by one field, where a type test would walk up the base classes. Each case reads the
            // node's gradient itself: one variable for all would live across their calls, and so on the stack.
            switch (node.Shape)
            {
                case OperationShape.Leaf:
                    break;
                case OperationShape.Unary:
                    var input = node.Left;
                    var contribution = node.RawGrad * Unsafe.As<UnaryOperation>(node.Operation!).Derivative(input.RawData, node.RawData);
                    AddTo(input, contribution, node, 0);
                    break;
                case OperationShape.Binary:
                    var (left, right) = (node.Left, node.Right);
                    Unsafe.As<BinaryOperation>(node.Operation!)
                        .Derivatives(left.RawData, right.RawData, node.RawData, out var byLeft, out var byRight);
                    AddTo(left, node.RawGrad * byLeft, node, 0);
                    AddTo(right, node.RawGrad * byRight, node, 1);
                    break;
                case OperationShape.Product:
                    var upstream = node.RawGrad;
                    (left, right) = (node.Left, node.Right);
                    left.RawGrad += upstream * right.RawData;
                    right.RawGrad += upstream * left.RawData;
                    break;
                case OperationShape.Addition:
                    var passed = node.RawGrad;
                    node.Left.RawGrad += passed;
                    node.Right.RawGrad += passed;
                    break;
                case OperationShape.WeightedSum when NeuronCall.Of(node) is { HasOwnInputs: true } call:
                    shared.Take(call.Inputs);
                    shared.AddProducts(call.Parameters.Values, node.RawGrad);
                    break;
                case OperationShape.Products or OperationShape.WeightedSum:
                    AddProducts(node.LeftList, node.RightList, node.RawGrad);
                    break;
                default:
                    var derivatives = local.Of(node);
                    for (var i = 0; i < derivatives.Length; i++)
                    {
                        AddTo(node.InputAt(i), node.RawGrad * derivatives[i], node, i);
                    }

                    break;
            }
        }

        shared.PutBack();
    }

    /// <summary>The same pass as a list of steps: one for each use of the chain rule, in the order of the walk.</summary>
    /// <param name="root">The root.</param>
    /// <param name="seed">The root's own gradient.</param>
    /// <param name="names">The names of the graph's nodes; null for those that the graph itself has.</param>
    /// <param name="stopping">Asked before each node. Gradients of a pass that is stopped are of no use.</param>
    /// <exception cref="OperationCanceledException">The pass was stopped.</exception>
    public static IReadOnlyList<BackwardStep> Trace(GradValue root, double seed, NodeNames? names, CancellationToken stopping)
    {
        names ??= new NodeNames(TopologicalOrder.Of(root, stopping), stopping);
        using var order = TopologicalOrder.BorrowToGoBack(root, stopping);
        root.RawGrad += seed;
        var local = new LocalDerivatives();
        var branches = new TakenBranches(order);
        var steps = new List<BackwardStep>();
        for (var n = order.Count - 1; n >= 0; n--)
        {
            stopping.ThrowIfCancellationRequested();
            var node = order[n];
            var derivatives = local.Of(node);
            for (var i = 0; i < derivatives.Length; i++)
            {
                var input = node.InputAt(i);
                var contribution = node.RawGrad * derivatives[i];
                if (double.IsNaN(contribution) && !(branches.Reach(node) && TakenBranches.IsTaken(node, i)))
                {
                    contribution = 0;
                }

                input.RawGrad += contribution;
                steps.Add(new BackwardStep(steps.Count + 1, node, input, node.RawGrad, derivatives[i], contribution)
                {
                    NodeName = names.Of(node),
                    InputName = names.Of(input),
                });
            }
        }

        return steps;
    }

    /// <summary>Adds derivatives that a compiled function gave to the gradients of values.</summary>
    internal static void Add(GradValue[] values, double[] derivatives)
    {
        var walk = GraphWalk.Begin();
        for (var i = 0; i < values.Length; i++)
        {
            values[i].RawGrad += derivatives[i];
            if (values[i].IsLeaf)
            {
                values[i].Reach(walk);
            }
        }
    }

    /// <summary>Sets the gradients of roots, and of all that they were computed from, to 0.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped; some gradients are 0, and the others did not change.</exception>
    public static void Clear(IReadOnlyList<GradValue> roots, CancellationToken stopping = default)
    {
        var walk = GraphWalk.Begin();
        if (roots.All(root => root.IsLeaf))
        {
            foreach (var root in roots)
            {
                stopping.ThrowIfCancellationRequested();
                root.ClearGrad(walk);
            }

            return;
        }

        using var order = TopologicalOrder.Borrow(GradValue.Sum([.. roots]), stopping);
        for (var i = 0; i < order.Count; i++)
        {
            stopping.ThrowIfCancellationRequested();
            order[i].ClearGrad(walk);
        }
    }

    /// <summary>
    /// The node where infinity or NaN began: the first whose data is so, inputs before users; else the first that the
    /// backward pass gave such a gradient; null for none.
    /// </summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static GradValue? FindNonFinite(GradValue root, CancellationToken stopping = default)
    {
        var order = TopologicalOrder.Of(root, stopping);
        return Array.Find(order, node => !double.IsFinite(node.RawData))
            ?? Array.FindLast(order, node => !double.IsFinite(node.RawGrad));
    }

    private static void AddProducts(GradValue[] left, GradValue[] right, double upstream)
    {
        // One list after the other, the order in which every pass adds: a value may stand in both.
        var factors = left.AsSpan(0, right.Length);
        for (var i = 0; i < factors.Length; i++)
        {
            factors[i].RawGrad += upstream * right[i].RawData;
        }

        foreach (var value in left.AsSpan(right.Length))
        {
            value.RawGrad += upstream;
        }

        for (var i = 0; i < factors.Length; i++)
        {
            right[i].RawGrad += upstream * factors[i].RawData;
        }
    }

    /// <summary>Adds a contribution to the gradient of an input, unless it is 0 times infinity for a branch not taken.</summary>
    private static void AddTo(GradValue input, double contribution, GradValue node, int place)
    {
        if (!double.IsNaN(contribution) || TakenBranches.IsTaken(node, place))
        {
            input.RawGrad += contribution;
        }
    }

    /// <summary>
    /// The inputs that the neurons of a layer share, side by side while the pass is among those neurons: each use of the
    /// chain rule then reads and writes neighbours, and the sums are what they would be in the nodes themselves.
    /// </summary>
    private ref struct SharedInputs
    {
        private ValueList? _list;
        private double[] _data;
        private double[] _gradients;

        public SharedInputs() => (_data, _gradients) = ([], []);

        /// <summary>Whether the node's step leaves the gradients of these inputs alone, or is a neuron over them.</summary>
        /// <remarks>Nothing computed from a neuron over these inputs is one of them.</remarks>
        public readonly bool CanStayFor(GradValue node) => _list is null || IsOver(node)
            || (node.Shape == OperationShape.Unary && IsOver(node.Left));

        public void Take(ValueList list)
        {
            if (_list == list)
            {
                return;
            }

            _list = list;
            var values = list.Values;
            if (_data.Length < values.Length)
            {
                (_data, _gradients) = (new double[values.Length], new double[values.Length]);
            }

            for (var i = 0; i < values.Length; i++)
            {
                _data[i] = values[i].RawData;
                _gradients[i] = values[i].RawGrad;
            }
        }

        public readonly void AddProducts(GradValue[] parameters, double upstream)
        {
            var count = _list!.Values.Length;
            AddProducts(parameters.AsSpan(0, count), _data.AsSpan(0, count), _gradients.AsSpan(0, count), upstream);
            if (parameters.Length > count)
            {
                parameters[count].RawGrad += upstream;
            }
        }

        public void PutBack()
        {
            if (_list is null)
            {
                return;
            }

            var values = _list.Values;
            for (var i = 0; i < values.Length; i++)
            {
                values[i].RawGrad = _gradients[i];
            }

            _list = null;
        }

        // A separate method, so that all its numbers stay in registers.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void AddProducts(
            ReadOnlySpan<GradValue> weights, ReadOnlySpan<double> data, Span<double> gradients, double upstream)
        {
            data = data[..weights.Length];
            gradients = gradients[..weights.Length];
            for (var i = 0; i < weights.Length; i++)
            {
                var weight = weights[i];
                weight.RawGrad += upstream * data[i];
                gradients[i] += upstream * weight.RawData;
            }
        }

        private readonly bool IsOver(GradValue node) => NeuronCall.Of(node)?.Inputs == _list;
    }
}
