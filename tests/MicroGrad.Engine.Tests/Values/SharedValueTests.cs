namespace MicroGrad.Engine.Tests;

/// <summary>Values that several threads use at once, as two runspaces do that share a model.</summary>
public sealed class SharedValueTests
{
    private const int Repetitions = 20_000;

    [Fact]
    public void Labels_that_one_thread_gives_to_nodes_survive_the_passes_of_another()
    {
        var leaf = new GradValue(0.5, "leaf");
        for (var i = 0; i < Repetitions; i++)
        {
            var (product, root) = Graph(leaf);
            Together(() => root.Backward(), () => product.Label = "product");

            Assert.Equal("product", product.Label);
            Assert.Equal(("*", "tanh"), (product.Op, root.Op));
            root.Backward();
            Assert.Equal("product", product.Label);
        }
    }

    [Fact]
    public void Gradients_as_graphs_that_one_thread_makes_survive_the_labels_of_another()
    {
        for (var i = 0; i < Repetitions; i++)
        {
            var leaf = new GradValue(0.5);
            var (product, root) = Graph(leaf);
            Together(
                () => root.BackwardGraph(),
                () =>
                {
                    leaf.Label = "leaf";
                    product.Label = "product";
                });

            Assert.Equal(("leaf", "product"), (leaf.Label, product.Label));
            Assert.Equal(("", "*"), (leaf.Op, product.Op));
            Assert.NotNull(leaf.GradGraph);
            Assert.NotNull(product.GradGraph);
        }
    }

    [Fact]
    public void Two_threads_can_use_one_model_while_its_parameters_get_notes()
    {
        var model = new Mlp(2, [3, 1]);
        var inputs = new[] { 0.3, -0.8 };
        var expected = model.Predict(inputs)[0];
        Together(() => Use("first"), () => Use("second"));
        Assert.All(model.Parameters, parameter => Assert.Contains(parameter.Label, new[] { "first", "second" }));

        void Use(string label)
        {
            for (var i = 0; i < Repetitions / 10; i++)
            {
                var output = 0.5 * (model.InvokeNumbers(inputs)[0] + model.InvokeNumbers(inputs)[0]);
                output.BackwardGraph();
                foreach (var parameter in model.Parameters)
                {
                    parameter.Label = label;
                    Assert.Equal("", parameter.Op);
                    parameter.ZeroGrad();
                }

                Close.Equal(expected, output.Data, 1e-12);
            }
        }
    }

    private static (GradValue Product, GradValue Root) Graph(GradValue leaf)
    {
        var product = leaf * leaf;
        return (product, product.Tanh());
    }

    /// <summary>Runs both at once, each in a thread of its own, begun at one moment.</summary>
    private static void Together(Action first, Action second)
    {
        using var barrier = new Barrier(2);
        var other = Task.Factory.StartNew(() => Run(second), TaskCreationOptions.LongRunning);
        Run(first);
        other.Wait();

        void Run(Action action)
        {
            barrier.SignalAndWait();
            action();
        }
    }
}
