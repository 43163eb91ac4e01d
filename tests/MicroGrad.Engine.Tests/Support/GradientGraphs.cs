using MicroGrad.Graphs;

namespace MicroGrad.Engine.Tests;

internal static class GradientGraphs
{
    /// <summary>A backward pass that gives every value its gradient as a number and as a graph.</summary>
    public static void BackwardGraph(this GradValue root, double gradient = 1)
    {
        root.Backward(gradient);
        GradientGraph.Attach(root, gradient, CancellationToken.None);
    }
}
