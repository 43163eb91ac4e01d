using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class PredictorTests
{
    public static TheoryData<Activation, int> Networks
    {
        get
        {
            var data = new TheoryData<Activation, int>();
            foreach (var activation in Enum.GetValues<Activation>())
            {
                data.Add(activation, 1);
                data.Add(activation, 3);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Rows_answered_together_have_the_bits_that_each_has_alone(Activation activation, int outputs)
    {
        var random = new System.Random(1);
        var model = new Mlp(3, [17, 9, outputs], activation, random: new PythonRandom(1));
        var together = new Predictor(model, ["a", "b", "c"]);
        foreach (var rows in new[] { 1, 7, 8, 9, 31, Predictor.MaxRows, 2 })
        {
            var expected = new List<object>();
            for (var r = 0; r < rows; r++)
            {
                object?[] cells = [6 * random.NextDouble() - 3, 6 * random.NextDouble() - 3, 6 * random.NextDouble() - 3];
                together.Add(cells, r + 1);
                expected.Add(Predict(new(model, ["a", "b", "c"]), cells).Value);
            }

            Assert.Equal(expected, together.Predict().Select(prediction => prediction.Value));
        }
    }

    [Fact]
    public void A_row_that_is_wrong_leaves_the_others_in_their_places()
    {
        var predictor = new Predictor(Doubling(1), ["x"]);
        predictor.Add([1], 1);
        Assert.Throws<GradException>(() => predictor.Add(["red"], 2));
        predictor.Add([3], 3);

        Assert.Equal([2.0, 6.0], predictor.Predict().Select(prediction => prediction.Value));
        Assert.Empty(predictor.Predict());
    }

    [Fact]
    public void A_model_without_a_schema_predicts_its_outputs()
    {
        var one = Predict(new(Doubling(1), ["x"]), "1.5");
        var two = Predict(new(Doubling(2), ["x"]), 1.5);

        Assert.Equal((3.0, null), (one.Value, one.Probability));
        Assert.Equal([3, 3], Assert.IsType<double[]>(two.Value));
    }

    [Fact]
    public void Binary_classes_are_predicted_by_name_with_the_probability_of_the_one_predicted()
    {
        var model = Doubling(1);
        model.Schema = Schemas.Learn(model, Table("no", "yes"), LossKind.BinaryCrossEntropy);
        var predictor = new Predictor(model, ["x"]);

        var (yes, no) = (Predict(predictor, 0.5), Predict(predictor, -0.5));

        Assert.Equal(("yes", "no"), (yes.Value, no.Value));
        Close.Equal(0.7310585786300049, yes.Probability!.Value, 1e-15);
        Close.Equal(0.7310585786300049, no.Probability!.Value, 1e-15);
    }

    [Fact]
    public void Many_classes_are_predicted_by_the_softmax_of_their_outputs()
    {
        var model = new Mlp(1, [3]);
        model.SetParameters([1, 0, 2, 0, 3, 0]);
        model.Schema = Schemas.Learn(model, Table("a", "b", "c"), LossKind.CrossEntropy);

        var prediction = Predict(new(model, ["x"]), 1);

        Assert.Equal("c", prediction.Value);
        Close.Equal(0.6652409557748219, prediction.Probability!.Value, 1e-15);
    }

    [Fact]
    public void Numeric_classes_are_predicted_as_numbers_and_a_margin_has_no_probability()
    {
        var model = Doubling(1);
        model.Schema = Schemas.Learn(model, Table(-1, 1), LossKind.Hinge);

        var prediction = Predict(new(model, ["x"]), -2);

        Assert.Equal((-1.0, null), (prediction.Value, prediction.Probability));
    }

    [Fact]
    public void Outputs_with_their_graph_reach_the_models_parameters()
    {
        var model = Doubling(1);
        var output = Assert.Single(new Predictor(model, ["x"]).Outputs([1.5], 1));
        output.Backward();

        Assert.Equal((3, 1.5, 1), (output.Data, model.Parameters[0].Grad, model.Parameters[1].Grad));
    }

    [Fact]
    public void Columns_and_cells_that_do_not_fit_are_refused()
    {
        Assert.Equal("SizeMismatch", Assert.Throws<GradException>(() => new Predictor(Doubling(1), ["x", "y"])).ErrorId);
        var error = Assert.Throws<GradException>(() => new Predictor(Doubling(1), ["x"]).Add(["red"], 12));
        Assert.Equal("NotANumber", error.ErrorId);
        Assert.Contains("Row 12 has 'red' in column 'x'", error.Message, StringComparison.Ordinal);
    }

    private static Prediction Predict(Predictor predictor, params object?[] cells)
    {
        predictor.Add(cells, 1);
        return Assert.Single(predictor.Predict());
    }

    private static Mlp Doubling(int outputs)
    {
        var model = new Mlp(1, [outputs]);
        model.SetParameters([.. Enumerable.Repeat(new double[] { 2, 0 }, outputs).SelectMany(p => p)]);
        return model;
    }

    private static SampleTable Table(params object[] classes)
    {
        var table = Schemas.Table(["x"], ["y"]);
        for (var r = 0; r < classes.Length; r++)
        {
            table.Add([r, classes[r]], r + 1);
        }

        return table.Build();
    }
}
