namespace MicroGrad.Engine.Tests;

public sealed class ListFunctionTests
{
    private static GradValue[] X => Values(0.5, -1.25, 2);

    private static GradValue[][] W => [Values(1, 2, 3), Values(-0.5, 0, 4)];

    [Fact]
    public void A_linear_map_is_weights_times_inputs_plus_bias()
    {
        var (x, w, b) = (X, W, Values(10, -1));
        Assert.Equal([4, 7.75], Data(GradValue.Linear(x, w)));
        var y = GradValue.Linear(x, w, b);
        Assert.Equal([14, 6.75], Data(y));

        GradValue.Sum(y).Backward();
        Assert.Equal([0.5, 2, 7], Grad(x));
        Assert.Equal([0.5, -1.25, 2], Grad(w[0]));
        Assert.Equal([1, 1], Grad(b));
    }

    [Fact]
    public void A_linear_map_is_one_node_an_output_whatever_the_inputs()
    {
        var y = GradValue.Linear([.. Enumerable.Repeat(0, 50).Select(_ => new GradValue(1))], [Ones(50), Ones(50)]);
        Assert.Equal(50 + 100 + 2 + 1, GradNode.List(GradValue.Sum(y)).Count);
    }

    [Fact]
    public void Lists_are_added_and_scaled_place_by_place()
    {
        var (x, factor) = (X, new GradValue(-2));
        Assert.Equal([1.5, -0.25, 3], Data(GradValue.Add(x, Values(1, 1, 1))));
        var scaled = GradValue.Scale(x, factor);
        Assert.Equal([-1, 2.5, -4], Data(scaled));
        Assert.Equal([1, -2.5, 4], Data(GradValue.Scale(x, 2)));

        GradValue.Sum(scaled).Backward();
        Assert.Equal(1.25, factor.Grad);
        Assert.Equal([-2, -2, -2], Grad(x));
    }

    [Fact]
    public void Relu_is_taken_of_each_value()
    {
        var x = X;
        var y = GradValue.Relu(x);
        Assert.Equal([0.5, 0, 2], Data(y));
        GradValue.Sum(y).Backward();
        Assert.Equal([1, 0, 1], Grad(x));
    }

    [Fact]
    public void Normalized_values_have_the_mean_square_1_and_no_derivative_along_themselves()
    {
        var x = X;
        var y = GradValue.RmsNorm(x, 0);
        Close.Equal(3, Data(y).Sum(v => v * v), 1e-14);
        var rms = Math.Sqrt((0.25 + 1.5625 + 4) / 3);
        Close.Equal([0.5 / rms, -1.25 / rms, 2 / rms], Data(y), 1e-15);

        // Longer values are normalized to the same: the gradient is orthogonal to them.
        GradValue.Dot(y, Values(1, 2, 3)).Backward();
        Close.Equal(0, Grad(x).Zip(Data(x), (g, v) => g * v).Sum(), 1e-14);
        Assert.Equal([0, 0], Data(GradValue.RmsNorm(Values(0, 0))));
        Assert.Empty(GradValue.RmsNorm([]));
    }

    [Fact]
    public void Cross_entropy_is_minus_the_logarithm_of_the_softmax_at_any_size()
    {
        var logits = X;
        var cost = GradValue.CrossEntropy(logits, 1);
        var shares = Data(GradValue.Softmax(logits));
        Close.Equal(-Math.Log(shares[1]), cost.Data, 1e-14);

        cost.Backward();
        Close.Equal([shares[0], shares[1] - 1, shares[2]], Grad(logits), 1e-15);
        Assert.Equal(2000, GradValue.CrossEntropy(Values(1000, -1000), 1).Data);
    }

    [Fact]
    public void A_gathered_value_alone_gets_the_gradient()
    {
        var (x, place) = (X, new GradValue(2));
        var found = GradValue.Gather(x, place);
        Assert.Equal(2, found.Data);
        (3 * found).Backward();
        Assert.Equal([0, 0, 3], Grad(x));
        Assert.Equal(0, place.Grad);

        place.Data = 0;
        found.Forward();
        Assert.Equal(0.5, found.Data);
        place.Data = 0.5;
        found.Forward();
        Assert.Equal(double.NaN, found.Data);
    }

    [Fact]
    public void A_gathered_row_is_found_anew_for_each_row_of_a_compiled_function()
    {
        var table = W;
        Assert.Equal([-0.5, 0, 4], Data(GradValue.GatherRow(table, 1)));
        var function = GradFunction.Compile(
            v => GradValue.Dot(GradValue.GatherRow([[v[0], v[1]], [v[2], v[3]]], v[4]), [v[5], 1]), "a", "b", "c", "d", "place", "x");
        var (values, gradients) = function.EvaluateMany([[1, 2, 3, 4, 0, 10], [1, 2, 3, 4, 1, 10], [1, 2, 3, 4, 2, 10], [1, 2, 3, 4, 0.5, 10]]);

        Assert.Equal([12, 34, double.NaN, double.NaN], values);
        Assert.Equal([10, 1, 0, 0, 0, 1], gradients[0]);
        Assert.Equal([0, 0, 10, 1, 0, 3], gradients[1]);
    }

    [Fact]
    public void Lengths_and_places_that_do_not_fit_are_refused()
    {
        Refuses("LengthMismatch", () => GradValue.Linear(X, [Values(1, 2)]));
        Refuses("LengthMismatch", () => GradValue.Linear(X, W, Values(1)));
        Refuses("LengthMismatch", () => GradValue.Add(X, Values(1)));
        Refuses("LengthMismatch", () => GradValue.GatherRow([Values(1), Values(1, 2)], 0));
        Refuses("IndexOutOfRange", () => GradValue.CrossEntropy(X, 3));
        Refuses("IndexOutOfRange", () => GradValue.CrossEntropy(X, -1));
        Refuses("IndexOutOfRange", () => GradValue.Gather(X, 3));
        Refuses("IndexOutOfRange", () => GradValue.Gather(X, 0.5));
        Refuses("IndexOutOfRange", () => GradValue.GatherRow([], 0));
        Refuses("EmptyInput", () => GradValue.Softmax());
        Refuses("NothingGiven", () => GradValue.Linear(X, [null!]));

        static void Refuses(string id, Action call) => Assert.Equal(id, Assert.Throws<GradException>(call).ErrorId);
    }

    private static GradValue[] Values(params double[] data) => Array.ConvertAll(data, x => new GradValue(x));

    private static GradValue[] Ones(int count) => Values([.. Enumerable.Repeat(1.0, count)]);

    private static double[] Data(GradValue[] values) => Array.ConvertAll(values, value => value.Data);

    private static double[] Grad(GradValue[] values) => Array.ConvertAll(values, value => value.Grad);
}
