using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MicroGrad.Benchmarks;

/// <summary>
/// The training steps of TrainingWorkload.cs by TorchSharp, written as its users write them, without the modules' own cost.
/// </summary>
internal static class TorchSteps
{
    // As in TrainingWorkload.cs and training.py.
    private const int ComparedSteps = 5;
    private const int Batches = 8;

    private static readonly (string Name, int[] Sizes, int Batch)[] Workloads =
    [
        ("C1", [2, 16, 16, 1], 32),
        ("C2", [64, 128, 64, 10], 64),
        ("C3", [784, 512, 256, 10], 128),
    ];

    public static void Run(int threads, double seconds, string[] chosen)
    {
        set_num_threads(threads);
        foreach (var (name, sizes, batch) in Workloads.Where(workload => chosen.Length == 0 || chosen.Contains(workload.Name)))
        {
            foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32 })
            {
                var step = Start(sizes, batch, type);
                var loss = 0.0;
                for (var i = 0; i < ComparedSteps; i++)
                {
                    loss = step();
                }

                var (least, median) = Stopwatches.Time(step, seconds);
                var precision = type == ScalarType.Float64 ? "double" : "single";
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"workload":"{{name}}","peer":"TorchSharp","precision":"{{precision}}","threads":{{threads}},"unit":"us","least":{{least:R}},"median":{{median:R}},"result":{{loss:R}}}"""));
            }
        }
    }

    private static Func<double> Start(int[] sizes, int batch, ScalarType type)
    {
        var isClassifier = sizes[^1] > 1;
        var parameters = Parameters(sizes, type);
        var optimizer = optim.Adam(parameters, lr: 0.001);
        var data = Rows(sizes, batch, type);
        var taken = 0;
        return () =>
        {
            using var scope = NewDisposeScope();
            var (x, y) = data[taken++ % Batches];
            optimizer.zero_grad();
            for (var l = 0; l < parameters.Count; l += 2)
            {
                x = nn.functional.linear(x, parameters[l], parameters[l + 1]);
                x = l == parameters.Count - 2 ? x : isClassifier ? nn.functional.relu(x) : tanh(x);
            }

            var loss = isClassifier ? nn.functional.cross_entropy(x, y) : nn.functional.mse_loss(x, y);
            loss.backward();
            optimizer.step();
            return loss.to(ScalarType.Float64).item<double>();
        };
    }

    /// <summary>A layer's weights, then its biases.</summary>
    private static List<Parameter> Parameters(int[] sizes, ScalarType type)
    {
        var parameters = new List<Parameter>();
        for (var l = 1; l < sizes.Length; l++)
        {
            var (inputs, outputs) = (sizes[l - 1], sizes[l]);
            var weights = new double[outputs, inputs];
            for (var o = 0; o < outputs; o++)
            {
                for (var i = 0; i < inputs; i++)
                {
                    weights[o, i] = Math.Sin(12.9898 * ((o * (inputs + 1)) + i + 1)) / Math.Sqrt(inputs);
                }
            }

            parameters.Add(new Parameter(tensor(weights, dtype: type)));
            parameters.Add(new Parameter(zeros(outputs, dtype: type)));
        }

        return parameters;
    }

    private static (Tensor X, Tensor Y)[] Rows(int[] sizes, int batch, ScalarType type)
    {
        var data = new (Tensor X, Tensor Y)[Batches];
        for (var b = 0; b < Batches; b++)
        {
            var x = new double[batch, sizes[0]];
            var classes = new long[batch];
            var numbers = new double[batch, 1];
            for (var i = 0; i < batch; i++)
            {
                var r = (b * batch) + i;
                for (var c = 0; c < sizes[0]; c++)
                {
                    x[i, c] = Math.Sin(1 + (0.7 * r) + (1.3 * c));
                }

                classes[i] = r % sizes[^1];
                numbers[i, 0] = Math.Sin(x[i, 0]) + (0.5 * x[i, 1]);
            }

            data[b] = (tensor(x, dtype: type), sizes[^1] > 1 ? tensor(classes) : tensor(numbers, dtype: type));
        }

        return data;
    }
}
