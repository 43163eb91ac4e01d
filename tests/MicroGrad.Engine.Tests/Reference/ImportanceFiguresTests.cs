using System.Text.Json;
using MicroGrad.Data;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

/// <summary>What each column is worth to a network, beside NumPy's figures.</summary>
public sealed class ImportanceFiguresTests
{
    private static readonly JsonElement Figures = ReferenceFile.Load("importance.json");

    private static readonly Mlp Model = MakeModel();
    private static readonly ModelSchema Schema = Schemas.Learn(Model, MakeTable(), LossKind.MeanSquaredError);
    private static readonly Samples Rows = Schema.Encode(MakeTable(), [.. Enumerable.Range(0, 60)], 1);

    [Fact]
    public void Given_permutations_raise_the_loss_and_lower_R2_as_the_reference_says()
    {
        var importance = new PermutationImportance(Model, Schema, Rows, TestContext.Current.CancellationToken);
        foreach (var (feature, expected) in Figures.GetProperty("features").EnumerateArray().Index())
        {
            var effects = expected.GetProperty("permutations").Rows()
                .Select(rows => importance.Effect(feature, Array.ConvertAll(rows, row => (int)row))).ToArray();
            double[] rises = [.. effects.Select(effect => effect.LossRise)];
            double[] drops = [.. effects.Select(effect => effect.ScoreDrop)];
            Close.Equal(expected.GetProperty("lossRise").Numbers(), rises, Close.Evaluation);
            Close.Equal(expected.GetProperty("r2Drop").Numbers(), drops, Close.Evaluation);

            var summary = importance.Summarize(feature, rises, drops);
            Assert.Equal(expected.Text("feature"), summary.Feature);
            Close.Equal(expected.GetProperty("lossRiseMean").GetDouble(), summary.Importance, Close.Evaluation);
            Close.Equal(expected.GetProperty("lossRiseDeviation").GetDouble(), summary.Deviation, Close.Evaluation);
            Close.Equal(expected.GetProperty("r2DropMean").GetDouble(), summary.ScoreDrop, Close.Evaluation);
            Close.Equal(expected.GetProperty("r2DropDeviation").GetDouble(), summary.ScoreDropDeviation, Close.Evaluation);
        }
    }

    [Fact]
    public void The_mean_answer_goes_with_a_column_as_the_reference_says()
    {
        foreach (var expected in Figures.GetProperty("partialDependence").EnumerateArray())
        {
            var feature = Schema.FeatureNames.ToList().IndexOf(expected.Text("feature"));
            var averages = PartialDependence.Of(Model, Schema, Rows, feature, expected.GetProperty("grid").Numbers());
            Close.Equal(expected.GetProperty("average").Numbers(), [.. averages.Select(outputs => outputs[0])], Close.Evaluation);
        }
    }

    [Fact]
    public void Draws_are_decided_by_the_seed_alone()
    {
        var importance = new PermutationImportance(Model, Schema, Rows, TestContext.Current.CancellationToken);
        var first = importance.Measure(4, 7).ToArray();

        Assert.Equal(first, importance.Measure(4, 7));
        Assert.NotEqual(first, importance.Measure(4, 8));

        // The columns that matter to the network are those that the reference finds, with other draws.
        var order = Figures.GetProperty("features").EnumerateArray().OrderByDescending(f => f.GetProperty("lossRiseMean").GetDouble());
        Assert.Equal(order.Select(f => f.Text("feature")).Take(2).Order(), first.OrderByDescending(f => f.Importance).Select(f => f.Feature).Take(2).Order());
    }

    [Fact]
    public void The_work_can_be_stopped()
    {
        using var stopping = new CancellationTokenSource();
        var features = new PermutationImportance(Model, Schema, Rows, stopping.Token).Measure(2, 1).GetEnumerator();
        Assert.True(features.MoveNext());
        stopping.Cancel();
        Assert.Throws<OperationCanceledException>(() => features.MoveNext());
    }

    private static Mlp MakeModel()
    {
        var model = new Mlp(5, [12, 1], Activation.Tanh);
        JsonElement[] layers = [Figures.GetProperty("W1"), Figures.GetProperty("b1"), Figures.GetProperty("W2"), Figures.GetProperty("b2")];
        model.SetParameters(JsonSerializer.SerializeToElement(layers).ByNeuron());
        return model;
    }

    private static SampleTable MakeTable()
    {
        var table = Schemas.Table([.. Figures.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)], ["y"]);
        var targets = Figures.GetProperty("y").Numbers();
        foreach (var (row, inputs) in Figures.GetProperty("X").Rows().Index())
        {
            table.Add([.. inputs.Select(x => (object)x), targets[row]], row + 1);
        }

        return table.Build();
    }
}
