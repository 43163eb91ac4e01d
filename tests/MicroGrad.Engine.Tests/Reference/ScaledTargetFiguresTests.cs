using System.Text.Json;
using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class ScaledTargetFiguresTests
{
    private static readonly JsonElement File = ReferenceFile.Load("scaledtarget.json");

    private static TrainingOptions Options => new() { Epochs = 50, BatchSize = 0, LearningRate = 0.01 };

    [Fact]
    public void Means_and_deviations_are_those_of_NumPy()
    {
        var (model, table) = Start();
        var schema = Learn(model, table);
        var scaling = File.GetProperty("scaling");

        Close.Equal(scaling.GetProperty("featureMeans").Numbers(), [.. schema.Features.Select(feature => feature.Mean)], Close.Evaluation);
        Close.Equal(scaling.GetProperty("featureDeviations").Numbers(), [.. schema.Features.Select(feature => feature.Scale)], Close.Evaluation);
        Close.Equal(scaling.GetProperty("targetMean").GetDouble(), schema.Targets[0].Mean, Close.Evaluation);
        Close.Equal(scaling.GetProperty("targetDeviation").GetDouble(), schema.Targets[0].Scale, Close.Evaluation);
    }

    [Fact]
    public void Training_over_a_scaled_target_goes_as_in_PyTorch_and_answers_in_the_units_of_the_target()
    {
        var (model, table) = Start();
        var schema = Learn(model, table);
        var samples = schema.Encode(table, Rows(table), 1);
        var results = new Trainer(model, schema, samples, new ElementwiseLoss<SquaredError>(), Options).Run(CancellationToken.None).ToArray();

        Close.Equal(File.GetProperty("loss").Numbers(), [.. results.Select(result => result.Loss)], Close.Run, "loss");
        Close.Equal(File.GetProperty("gradientNorm").Numbers(), [.. results.Select(result => result.GradientNorm)], Close.Run, "norm");
        Assert.All(results, result => Assert.True(result.IsTargetScaled));
        Close.Equal(
            ByNeuron("finalW1", "finalb1", "finalW2", "finalb2"), model.CopyParameters(), Close.Run, "parameter");

        var inputs = File.GetProperty("X").Rows();
        var expected = File.GetProperty("predictions").Numbers();
        Close.Equal(expected, [.. inputs.Select(row => model.Predict(row)[0])], Close.Run, "prediction");
        Close.Equal(
            expected, [.. inputs.Select(row => model.Invoke(Array.ConvertAll(row, x => new GradValue(x)))[0].Data)], Close.Run, "value");

        var measured = MlpMeasurement.Of(model, table, stopping: TestContext.Current.CancellationToken);
        Close.Equal(File.GetProperty("lossAfter").GetDouble(), measured.Loss!.Value, Close.Run);
        Close.Equal(File.GetProperty("mae").GetDouble(), measured.MAE!.Value, Close.Run);
        Close.Equal(File.GetProperty("rmse").GetDouble(), measured.RMSE!.Value, Close.Run);
        Close.Equal(File.GetProperty("r2").GetDouble(), measured.R2!.Value, Close.Run);
    }

    private static (Mlp Model, SampleTable Table) Start()
    {
        var model = new Mlp(3, [8, 1]);
        model.SetParameters(ByNeuron("W1", "b1", "W2", "b2"));
        var names = File.GetProperty("names").EnumerateArray().Select(name => name.GetString()!).ToArray();
        var table = Schemas.Table(names[..3], names[3..]);
        var rows = File.GetProperty("X").Rows().Zip(File.GetProperty("y").Numbers());
        foreach (var (i, (row, y)) in rows.Index())
        {
            table.Add([row[0], row[1], row[2], y], i + 1);
        }

        return (model, table.Build());
    }

    private static ModelSchema Learn(Mlp model, SampleTable table) => SchemaLearner.Learn(model, table, Rows(table), standardize: true);

    private static int[] Rows(SampleTable table) => [.. Enumerable.Range(0, table.Count)];

    private static double[] ByNeuron(params string[] names) =>
    [
        .. names.Chunk(2).SelectMany(pair => File.GetProperty(pair[0]).Rows().Zip(File.GetProperty(pair[1]).Numbers(), (weights, bias) => weights.Append(bias)).SelectMany(p => p)),
    ];
}
