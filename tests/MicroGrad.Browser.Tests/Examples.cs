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

    /// <summary>The neuron of two inputs that introductions backpropagate through.</summary>
    public static GradValue Neuron()
    {
        GradValue x1 = new(2, "x1"), x2 = new(0, "x2"), w1 = new(-3, "w1"), w2 = new(1, "w2"), b = new(6.8813735870195432, "b");
        var n = (((x1 * w1).As("x1*w1") + (x2 * w2).As("x2*w2")).As("x1*w1 + x2*w2") + b).As("n");
        return n.Tanh().As("o");
    }

    /// <summary>The loss of the lecture's network of 3-4-4-1 over its four rows: a square a row.</summary>
    public static GradValue NetworkLoss()
    {
        var model = new Mlp(3, [4, 4, 1], outputActivation: Activation.Tanh);
        double[][] rows = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];
        double[] targets = [1, -1, -1, 1];
        var squares = rows.Select((row, i) => (model.Invoke([.. row.Select(x => new GradValue(x))])[0] - targets[i]).Pow(2));
        return GradValue.Sum([.. squares]).As("loss");
    }

    /// <summary>A graph of about as many nodes as are asked for: products of a few leaves, added up in a chain.</summary>
    public static GradValue Large(int nodes)
    {
        GradValue[] leaves = [.. Enumerable.Range(1, 8).Select(i => new GradValue(i / 8.0, $"p{i}"))];
        var sum = leaves[0];
        for (var i = 0; 2 * i < nodes - leaves.Length; i++)
        {
            sum = (sum + (leaves[i % 8] * leaves[(3 * i + 1) % 8])).As($"s{i + 1}");
        }

        return sum;
    }

    /// <summary>One head of attention over three letters, four numbers each: what a small GPT mixes.</summary>
    public static GradValue Attention()
    {
        var random = new PythonRandom(7);
        GradMatrix query = Draw("query"), key = Draw("key"), value = Draw("value");
        GradValue[][] letters = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 4).Select(j => new GradValue(random.Gauss(0, 1), $"letter{i}[{j}]")).ToArray())];
        var asked = query * letters[^1];
        GradValue[] fits = [.. letters.Select((letter, i) => (GradValue.Dot(asked, key * letter) * 0.5).As($"fit{i}"))];
        var shares = GradValue.Softmax(fits);
        var values = letters.Select(letter => value * letter).ToArray();
        return GradValue.Sum([.. Enumerable.Range(0, 4).Select(j => GradValue.Dot(shares, [.. values.Select(v => v[j])]).As($"mixed{j}"))]).As("sum");

        GradMatrix Draw(string label) => new([.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Select(j => new GradValue(random.Gauss(0, 0.5), $"{label}[{i + 1},{j + 1}]")).ToArray())], label);
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
