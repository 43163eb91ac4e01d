using System.Globalization;

namespace MicroGrad.Engine.Tests;

public sealed class GradValueTests
{
    [Fact]
    public void A_leaf_has_data_a_label_no_operation_and_no_inputs()
    {
        var a = new GradValue(1.5, "a");

        Assert.Equal((1.5, 0, "a", "", true), (a.Data, a.Grad, a.Label, a.Op, a.IsLeaf));
        Assert.Empty(a.Inputs);
        Assert.Null(new GradValue(1).Label);
    }

    [Fact]
    public void A_computed_value_knows_its_operation_and_its_ordered_inputs()
    {
        var (a, b) = (new GradValue(1), new GradValue(2));
        var c = b - a;

        Assert.Equal((1, "-", false), (c.Data, c.Op, c.IsLeaf));
        Assert.Equal([b, a], c.Inputs);
        Assert.Equal([a, a], (a + a).Inputs);
        Assert.Equal([a, b, b, a], GradValue.Dot([a, b], [b, a]).Inputs);
    }

    [Fact]
    public void Every_method_makes_a_node_of_its_operation()
    {
        GradValue a = 0.5;
        GradValue b = 2;
        (GradValue Node, string Op, double Data)[] nodes =
        [
            (a + b, "+", 2.5),
            (a - b, "-", -1.5),
            (a * b, "*", 1),
            (a / b, "/", 0.25),
            (-a, "neg", -0.5),
            (a.Pow(3), "^3", 0.125),
            (a.Pow(b), "^", 0.25),
            (a.Exp(), "exp", Math.Exp(0.5)),
            (a.Log(), "log", Math.Log(0.5)),
            (a.Sqrt(), "sqrt", Math.Sqrt(0.5)),
            ((-a).Abs(), "abs", 0.5),
            (a.Tanh(), "tanh", Math.Tanh(0.5)),
            (a.Sigmoid(), "sigmoid", 1 / (1 + Math.Exp(-0.5))),
            (a.Relu(), "relu", 0.5),
            ((-a).LeakyRelu(), "leakyrelu", -0.005),
            ((-a).Elu(), "elu", Math.Exp(-0.5) - 1),
            (a.Gelu(), "gelu", 0.34573123063700656),
            (a.Silu(), "silu", 0.5 / (1 + Math.Exp(-0.5))),
            (a.Softplus(), "softplus", Math.Log(1 + Math.Exp(0.5))),
            (a.Sin(), "sin", Math.Sin(0.5)),
            (a.Cos(), "cos", Math.Cos(0.5)),
            (a.Max(b), "max", 2),
            (a.Min(b), "min", 0.5),
            (GradValue.Sum(a, b, b), "sum", 4.5),
            (GradValue.Mean(a, b, b), "mean", 1.5),
            (GradValue.Dot([a, b], [b, b]), "dot", 5),
            (GradValue.LogSumExp(a, b), "logsumexp", Math.Log(Math.Exp(0.5) + Math.Exp(2))),
        ];

        Assert.All(nodes, item =>
        {
            Assert.Equal(item.Op, item.Node.Op);
            Close.Equal(item.Data, item.Node.Data, 1e-12, item.Op);
        });
    }

    [Fact]
    public void Softmax_gives_a_value_for_each_input_that_together_make_one()
    {
        var softmax = GradValue.Softmax(1, 2, 3);

        Assert.Equal(3, softmax.Length);
        Close.Equal([0.09003057317038046, 0.24472847105479767, 0.6652409557748219], softmax.Select(s => s.Data).ToArray(), 1e-15);
    }

    [Fact]
    public void Equality_is_identity()
    {
        var (a, b) = (new GradValue(1, "a"), new GradValue(1, "a"));

        Assert.False(a.Equals(b));
        Assert.True(a.Equals((object)a));
    }

    [Fact]
    public void The_inputs_are_a_copy()
    {
        var (a, b) = (new GradValue(1), new GradValue(2));
        var c = a + b;
        c.Inputs[0] = b;

        Assert.Equal([a, b], c.Inputs);
    }

    [Fact]
    public void An_array_handed_over_can_be_changed_afterwards()
    {
        GradValue[] list = [1, 2];
        var (sum, dot, exponentials) = (GradValue.Sum(list), GradValue.Dot(list, list), GradValue.LogSumExp(list));
        list[0] = 100;
        sum.Forward();
        dot.Forward();
        exponentials.Forward();

        Assert.Equal((3, 5), (sum.Data, dot.Data));
        Close.Equal(2.313261687518223, exponentials.Data, 1e-15);
    }

    [Fact]
    public void Null_is_refused_wherever_a_value_is_expected()
    {
        var a = new GradValue(1);

        Assert.Throws<GradException>(() => a + null!);
        Assert.Throws<GradException>(() => null! * a);
        Assert.Throws<GradException>(() => a.Max(null!));
        Assert.Throws<GradException>(() => GradValue.Sum(null!));
        Assert.Throws<GradException>(() => GradValue.Sum(a, null!));
        Assert.Throws<GradException>(() => GradValue.Dot([a], [null!]));
        Assert.Throws<GradException>(() => GradNode.List(null!));
    }

    [Fact]
    public void Text_round_trips_and_is_the_same_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("GradValue(data=0.1, grad=-2.5)", new GradValue(0.1) { Grad = -2.5 }.ToString());
            Assert.Equal("GradValue(data=1E+300, grad=0, label=a)", new GradValue(1e300, "a").ToString());
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Values_cannot_be_enumerated_so_that_no_pipeline_unrolls_them() =>
        Assert.False(typeof(System.Collections.IEnumerable).IsAssignableFrom(typeof(GradValue)));
}
