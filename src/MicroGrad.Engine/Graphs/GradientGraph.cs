using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>The chain rule written down instead of worked out: gradients as graphs over the graph they belong to.</summary>
internal static class GradientGraph
{
    /// <summary>
    /// The derivative of the root by every node of a topological order, as a graph; 0 where the root does not depend on
    /// the node smoothly. Factors of 1 and terms of 0 that a rule brings along are left out.
    /// </summary>
    /// <param name="order">A topological order, the root last.</param>
    /// <param name="seed">The gradient of the root itself.</param>
    public static GradValue[] Of(ReadOnlySpan<GradValue> order, double seed = 1)
    {
        var terms = new Terms(order);
        terms.Add(order[^1], seed);
        var gradients = new GradValue[order.Length];
        for (var n = order.Length - 1; n >= 0; n--)
        {
            var node = order[n];
            var upstream = terms.Total(n);
            gradients[n] = upstream ?? 0;
            if (upstream is null)
            {
                continue;
            }

            switch (node.Operation)
            {
                case null:
                    break;
                case UnaryOperation unary:
                    terms.AddProduct(node.Left, upstream, unary.DerivativeGraph(node.Left, node));
                    break;
                case BinaryOperation binary:
                    var (byLeft, byRight) = binary.DerivativeGraphs(node.Left, node.Right, node);
                    terms.AddProduct(node.Left, upstream, byLeft);
                    terms.AddProduct(node.Right, upstream, byRight);
                    break;
                case NaryOperation nary:
                    AddProducts(terms, nary, node, upstream);
                    break;
            }
        }

        return gradients;
    }

    private static void AddProducts(Terms terms, NaryOperation operation, GradValue node, GradValue upstream)
    {
        var (left, right) = (node.LeftList, node.RightList);
        var (byLeft, byRight) = (new GradValue[left.Length], new GradValue[right.Length]);
        operation.DerivativeGraphs(left, right, node, byLeft, byRight);
        for (var i = 0; i < left.Length; i++)
        {
            terms.AddProduct(left[i], upstream, byLeft[i]);
        }

        for (var i = 0; i < right.Length; i++)
        {
            terms.AddProduct(right[i], upstream, byRight[i]);
        }
    }

    /// <summary>What every node's gradient is the sum of.</summary>
    private sealed class Terms
    {
        private readonly Dictionary<GradValue, int> _places;
        private readonly List<GradValue>?[] _terms;

        public Terms(ReadOnlySpan<GradValue> order)
        {
            _places = new Dictionary<GradValue, int>(order.Length, ReferenceEqualityComparer.Instance);
            _terms = new List<GradValue>?[order.Length];
            for (var i = 0; i < order.Length; i++)
            {
                _places.Add(order[i], i);
            }
        }

        public void Add(GradValue node, GradValue term) => (_terms[_places[node]] ??= []).Add(term);

        public void AddProduct(GradValue node, GradValue upstream, GradValue derivative)
        {
            if (IsConstant(derivative, 0))
            {
                return;
            }

            var product = IsConstant(derivative, 1) ? upstream
                : IsConstant(upstream, 1) ? derivative
                : upstream * derivative;
            Add(node, product);
        }

        /// <summary>The sum of a node's terms, in the order in which a backward pass adds them up; null for none.</summary>
        public GradValue? Total(int place) => _terms[place] switch
        {
            null => null,
            [var only] => only,
            [var first, var second] => first + second,
            var many => new GradValue(Sum.Instance, [.. many]),
        };

        /// <remarks>
        /// A number that a rule brought along, as against a value of the graph that happens to be that number just now: it
        /// is no part of the order.
        /// </remarks>
        private bool IsConstant(GradValue value, double number) =>
            value.IsLeaf && value.RawData == number && !_places.ContainsKey(value);
    }
}
