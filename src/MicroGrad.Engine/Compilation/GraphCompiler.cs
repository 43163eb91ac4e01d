using MicroGrad.Graphs;
using MicroGrad.Operations;

namespace MicroGrad.Compilation;

/// <summary>Turns graphs into programs: each operation gives its own formula.</summary>
internal static class GraphCompiler
{
    /// <summary>A program for the machine that computes some values of graphs from the leaves that they have in common.</summary>
    /// <inheritdoc cref="ProgramOf"/>
    public static Program Compile(
        GradValue[] roots,
        IReadOnlyList<GradValue> inputs,
        Dictionary<GradValue, double>? constants = null,
        CancellationToken stopping = default) =>
        ProgramOf(roots, inputs, constants, stopping).Expanded(stopping).Optimized(stopping);

    /// <summary>A program that computes some values of graphs, with elementary functions by their names.</summary>
    /// <param name="roots">The values, in the order of the program's results.</param>
    /// <param name="inputs">Leaves that differ from sample to sample. Every other leaf is a constant.</param>
    /// <param name="constants">The numbers that constants had at an earlier time; others have their present data.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static Program ProgramOf(
        GradValue[] roots,
        IReadOnlyList<GradValue> inputs,
        Dictionary<GradValue, double>? constants = null,
        CancellationToken stopping = default)
    {
        var program = new Program();
        var terms = new Dictionary<GradValue, Term>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < inputs.Count; i++)
        {
            terms.Add(inputs[i], program.Input(i));
        }

        // A sum over all roots, which is not part of the program, makes one walk of them.
        var order = TopologicalOrder.Of(new GradValue(Sum.Instance, roots), stopping);
        foreach (var node in order[..^1])
        {
            stopping.ThrowIfCancellationRequested();
            if (constants is not null && constants.TryGetValue(node, out var number))
            {
                terms.Add(node, program.Constant(number));
            }
            else if (!terms.ContainsKey(node))
            {
                terms.Add(node, TermOf(program, node, terms));
            }
        }

        foreach (var root in roots)
        {
            program.Output(terms[root]);
        }

        return program;
    }

    /// <summary>The gradients of a root by leaves, as graphs; 0 by a leaf that the root does not depend on.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static GradValue[] Gradients(GradValue root, IReadOnlyList<GradValue> leaves, CancellationToken stopping = default)
    {
        var order = TopologicalOrder.Of(root, stopping);
        var gradients = GradientGraph.Of(order, seed: 1, stopping);
        var places = new Dictionary<GradValue, GradValue>(order.Length, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            places.Add(order[i], gradients[i]);
        }

        return [.. leaves.Select(leaf => places.TryGetValue(leaf, out var gradient) ? gradient : 0)];
    }

    private static Term TermOf(Program program, GradValue node, Dictionary<GradValue, Term> terms) =>
        node.Operation switch
        {
            null => program.Constant(node.RawData),
            UnaryOperation unary => unary.Compile(terms[node.Left]),
            BinaryOperation binary => binary.Compile(terms[node.Left], terms[node.Right]),
            NaryOperation nary => nary.Compile(
                program,
                Array.ConvertAll(node.LeftList, value => terms[value]),
                Array.ConvertAll(node.RightList, value => terms[value])),
            _ => throw new InvalidOperationException($"The operation {node.Op} has no known shape."),
        };
}
