namespace MicroGrad.Browser.Tests;

/// <summary>What the pages are tested on.</summary>
internal static class Examples
{
    /// <summary>L = (a * b + c) * f, backpropagated by hand in every introduction.</summary>
    public static GradValue Manual()
    {
        GradValue a = new(2, "a"), b = new(-3, "b"), c = new(10, "c"), f = new(-2, "f");
        var d = ((a * b).As("e") + c).As("d");
        return (d * f).As("L");
    }

    /// <summary>The output of the lecture's network of 3-4-4-1, after a backward pass.</summary>
    public static GradValue NetworkGraph()
    {
        var root = new Mlp(3, [4, 4, 1]).Invoke(2, 3, -1)[0];
        root.Backward();
        return root;
    }

    /// <summary>The epochs of a made-up training, in which all parameters grow.</summary>
    public static EpochResult[] History(Mlp model, int epochs) =>
    [
        .. Enumerable.Range(1, epochs).Select(epoch =>
        {
            foreach (var parameter in model.Parameters)
            {
                parameter.Data += 0.1;
            }

            return new EpochResult
            {
                Epoch = epoch,
                Loss = 1.0 / epoch,
                ValidationLoss = 1.2 / epoch,
                LearningRate = 0.1,
                GradientNorm = 1,
                Elapsed = TimeSpan.Zero,
                SamplesPerSecond = 1,
                Parameters = [.. model.Parameters.Select(parameter => parameter.Data)],
            };
        }),
    ];
}
