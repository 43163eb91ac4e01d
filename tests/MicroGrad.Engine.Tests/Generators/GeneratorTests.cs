using System.Numerics;
using MicroGrad.Generators;

namespace MicroGrad.Engine.Tests;

/// <summary>What the generators refuse, and what any of them can do. Their draws are compared in DigitForDigit.Tests.ps1.</summary>
public sealed class GeneratorTests
{
    public static TheoryData<RandomKind> Kinds => [.. Enum.GetValues<RandomKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_draws_and_another_gives_others(RandomKind kind)
    {
        Assert.Equal(Draws(kind.Create(7)), Draws(kind.Create(7)));
        Assert.NotEqual(Draws(kind.Create(7)), Draws(kind.Create(8)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_lie_from_0_to_below_1_and_integers_below_their_bound(RandomKind kind)
    {
        var random = kind.Create(3);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextDouble(), 0, 1 - 1e-17));
        for (var bound = 1; bound < 40; bound++)
        {
            Assert.All(Enumerable.Range(0, 50), _ => Assert.InRange(random.NextIndex(bound), 0, bound - 1));
        }

        Assert.Equal(Enumerable.Range(0, 5), Enumerable.Range(0, 500).Select(_ => random.NextIndex(5)).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Normal_numbers_have_mean_0_and_deviation_1(RandomKind kind)
    {
        const int Count = 20_000;
        var random = kind.Create(5);
        var numbers = Enumerable.Range(0, Count).Select(_ => random.NextNormal()).ToArray();
        var mean = numbers.Average();

        // Five standard errors.
        Assert.InRange(mean, -5 / Math.Sqrt(Count), 5 / Math.Sqrt(Count));
        Assert.InRange(numbers.Average(x => (x - mean) * (x - mean)), 1 - 5 * Math.Sqrt(2.0 / Count), 1 + 5 * Math.Sqrt(2.0 / Count));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void There_is_nothing_to_draw_from_where_the_bound_is_below_1(RandomKind kind)
    {
        var random = kind.Create(1);

        Assert.Equal("InvalidCount", Assert.Throws<GradException>(() => random.NextIndex(0)).ErrorId);
        Assert.Equal("InvalidCount", Assert.Throws<GradException>(() => random.NextIndex(-1)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_negative_seed_is_refused(RandomKind kind) =>
        Assert.Equal("InvalidSeed", Assert.Throws<GradException>(() => kind.Create(-1)).ErrorId);

    [Theory]
    [InlineData(RandomKind.NumPy, "4294967296")]
    [InlineData(RandomKind.EurekaLabs, "0")]
    public void A_seed_that_its_source_does_not_take_is_refused(RandomKind kind, string seed)
    {
        var number = BigInteger.Parse(seed, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal("InvalidSeed", Assert.Throws<GradException>(() => kind.Create(number)).ErrorId);
    }

    [Fact]
    public void A_permutation_holds_every_number_once_and_has_a_count_from_0_on()
    {
        var random = new NumPyRandom(1);

        Assert.Equal(Enumerable.Range(0, 100), random.Permutation(100).Order());
        Assert.Empty(random.Permutation(0));
        Assert.Equal("InvalidCount", Assert.Throws<GradException>(() => random.Permutation(-1)).ErrorId);
    }

    [Fact]
    public void An_unknown_generator_is_refused() =>
        Assert.Equal("UnknownRandomKind", Assert.Throws<GradException>(() => ((RandomKind)99).Create(1)).ErrorId);

    private static double[] Draws(IRandomSource random) =>
        [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble()), .. Enumerable.Range(0, 10).Select(_ => random.NextNormal())];

    /// <remarks>CPython 3.11: random.seed(42), then choices("abcd", [1, 2, 3, 4], k=12) and choices("abcd", k=8).</remarks>
    [Fact]
    public void Choices_are_Python_s()
    {
        var random = new PythonRandom(42);
        object[] letters = ["a", "b", "c", "d"];
        Assert.Equal("dabbdddacabc", string.Concat(random.Choices(letters, [1, 2, 3, 4], 12)));
        Assert.Equal("aaccacda", string.Concat(random.Choices(letters, count: 8)));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2.0 })]
    [InlineData(new[] { 0.0, 0.0, 0.0 })]
    [InlineData(new[] { 1.0, -1.0, 1.0 })]
    [InlineData(new[] { 1.0, double.NaN, 1.0 })]
    [InlineData(new[] { 1.0, double.PositiveInfinity, 1.0 })]
    public void Choices_by_wrong_weights_are_refused(double[] weights) =>
        Assert.Equal(
            "InvalidWeight",
            Assert.Throws<GradException>(() => new PythonRandom(1).Choices(["a", "b", "c"], weights)).ErrorId);

    [Fact]
    public void What_weighs_nothing_is_never_drawn() =>
        Assert.All(new PythonRandom(1).Choices(["a", "b", "c"], [0, 1, 0], 100), item => Assert.Equal("b", item));
}
