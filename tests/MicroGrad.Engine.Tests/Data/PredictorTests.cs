using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class PredictorTests
{
    [Fact]
    public void A_model_without_a_schema_predicts_its_outputs()
    {
        var one = new Predictor(Doubling(1), ["x"]).Predict(["1.5"], 1);
        var two = new Predictor(Doubling(2), ["x"]).Predict([1.5], 1);

        Assert.Equal((3.0, null), (one.Value, one.Probability));
        Assert.Equal([3, 3], Assert.IsType<double[]>(two.Value));
    }

    [Fact]
    public void Binary_classes_are_predicted_by_name_with_the_probability_of_the_one_predicted()
    {
        var model = Doubling(1);
        model.Schema = Schemas.Learn(model, Table("no", "yes"), LossKind.BinaryCrossEntropy);
        var predictor = new Predictor(model, ["x"]);

        var (yes, no) = (predictor.Predict([0.5], 1), predictor.Predict([-0.5], 2));

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

        var prediction = new Predictor(model, ["x"]).Predict([1], 1);

        Assert.Equal("c", prediction.Value);
        Close.Equal(0.6652409557748219, prediction.Probability!.Value, 1e-15);
    }

    [Fact]
    public void Numeric_classes_are_predicted_as_numbers_and_a_margin_has_no_probability()
    {
        var model = Doubling(1);
        model.Schema = Schemas.Learn(model, Table(-1, 1), LossKind.Hinge);

        var prediction = new Predictor(model, ["x"]).Predict([-2], 1);

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
        var error = Assert.Throws<GradException>(() => new Predictor(Doubling(1), ["x"]).Predict(["red"], 12));
        Assert.Equal("NotANumber", error.ErrorId);
        Assert.Contains("Row 12 has 'red' in column 'x'", error.Message, StringComparison.Ordinal);
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

        return table;
    }
}
