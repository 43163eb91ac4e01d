using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Benchmarks;

/// <summary>
/// A training whose numbers follow from formulas, so that the peers under benchmarks/peers compute the same: parameter i of
/// a layer is sin(12.9898 (i + 1)) / sqrt(inputs), a bias 0; column c of row r is sin(1 + 0.7 r + 1.3 c); Adam at 0.001.
/// Rows are taken in order, in eight batches over and over.
/// </summary>
internal sealed class TrainingWorkload
{
    /// <summary>The step whose loss is compared. Later ones differ in single precision: rounding grows from step to step.</summary>
    public const int ComparedSteps = 5;

    private const int Batches = 8;

    // The epoch of a whole training whose loss is compared, for the same reason.
    private const int ComparedEpoch = 2;

    public static readonly TrainingWorkload[] All =
    [
        new("C1", [2, 16, 16, 1], 32, Activation.Tanh, LossKind.MeanSquaredError, 100),
        new("C2", [64, 128, 64, 10], 64, Activation.Relu, LossKind.CrossEntropy, 50),
        new("C3", [784, 512, 256, 10], 128, Activation.Relu, LossKind.CrossEntropy, 4),
    ];

    private readonly int[] _sizes;
    private readonly int _batch;
    private readonly Activation _activation;
    private readonly LossKind _loss;

    private TrainingWorkload(string name, int[] sizes, int batch, Activation activation, LossKind loss, int epochs)
    {
        Name = name;
        _sizes = sizes;
        _batch = batch;
        _activation = activation;
        _loss = loss;
        Epochs = epochs;
    }

    public string Name { get; }

    /// <summary>The epochs of a whole training.</summary>
    public int Epochs { get; }

    /// <summary>A step to measure; each call does the next one and gives the loss before it.</summary>
    public Func<double> Start(Precision precision, int threads)
    {
        var model = CreateModel();
        var options = new TrainingOptions { Precision = precision, Threads = threads };
        var learner = Learner.Create(model, Rows(), _loss.Create(), options, _batch);
        var batches = Enumerable.Range(0, Batches).Select(b => Enumerable.Range(b * _batch, _batch).ToArray()).ToArray();
        var step = 0;
        return () => learner.Step(batches[step++ % Batches], 0.001).Loss;
    }

    /// <summary>
    /// Whole trainings by the trainer, each from the first parameters on; gives the loss of an early epoch. Adam's epsilon
    /// is as good as none: scikit-learn puts it elsewhere in the formula.
    /// </summary>
    public Func<double> StartWhole(Precision precision, int threads)
    {
        var model = CreateModel();
        var first = model.CopyParameters();
        var rows = Rows();
        var options = new TrainingOptions
        {
            Epochs = Epochs,
            BatchSize = _batch,
            LearningRate = 0.001,
            Shuffle = false,
            Optimizer = new OptimizerOptions { Epsilon = 1e-20 },
            Precision = precision,
            Threads = threads,
        };
        return () =>
        {
            model.SetParameters(first);
            return new Trainer(model, null, rows, _loss.Create(), options).Run(CancellationToken.None).ToArray()[ComparedEpoch - 1].Loss;
        };
    }

    internal static double[] FirstParameters(Mlp model)
    {
        var parameters = new List<double>();
        foreach (var layer in model.Layers)
        {
            for (var i = 0; i < layer.OutputCount * (layer.InputCount + 1); i++)
            {
                var isBias = i % (layer.InputCount + 1) == layer.InputCount;
                parameters.Add(isBias ? 0 : Math.Sin(12.9898 * (i + 1)) / Math.Sqrt(layer.InputCount));
            }
        }

        return [.. parameters];
    }

    private Mlp CreateModel()
    {
        var model = new Mlp(_sizes[0], _sizes[1..], _activation);
        model.SetParameters(FirstParameters(model));
        return model;
    }

    private Samples Rows()
    {
        var samples = new Samples(Batches * _batch, _sizes[0], _sizes[^1], hasClasses: _loss == LossKind.CrossEntropy);
        for (var r = 0; r < samples.Count; r++)
        {
            var x = samples.InputsAt(r);
            for (var c = 0; c < x.Length; c++)
            {
                x[c] = Math.Sin(1 + 0.7 * r + 1.3 * c);
            }

            if (_loss == LossKind.CrossEntropy)
            {
                samples.Classes[r] = r % _sizes[^1];
            }
            else
            {
                samples.TargetsAt(r)[0] = Math.Sin(x[0]) + 0.5 * x[1];
            }
        }

        return samples;
    }
}
