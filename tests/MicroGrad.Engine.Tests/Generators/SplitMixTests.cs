using MicroGrad.Generators;

namespace MicroGrad.Engine.Tests;

public sealed class SplitMixTests
{
    // The first outputs of Vigna's splitmix64.c from the state 1234567, as published with it for checking.
    [Fact]
    public void Draws_are_those_of_the_published_generator() =>
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(i => SplitMix.At(1234567, (ulong)i)));

    [Fact]
    public void A_uniform_draw_lies_from_0_to_below_1()
    {
        var draws = Enumerable.Range(0, 10000).Select(i => SplitMix.UniformAt(1, (ulong)i)).ToArray();

        Assert.All(draws, draw => Assert.True(draw is >= 0 and < 1));
        Assert.Equal(0.5, draws.Average(), 4 / Math.Sqrt(12 * draws.Length));
    }
}
