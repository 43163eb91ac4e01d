using System.Globalization;
using MicroGrad.Generators;
using Xunit;

namespace MicroGrad.Rendering.Tests;

/// <summary>The graphs and networks that the drawings are tested on.</summary>
internal static class Examples
{
    /// <summary>L = (a * b + c) * f, backpropagated by hand in every introduction.</summary>
    public static GradValue Manual()
    {
        GradValue a = new(2, "a"), b = new(-3, "b"), c = new(10, "c"), f = new(-2, "f");
        var e = a * b;
        e.Label = "e";
        var d = e + c;
        d.Label = "d";
        var root = d * f;
        root.Label = "L";
        root.Backward();
        return root;
    }

    public static GradValue Neuron()
    {
        var neuron = new Mlp(2, [1], outputActivation: Activation.Tanh, initialization: Initialization.Lecture, random: new PythonRandom(1337))
            .Layers[0].Neurons[0];
        var output = neuron.Invoke(new GradValue(2, "x1"), new GradValue(0, "x2"));
        output.Label = "o";
        output.Backward();
        return output;
    }

    public static Mlp LectureModel() =>
        new(3, [4, 4, 1], outputActivation: Activation.Tanh, initialization: Initialization.Lecture, random: new PythonRandom(1337));

    public static GradValue LectureGraph()
    {
        var output = LectureModel().Invoke(2.0, 3.0, -1.0)[0];
        output.Backward();
        return output;
    }

    /// <summary>One call of the network that the moons are learnt with.</summary>
    public static GradValue MoonsGraph()
    {
        var output = new Mlp(2, [16, 16, 1], Activation.Relu, random: new PythonRandom(1337))
            .Invoke(new GradValue(0.5, "x1"), new GradValue(-0.25, "x2"))[0];
        output.Backward();
        return output;
    }

    /// <summary>The mean squared error of a relu network over rows of two features.</summary>
    public static GradValue Samples(int count, params int[] sizes)
    {
        var model = new Mlp(2, sizes, Activation.Relu, random: new PythonRandom(1337));
        var random = new PythonRandom(5);
        var losses = new GradValue[count];
        for (var i = 0; i < count; i++)
        {
            var output = model.Invoke(
                new GradValue(random.NextUniform(-1, 1), "x1"), new GradValue(random.NextUniform(-1, 1), "x2"))[0];
            losses[i] = (output - new GradValue(1, "target")).Pow(2);
        }

        var loss = GradValue.Mean(losses);
        loss.Label = "loss";
        loss.Backward();
        return loss;
    }

    /// <summary>A training that goes well, with validation.</summary>
    public static EpochResult[] Epochs(int count) =>
    [
        .. Enumerable.Range(1, count).Select(epoch => new EpochResult
        {
            Epoch = epoch,
            Loss = 1.0 / epoch,
            ValidationLoss = 1.25 / epoch,
            Accuracy = 1 - (0.5 / epoch),
            LearningRate = 0.1,
            GradientNorm = 1,
            Elapsed = TimeSpan.FromSeconds(epoch),
            SamplesPerSecond = 1000,
        }),
    ];

    /// <summary>Labels that some format or other could take for markup.</summary>
    public static TheoryData<string> HardLabels() =>
    [
        "\"quoted\"", "'single'", "<b>bold</b>", "a & b &amp; c", "first\nsecond", "back\\slash\\n", "{record|field}", "🙂 émoji",
        "]]>", "</script><script>alert(1)</script>", "--> end", "`code` *bold* _it_ #35;", "tab\there",
        "$(Get-Date)", "%% comment", ";", "end", "漢字",
    ];

    /// <summary>Runs an action under a culture that writes 1,5 for 1.5.</summary>
    public static T UnderCommaCulture<T>(Func<T> action)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
