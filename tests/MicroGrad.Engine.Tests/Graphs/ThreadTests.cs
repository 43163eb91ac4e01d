using System.Collections.Concurrent;
using MicroGrad.Networks;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

/// <summary>What the guide says of threads, each sentence under stress: by repetitions, not by time.</summary>
public sealed class ThreadTests
{
    private const int Threads = 4;
    private const int Repeats = 300;

    [Fact]
    public void A_model_answers_in_several_threads_as_it_does_alone()
    {
        var model = new Mlp(3, [17, 2]);
        var expected = Enumerable.Range(0, Repeats).Select(i => model.Predict(i, 1, -i)).ToArray();
        InThreads(_ =>
        {
            for (var i = 0; i < Repeats; i++)
            {
                Assert.Equal(expected[i], model.Predict(i, 1, -i));
            }
        });
    }

    [Fact]
    public void An_answer_while_weights_are_handed_over_has_those_of_one_epoch()
    {
        // All parameters are the epoch's number: sums tell whether any is another's.
        var model = new Mlp(40, [40, 1], Activation.Identity);
        var epochs = Enumerable.Range(0, 8).Select(epoch => Enumerable.Repeat((double)epoch, model.ParameterCount).ToArray()).ToArray();
        model.SetParameters(epochs[0]);
        InThreads(thread =>
        {
            for (var i = 0; i < Repeats; i++)
            {
                if (thread == 0)
                {
                    model.SetParameters(epochs[i % epochs.Length]);
                }

                var copy = model.CopyParameters();
                Assert.All(copy, parameter => Assert.Equal(copy[0], parameter));
            }
        });
    }

    [Fact]
    public void A_model_is_trained_by_one_thread_at_a_time()
    {
        var model = new Mlp(2, [1]);
        var (inside, most, refused) = (0, 0, new ConcurrentBag<string>());
        InThreads(_ =>
        {
            for (var i = 0; i < Repeats; i++)
            {
                try
                {
                    using var hold = new TrainingHold(model);
                    var now = Interlocked.Increment(ref inside);
                    InterlockedMax(ref most, now);
                    Interlocked.Decrement(ref inside);
                }
                catch (GradException error)
                {
                    refused.Add(error.ErrorId);
                }
            }
        });

        Assert.Equal(1, most);
        Assert.All(refused, id => Assert.Equal("ModelInTraining", id));
        new TrainingHold(model).Dispose();
    }

    [Fact]
    public void Graphs_of_several_threads_have_leaves_in_common()
    {
        var model = new Mlp(3, [9, 1]);
        var expected = GradNode.List(model.Invoke(1, 2, 3)[0]).Select(node => (node.Name, node.Data)).ToArray();
        InThreads(_ =>
        {
            for (var i = 0; i < Repeats / 10; i++)
            {
                var root = model.Invoke(1, 2, 3)[0];
                Assert.Equal(expected, GradNode.List(root).Select(node => (node.Name, node.Data)));
            }
        });
    }

    [Fact]
    public void Passes_one_after_the_other_lose_nothing_of_leaves_in_common()
    {
        var leaf = new GradValue(3);
        var gate = new Lock();
        InThreads(_ =>
        {
            for (var i = 0; i < Repeats; i++)
            {
                var root = leaf * 2 + leaf;
                lock (gate)
                {
                    root.Backward();
                }
            }
        });

        Assert.Equal(3.0 * Threads * Repeats, leaf.Grad);
    }

    [Fact]
    public void Models_of_their_own_give_threads_gradients_to_add_up()
    {
        var samples = TrainingRun.Draw(Threads * 10, TargetEncoding.Numbers);
        var gradients = new double[Threads][];
        InThreads(thread =>
        {
            var own = new Mlp(2, [5, 1]);
            TrainingRun.Graph(own, samples, LossKind.SumSquaredError, Enumerable.Range(10 * thread, 10)).Backward();
            gradients[thread] = TrainingRun.Gradients(own);
        });

        var whole = new Mlp(2, [5, 1]);
        TrainingRun.Graph(whole, samples, LossKind.SumSquaredError, Enumerable.Range(0, Threads * 10)).Backward();
        var sums = Enumerable.Range(0, whole.ParameterCount).Select(i => gradients.Sum(own => own[i])).ToArray();
        Close.Equal(TrainingRun.Gradients(whole), sums, Close.Evaluation);
    }

    private static void InThreads(Action<int> work)
    {
        using var start = new Barrier(Threads);
        var errors = new ConcurrentBag<Exception>();
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    work(number);
                }
                catch (Exception error)
                {
                    errors.Add(error);
                }
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(errors);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref most);
        }
        while (now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen);
    }
}
