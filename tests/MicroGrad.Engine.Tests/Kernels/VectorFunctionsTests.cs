using System.Runtime.Intrinsics;
using MicroGrad.Formulas;
using MicroGrad.Kernels;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class VectorFunctionsTests
{
    private static readonly double[] Points =
    [
        .. new[] { 0, 1e-300, 1e-20, 1e-9, 1e-4, 0.01, 0.17, 0.35, 0.5, 0.7, 1, 1.5, 2, 3.3, 5, 9.9, 17, 19.5, 22, 40, 85 },
        .. Enumerable.Range(0, 500).Select(i => 0.011 * i),
    ];

    [Theory]
    [InlineData("ExpOfNegative")]
    [InlineData("Expm1OfNegative")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Log1pOfFraction")]
    [InlineData("Softplus")]
    public void A_function_has_nearly_all_digits_of_its_value_at_every_size(string name)
    {
        var x = name switch
        {
            "ExpOfNegative" or "Expm1OfNegative" => Array.ConvertAll(Points, p => -p),
            "Log1pOfFraction" => [.. Points.Where(p => p <= 1)],
            _ => [.. Points, .. Points.Select(p => -p)],
        };
        Func<double, double> expected = name switch
        {
            "ExpOfNegative" => Math.Exp,
            "Expm1OfNegative" => Operations.SpecialFunctions.Expm1,
            "Tanh" => Math.Tanh,
            "Sigmoid" => Operations.Sigmoid.Instance.Value,
            "Log1pOfFraction" => Operations.SpecialFunctions.Log1p,
            _ => Operations.Softplus.Instance.Value,
        };

        Check(Apply<double>(name, x), x, expected, 2e-15);
        var single = Array.ConvertAll(x, p => (double)(float)p);
        Check(Apply<float>(name, single), single, expected, 5e-7);

        void Check(double[] actual, double[] points, Func<double, double> function, double tolerance)
        {
            for (var i = 0; i < points.Length; i++)
            {
                // Relative to the value itself, however small; a float has no 1e-300.
                var value = function(points[i]);
                var error = Math.Abs(actual[i] - value);
                Assert.True(
                    error <= tolerance * Math.Abs(value) || (tolerance > 1e-8 && Math.Abs(value) < 1e-37),
                    $"{name}({points[i]:R}) is {actual[i]:R} instead of {value:R}, off by {error / Math.Abs(value)}");
            }
        }
    }

    [Fact]
    public void Far_out_functions_reach_their_limits_and_NaN_stays_NaN()
    {
        double[] far = [-1e308, double.NegativeInfinity, -800, 800, double.PositiveInfinity, 1e308, double.NaN];

        Assert.Equal([-1, -1, -1, 1, 1, 1, double.NaN], Apply<double>("Tanh", far));
        Assert.Equal([0, 0, 0, 1, 1, 1, double.NaN], Apply<double>("Sigmoid", far));
        Assert.Equal([0, 0, 0, 800, double.PositiveInfinity, 1e308, double.NaN], Apply<double>("Softplus", far));
        Assert.Equal([-1, -1, 1, 1, double.NaN], Apply<float>("Tanh", [-800, -1e30, 800, 1e30, double.NaN]));
    }

    [Fact]
    public void Zero_keeps_its_sign_through_tanh() =>
        Assert.True(double.IsNegative(Apply<double>("Tanh", [-0.0])[0]) && !double.IsNegative(Apply<double>("Tanh", [0.0])[0]));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void What_stands_in_other_lanes_changes_no_bit(int shift)
    {
        double[] x = [0.3, -1.7, 5, -0.02, 33, 0.9, -8, 2.5, 0.11];

        var moved = Apply<double>("Tanh", [.. Enumerable.Repeat(double.NaN, shift), .. x]);

        Assert.Equal(Apply<double>("Tanh", x), moved[shift..]);
    }

    private static double[] Apply<T>(string name, double[] x)
        where T : unmanaged
    {
        var results = Array.ConvertAll(Batched.ToVectors<T>(x), v => name switch
        {
            "ExpOfNegative" => VectorFunctions.ExpOfNegative(v),
            "Expm1OfNegative" => VectorFunctions.Expm1OfNegative(v),
            "Tanh" => VectorFunctions.Tanh(v),
            "Sigmoid" => Operations.Sigmoid.Value(new VectorReal<T>(v)).Lanes,
            "Log1pOfFraction" => VectorFunctions.Log1pOfFraction(v),
            _ => Operations.Softplus.Value(new VectorReal<T>(v)).Lanes,
        });
        return Batched.Numbers(results, x.Length);
    }
}
