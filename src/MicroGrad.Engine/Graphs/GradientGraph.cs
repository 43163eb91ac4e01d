using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>The chain rule as a graph: gradients are nodes over the graph that they belong to.</summary>
/// <remarks>
/// A branch that is not taken passes nothing on. Its gradient is 0, and below it every derivative is multiplied only where
/// the branch is taken: 0 times an infinite derivative would be NaN.
/// </remarks>
public sealed class GradientGraph
{
    private readonly Dictionary<GradValue, int> _places;
    private readonly List<GradValue>?[] _terms;

    // Whether the root depends on a node: 1 or 0, as a graph; null where it always does.
    private readonly GradValue?[] _reached;
    private readonly Dictionary<(GradValue, GradValue), GradValue> _both = [];
    private readonly Dictionary<(GradValue, GradValue), GradValue> _either = [];

    private GradientGraph(ReadOnlySpan<GradValue> order, CancellationToken stopping)
    {
        _places = new Dictionary<GradValue, int>(order.Length, ReferenceEqualityComparer.Instance);
        _terms = new List<GradValue>?[order.Length];
        _reached = new GradValue?[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            _places.Add(order[i], i);
        }
    }

    /// <summary>
    /// The derivative of the root by every node of a topological order, as a graph; 0 where the root does not depend on the
    /// node smoothly. Factors of 1 and terms of 0 from rules are left out.
    /// </summary>
    /// <param name="order">A topological order, the root last.</param>
    /// <param name="seed">The gradient of the root itself.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    internal static GradValue[] Of(ReadOnlySpan<GradValue> order, double seed, CancellationToken stopping)
    {
        var graph = new GradientGraph(order, stopping);
        graph.Add(order[^1], seed, reached: null);
        var gradients = new GradValue[order.Length];
        for (var n = order.Length - 1; n >= 0; n--)
        {
            stopping.ThrowIfCancellationRequested();
            var upstream = graph.Total(n);
            gradients[n] = upstream ?? 0;
            if (upstream is not null)
            {
                graph.PassOn(order[n], upstream, graph._reached[n]);
            }
        }

        return gradients;
    }

    /// <summary>Gives every value under a root its gradient as a graph, and leaves gradients that are numbers alone.</summary>
    public static void Attach(GradValue root, double seed, CancellationToken stopping)
    {
        var order = TopologicalOrder.Of(root, stopping);
        var gradients = Of(order, seed, stopping);
        for (var i = 0; i < order.Length; i++)
        {
            order[i].GradGraph = gradients[i];
        }
    }

    private void PassOn(GradValue node, GradValue upstream, GradValue? reached)
    {
        var rules = DerivativeRules.Of(node);
        for (var i = 0; i < rules.Length; i++)
        {
            if (IsConstant(rules[i], 0))
            {
                continue;
            }

            var taken = IsOfGraph(rules[i]) ? 1 : DerivativeRules.Taken(rules[i]);
            Add(node.InputAt(i), Product(upstream, rules[i], reached), IsConstant(taken, 1) ? reached : Both(reached, taken));
        }
    }

    /// <summary>Upstream times a derivative. A choice is multiplied side by side, so that a side of 0 stays 0.</summary>
    private GradValue Product(GradValue upstream, GradValue derivative, GradValue? reached)
    {
        if (IsConstant(derivative, 0) || IsConstant(upstream, 1))
        {
            return derivative;
        }

        if (IsConstant(derivative, 1))
        {
            return upstream;
        }

        if (derivative.Operation is Choose && !IsOfGraph(derivative))
        {
            var sides = derivative.LeftList;
            return GradValue.Choose(
                sides[0], sides[1], Product(upstream, sides[2], reached), Product(upstream, sides[3], reached));
        }

        var isNumber = derivative.IsLeaf && !IsOfGraph(derivative);
        return upstream * (reached is null || isNumber ? derivative : Where(reached, derivative));
    }

    private void Add(GradValue node, GradValue term, GradValue? reached)
    {
        var place = _places[node];
        _reached[place] = _terms[place] is null ? reached
            : reached is null || _reached[place] is not { } other ? null
            : Either(other, reached);
        (_terms[place] ??= []).Add(term);
    }

    /// <summary>The sum of a node's terms, in the order in which a backward pass adds them up; null for none.</summary>
    private GradValue? Total(int place) => _terms[place] switch
    {
        null => null,
        [var only] => only,
        [var first, var second] => first + second,
        var many => new GradValue(Sum.Instance, [.. many]),
    };

    private GradValue Both(GradValue? first, GradValue second) =>
        first is null ? second : Remembered(_both, first, second, Where);

    private GradValue Either(GradValue first, GradValue second) =>
        first == second ? first : Remembered(_either, first, second, (a, b) => a.Max(b));

    private static GradValue Remembered(
        Dictionary<(GradValue, GradValue), GradValue> known,
        GradValue first,
        GradValue second,
        Func<GradValue, GradValue, GradValue> make)
    {
        if (!known.TryGetValue((first, second), out var result))
        {
            result = make(first, second);
            known.Add((first, second), result);
        }

        return result;
    }

    /// <summary>A value where another is 1, and 0 where that is 0.</summary>
    private static GradValue Where(GradValue taken, GradValue value) =>
        taken.Operation is Choose && taken.LeftList is [var a, var b, { IsLeaf: true, RawData: 1 }, { IsLeaf: true, RawData: 0 }]
            ? GradValue.Choose(a, b, value, 0)
            : GradValue.Choose(taken, 0, value, 0);

    /// <remarks>
    /// Whether a rule made this number. A value of the graph may have the same number only at the moment.
    /// </remarks>
    private bool IsConstant(GradValue value, double number) =>
        value.IsLeaf && value.RawData == number && !IsOfGraph(value);

    private bool IsOfGraph(GradValue value) => _places.ContainsKey(value);
}
