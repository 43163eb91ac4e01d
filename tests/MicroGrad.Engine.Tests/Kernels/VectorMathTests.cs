using MicroGrad.Kernels;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class VectorMathTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40), 100, 1001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_sum_of_squares_takes_each_number_once(int length)
    {
        var (x, _) = Draw(length);

        Close.Equal(x.Sum(a => a * a), VectorMath.SumOfSquares<double>(x), 1e-13);
        Close.Equal(x.Sum(a => a * a), VectorMath.SumOfSquares<float>(Array.ConvertAll(x, a => (float)a)), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_scaled_list_is_added_element_by_element_and_nowhere_else(int length)
    {
        var (x, y) = Draw(length);
        double[] target = [7, .. y, 7];

        VectorMath.AddScaled<double>(-0.5, x, target.AsSpan(1, length));

        Close.Equal([7, .. x.Zip(y, (a, b) => b - 0.5 * a), 7], target, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void One_number_that_is_not_finite_is_found_wherever_it_stands(int length)
    {
        var (x, _) = Draw(length);
        Assert.True(VectorMath.AllFinite<double>(x));

        for (var i = 0; i < length; i++)
        {
            foreach (var bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                var own = (double[])x.Clone();
                own[i] = bad;
                Assert.False(VectorMath.AllFinite<double>(own));
            }
        }
    }

    private static (double[] X, double[] Y) Draw(int length)
    {
        var random = new System.Random(length);
        return (Next(), Next());

        double[] Next() => [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
