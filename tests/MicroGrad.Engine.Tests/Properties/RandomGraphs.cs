using FsCheck;
using FsCheck.Fluent;

namespace MicroGrad.Engine.Tests;

/// <summary>How FsCheck draws random graphs: up to 4 leaves in [-2, 2], up to 12 instructions.</summary>
public static class RandomGraphs
{
    public static Arbitrary<RandomGraph> Graph() =>
        Arb.From(Generator(), Shrink);

    private static Gen<RandomGraph> Generator() =>
        from leaves in Gen.Choose(-2000, 2000).Select(x => x / 1000.0).NonEmptyListOf()
        from instructions in (
            from operation in Gen.Choose(0, 999)
            from first in Gen.Choose(0, 999)
            from second in Gen.Choose(0, 999)
            select (operation, first, second)).NonEmptyListOf()
        select new RandomGraph([.. leaves.Take(4)], [.. instructions.Take(12)]);

    /// <summary>Shorter programs first: a counterexample of two instructions says more than one of twelve.</summary>
    private static IEnumerable<RandomGraph> Shrink(RandomGraph graph)
    {
        for (var i = 0; graph.Instructions.Length > 1 && i < graph.Instructions.Length; i++)
        {
            yield return graph with { Instructions = [.. graph.Instructions.Where((_, place) => place != i)] };
        }

        if (graph.Leaves.Length > 1)
        {
            yield return graph with { Leaves = graph.Leaves[..^1] };
        }
    }
}
