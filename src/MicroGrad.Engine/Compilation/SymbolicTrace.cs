using MicroGrad.Graphs;

namespace MicroGrad.Compilation;

/// <summary>
/// Records the graph of a function over symbolic values, and refuses one that reads their data: what it decides by them
/// would be the same for all inputs.
/// </summary>
/// <remarks>
/// Symbolic values hold NaN, and what is computed from them is NaN too, so that a read of their data is noticed where it
/// happens (<see cref="DataWatch"/>), on the recording thread; what other threads compute from it is still NaN in the
/// graph.
/// </remarks>
internal static class SymbolicTrace
{
    /// <summary>A symbolic value, with a label.</summary>
    public static GradValue Symbol(string? label = null) => new(double.NaN, label);

    /// <summary>Calls a function of symbolic values once.</summary>
    /// <param name="symbols">The symbolic values.</param>
    /// <param name="function">The function over them.</param>
    /// <param name="stopping">Ends the walk over its graph.</param>
    /// <returns>The nodes of its graph in order, the root last.</returns>
    /// <exception cref="GradException">
    /// The function gives nothing (id <c>NotAGradValue</c>), or it reads data of symbolic values (id <c>SymbolicData</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static GradValue[] Record(GradValue[] symbols, Func<GradValue?> function, CancellationToken stopping = default)
    {
        var root = Call(function)
            ?? throw new GradException("NotAGradValue", "The function gave nothing, where one GradValue is expected.");
        var order = TopologicalOrder.Of(root, stopping);
        var known = new HashSet<GradValue>(symbols, ReferenceEqualityComparer.Instance);
        return Array.Exists(order, node => node.IsLeaf && double.IsNaN(node.RawData) && !known.Contains(node))
            ? throw DataRead()
            : order;
    }

    private static GradValue? Call(Func<GradValue?> function)
    {
        using var watch = new DataWatch();
        try
        {
            var root = function();
            return watch.IsDataRead ? throw DataRead() : root;
        }
        catch (GradException error) when (watch.IsDataRead && error.ErrorId != DataRead().ErrorId)
        {
            // The failure follows from the read: NaN took a branch that no number takes.
            throw DataRead();
        }
    }

    private static GradException DataRead() => new(
        "SymbolicData",
        "The function reads the Data or Grad of a parameter, which has no number while the function's graph is recorded: a branch "
        + "or a number made of it would be the same for every input. Compute with the parameter itself, by operators and "
        + "methods such as Exp, and branch by Choose, Max, Min, Relu or Abs.");
}
