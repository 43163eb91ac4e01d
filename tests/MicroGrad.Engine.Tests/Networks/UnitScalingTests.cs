using MicroGrad.Generators;
using MicroGrad.Graphs;

namespace MicroGrad.Engine.Tests;

public sealed class UnitScalingTests
{
    private static readonly double[] Row = [1987, -0.25, 0, 1];

    [Fact]
    public void A_line_between_scaled_columns_is_the_line_in_the_users_units()
    {
        var model = new Mlp(1, [1]);
        model.SetParameters([0.5, 0.25]);
        model.Schema = new ModelSchema(
            [new FeatureColumn("year") { Mean = 1960, Scale = 8 }],
            [new PredictedColumn("price") { Mean = 1000, Scale = 64 }],
            TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError);
        var year = new GradValue(1976);

        var price = model.Invoke(year)[0];
        price.Backward();

        // 64 (0.5 (1976 - 1960) / 8 + 0.25) + 1000, and 64 × 0.5 / 8 a year: exact in binary.
        Assert.Equal((1080, 4), (price.Data, year.Grad));
        Assert.Equal([1080], model.Predict(1976));
        Assert.Equal(1.25, model.Layers[0].Invoke(2)[0].Data);
    }

    [Fact]
    public void Numbers_and_live_values_get_the_same_answers_and_gradients_are_slopes_in_the_users_units()
    {
        var model = Scaled();
        var inputs = Array.ConvertAll(Row, x => new GradValue(x));
        var outputs = model.Invoke(inputs);
        Close.Equal(model.Predict(Row), Array.ConvertAll(outputs, output => output.Data), Close.Evaluation);

        GradValue.Sum(outputs).Backward();
        for (var i = 0; i < Row.Length; i++)
        {
            var step = 1e-5 * Math.Max(1, Math.Abs(Row[i]));
            var slope = (SumAt(i, step) - SumAt(i, -step)) / (2 * step);
            Close.Equal(slope, inputs[i].Grad, 1e-6);
        }

        double SumAt(int input, double step)
        {
            var moved = (double[])Row.Clone();
            moved[input] += step;
            return model.Predict(moved).Sum();
        }
    }

    [Fact]
    public void A_compiled_function_over_a_model_takes_the_users_units()
    {
        var model = Scaled();
        var function = GradFunction.Compile(values => model.Invoke(values)[0], "year", "share", "red", "blue");

        Close.Equal(model.Predict(Row)[0], function.Invoke(Row), Close.Evaluation);
    }

    [Fact]
    public void Only_columns_that_are_scaled_get_nodes()
    {
        var model = Scaled();
        var raw = new Mlp(4, [5, 2], random: new PythonRandom(3));
        raw.SetParameters(model.CopyParameters());

        // Two numbers and two outputs, with two steps and two constants each; the inputs of a category have none.
        Assert.Equal(NodesOf(raw) + 16, NodesOf(model));

        static int NodesOf(Mlp network) => TopologicalOrder.Of(GradValue.Sum(network.InvokeNumbers(Row))).Length;
    }

    [Fact]
    public void A_model_that_scales_nothing_has_the_graph_and_the_bits_of_its_layers()
    {
        var model = new Mlp(4, [5, 2], random: new PythonRandom(3));
        var inputs = Array.ConvertAll(Row, x => new GradValue(x));
        var before = model.Invoke(inputs);
        var predicted = model.Predict(Row);
        model.Schema = Schema(new("year"), new("share"), new("price"), new("tax"));

        var outputs = model.Invoke(inputs);

        Assert.Null(model.Schema.Scaling);
        Assert.Equal(predicted, model.Predict(Row));
        Assert.Equal(before.Select(output => output.Data), outputs.Select(output => output.Data));
        Assert.Equal(TopologicalOrder.Of(GradValue.Sum(before)).Length, TopologicalOrder.Of(GradValue.Sum(outputs)).Length);
    }

    [Fact]
    public void Outputs_that_stand_for_classes_are_scores_whatever_the_features_scale()
    {
        var model = new Mlp(1, [1]);
        model.SetParameters([1, 0]);
        model.Schema = new ModelSchema(
            [new FeatureColumn("x") { Mean = 4, Scale = 2 }],
            [new PredictedColumn("kind")], TargetEncoding.ZeroOrOne, ["a", "b"], false, LossKind.BinaryCrossEntropy);

        Assert.Equal([3], model.Predict(10));
        Assert.Equal(3, model.Invoke(10)[0].Data);
    }

    [Fact]
    public void Threads_that_predict_at_once_get_the_answers_of_one()
    {
        var model = Scaled();
        var expected = Enumerable.Range(0, 64).Select(i => model.Predict(RowOf(i))).ToArray();

        Parallel.For(0, 20_000, i => Assert.Equal(expected[i % 64], model.Predict(RowOf(i % 64))));

        static double[] RowOf(int i) => [1900 + i, i / 64.0, i % 2, 1 - i % 2];
    }

    [Fact]
    public void A_prediction_is_made_with_the_weights_of_its_moment()
    {
        var model = new Mlp(1, [1]);
        model.SetParameters([2, 0]);
        Assert.Equal([6], model.Predict(3));

        model.Parameters[0].Data = 5;
        Assert.Equal([15], model.Predict(3));
    }

    private static Mlp Scaled() => new(4, [5, 2], random: new PythonRandom(3))
    {
        Schema = Schema(
            new("year") { Mean = 1960, Scale = 29.5 },
            new("share") { Mean = 0.125, Scale = 0.5 },
            new("price") { Mean = 256_000, Scale = 69_740 },
            new("tax") { Mean = 25.6, Scale = 6.5 }),
    };

    private static ModelSchema Schema(FeatureColumn year, FeatureColumn share, PredictedColumn price, PredictedColumn tax) => new(
        [year, share, new FeatureColumn("colour") { Categories = ["red", "blue"] }],
        [price, tax], TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError);
}
