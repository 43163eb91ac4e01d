using MicroGrad.Compilation;
using MicroGrad.Graphs;
using MicroGrad.Networks;
using MicroGrad.Operations;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public class StoppedPassTests
{
    // The most nodes that a pass may visit after a stop.
    private const int Grain = 4096;
    private const int Length = 40_000;

    [Fact]
    public void A_backward_pass_ends_within_some_thousand_nodes_of_a_stop_and_the_next_is_right_once_gradients_are_cleared()
    {
        using var stopping = new CancellationTokenSource();
        var counting = new Counting();
        var x = new GradValue(2);
        var root = Chain(counting, x);
        counting.StopAt(Length / 2, stopping);

        Assert.Throws<OperationCanceledException>(() => Backpropagation.Run(root, 1, stopping.Token));
        Assert.InRange(counting.Calls, Length / 2, (Length / 2) + Grain);

        Backpropagation.Clear([root]);
        root.Backward();
        Assert.Equal(1, x.Grad);
    }

    [Fact]
    public void A_pass_that_is_stopped_before_it_goes_back_leaves_the_gradients_of_leaves()
    {
        using var stopping = new CancellationTokenSource();
        var counting = new Counting();
        var x = new GradValue(2) { Grad = 7 };
        var root = Chain(counting, x);
        stopping.Cancel();

        Assert.Throws<OperationCanceledException>(() => Backpropagation.Run(root, 1, stopping.Token));
        Assert.Equal(0, counting.Calls);
        Assert.Equal(7, x.Grad);
    }

    [Fact]
    public void A_forward_pass_ends_at_the_node_that_stops_it()
    {
        using var stopping = new CancellationTokenSource();
        var counting = new Counting();
        var order = TopologicalOrder.Of(Chain(counting, new GradValue(2)));
        counting.StopAt(100, stopping);

        Assert.Throws<OperationCanceledException>(() => ForwardPass.Run(order, stopping.Token));
        Assert.Equal(100, counting.Calls);
    }

    [Fact]
    public void All_work_on_a_long_graph_hears_a_stop()
    {
        var stopped = new CancellationToken(canceled: true);
        var root = Chain(new Counting(), new GradValue(2));
        var order = TopologicalOrder.Of(root);

        AssertStops(() => TopologicalOrder.Of(root, stopped));
        AssertStops(() => new NodeNames(order, stopped));
        AssertStops(() => GradNode.Enumerate(root, stopped).Count());
        AssertStops(() => new WeightedSumExpansion(root, stopped));
        AssertStops(() => Backpropagation.Clear([root], stopped));
        AssertStops(() => Backpropagation.Clear([new GradValue(1)], stopped));
        AssertStops(() => Backpropagation.FindNonFinite(root, stopped));
        AssertStops(() => GraphCompiler.ProgramOf([root], [], stopping: stopped));
        AssertStops(() => GraphCompiler.Gradients(root, [], stopped));
    }

    [Fact]
    public void A_step_that_is_stopped_moves_no_value()
    {
        var stopped = new CancellationToken(canceled: true);
        GradValue[] values = [new(1) { Grad = 1 }, new(2) { Grad = 1 }];
        var optimizer = new GradOptimizer(values, new OptimizerOptions());

        AssertStops(() => GradientStep.Apply(values, 0.1, ascend: false, stopped));
        AssertStops(() => optimizer.Step(0.1, ascend: false, stopped));
        AssertStops(() => new GradOptimizer(values, new OptimizerOptions(), stopped));
        Assert.Equal([1, 2], values.Select(value => value.Data));
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Parameters_are_not_drawn_on_after_a_stop()
    {
        using var stopping = new CancellationTokenSource();
        var random = new StoppingRandom(stopAt: 250, stopping);

        AssertStops(() => MatrixDraw.Draw(100, 100, 1, random, label: null, stopping.Token));
        Assert.InRange(random.Draws, 250, 250 + 200);

        var again = new StoppingRandom(stopAt: 250, stopping);
        AssertStops(() => new Mlp(100, [100], Activation.Tanh, Activation.Identity, Initialization.Micrograd, again, hasBias: true, dropout: 0, stopping.Token));
        Assert.InRange(again.Draws, 0, 100);
    }

    [Fact]
    public void A_shuffle_ends_at_the_draw_that_stops_it()
    {
        using var stopping = new CancellationTokenSource();
        var random = new StoppingRandom(stopAt: 100, stopping);

        AssertStops(() => random.ShuffleInPlace<int>(new int[1000], stopping.Token));
        Assert.Equal(100, random.Draws);
    }

    [Fact]
    public void A_function_whose_compilation_was_stopped_is_compiled_when_it_is_used_again()
    {
        var stopped = new CancellationToken(canceled: true);
        var function = new GradFunction(x => x[0] * x[1], ["x"], listPlace: 0);
        var gradient = new double[2];

        AssertStops(() => function.Invoke([3, 4], stopped));
        AssertStops(() => function.Evaluate([3, 4], gradient, stopped));
        Assert.Equal(12, function.Invoke(3, 4));
        AssertStops(() => function.Evaluate([3, 4], gradient, stopped));
        Assert.Equal([4, 3], function.Gradient(3, 4));
    }

    private static void AssertStops(Action work) => Assert.ThrowsAny<OperationCanceledException>(work);

    private static void AssertStops<T>(Func<T> work) => Assert.ThrowsAny<OperationCanceledException>(() => work());

    private static GradValue Chain(Counting operation, GradValue x)
    {
        var root = x;
        for (var i = 0; i < Length; i++)
        {
            root = new GradValue(operation, root);
        }

        operation.StopAt(int.MaxValue, null);
        return root;
    }

    /// <summary>Gives its input, counts how often it is asked, and may cancel a token then.</summary>
    private sealed class Counting() : UnaryOperation("count", isShared: false)
    {
        private int _stopAt = int.MaxValue;
        private CancellationTokenSource? _stopping;

        public int Calls { get; private set; }

        public void StopAt(int call, CancellationTokenSource? stopping) => (Calls, _stopAt, _stopping) = (0, call, stopping);

        public override double Value(double x)
        {
            Count();
            return x;
        }

        public override double Derivative(double x, double y)
        {
            Count();
            return 1;
        }

        public override GradValue DerivativeGraph(GradValue x, GradValue y) => 1;

        public override Term Compile(Term x) => x;

        private void Count()
        {
            if (++Calls == _stopAt)
            {
                _stopping!.Cancel();
            }
        }
    }

    private sealed class StoppingRandom(int stopAt, CancellationTokenSource stopping) : IRandomSource
    {
        public int Draws { get; private set; }

        public double NextDouble()
        {
            if (++Draws == stopAt)
            {
                stopping.Cancel();
            }

            return 0.5;
        }

        public int NextIndex(int bound)
        {
            NextDouble();
            return 0;
        }
    }
}
