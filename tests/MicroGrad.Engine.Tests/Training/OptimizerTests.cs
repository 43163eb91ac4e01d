using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class OptimizerTests
{
    public static TheoryData<OptimizerKind> Kinds => [.. Enum.GetValues<OptimizerKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_lead_down_a_bowl_to_its_bottom(OptimizerKind kind)
    {
        var optimizer = new OptimizerOptions { Kind = kind }.Create<double>(2);
        double[] x = [3, -2];
        for (var step = 0; step < 3000; step++)
        {
            optimizer.Step(x, [2 * (x[0] - 1), 20 * (x[1] - 0.5)], kind == OptimizerKind.Adagrad ? 0.5 : 0.02);
        }

        Close.Equal([1, 0.5], x, 0.02);
        Assert.Equal(3000, optimizer.StepCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Without_a_gradient_nothing_moves(OptimizerKind kind)
    {
        var optimizer = new OptimizerOptions { Kind = kind }.Create<double>(2);
        double[] x = [3, -2];
        optimizer.Step(x, [0, 0], 0.1);

        Assert.Equal([3, -2], x);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restored_memory_goes_on_as_if_nothing_had_happened(OptimizerKind kind)
    {
        var options = new OptimizerOptions { Kind = kind, Momentum = kind == OptimizerKind.Sgd ? 0.9 : 0, WeightDecay = 0.01 };
        var (whole, first) = (options.Create<double>(3), options.Create<double>(3));
        double[] expected = [1, 2, 3];
        double[] actual = [1, 2, 3];
        for (var step = 0; step < 10; step++)
        {
            whole.Step(expected, Gradient(expected, step), 0.05);
            if (step == 5)
            {
                var second = options.Create<double>(3);
                second.Restore(first.StepCount, first.CopyMemory());
                first = second;
            }

            first.Step(actual, Gradient(actual, step), 0.05);
        }

        Assert.Equal(expected, actual);

        static double[] Gradient(double[] x, int step) => Array.ConvertAll(x, v => Math.Sin(3 * v) + step * 0.1);
    }

    [Fact]
    public void Plain_descent_takes_the_rate_times_the_gradient_off()
    {
        double[] x = [3, -2];
        TrainingRun.Sgd.Create<double>(2).Step(x, [0.5, -4], 0.25);

        Assert.Equal([3 - 0.125, -2 + 1], x);
    }
}
