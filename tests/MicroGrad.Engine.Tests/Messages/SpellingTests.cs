using MicroGrad.Messages;

namespace MicroGrad.Engine.Tests;

public sealed class SpellingTests
{
    private static readonly string[] Names = ["SepalLength", "SepalWidth", "Class", "X1", "X2", "Prijs", "price"];

    [Theory]
    [InlineData("Clas", "Class")]
    [InlineData("clsas", "Class")]
    [InlineData("SepalLenght", "SepalLength")]
    [InlineData("sepal_width", "SepalWidth")]
    [InlineData("Price ", "price")]
    public void The_nearest_name_is_meant(string given, string meant) =>
        Assert.Equal($" Did you mean '{meant}'?", Spelling.DidYouMean(given, Names));

    [Theory]
    [InlineData("X3")]
    [InlineData("")]
    [InlineData("Petal*")]
    [InlineData("Species")]
    public void A_name_that_is_like_none_is_not_guessed_at(string given) => Assert.Empty(Spelling.DidYouMean(given, Names));

    [Fact]
    public void Long_text_is_no_name() => Assert.Empty(Spelling.DidYouMean(new string('a', 101), [new string('a', 100)]));
}
