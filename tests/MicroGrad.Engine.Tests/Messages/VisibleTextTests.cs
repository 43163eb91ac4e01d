using MicroGrad.Messages;

namespace MicroGrad.Engine.Tests;

public class VisibleTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain, ä 漢 👩\u200D💻", "plain, ä 漢 👩\u200D💻")]
    [InlineData("\u0000\u0007\u001B[31m\r\n\t\u007F", "\u2400\u2407\u241B[31m\u240D\u240A\u2409\u2421")]
    [InlineData("a\u0085b\u009Bc", "a<U+0085>b<U+009B>c")]
    [InlineData("\u202Egpj\u2066x\u2069\u2028", "<U+202E>gpj<U+2066>x<U+2069><U+2028>")]
    [InlineData("שלום\u200F!", "שלום\u200F!")]
    [InlineData("\uD83D", "\uD83D")]
    public void Steering_characters_are_visible_and_others_stay(string text, string expected) =>
        Assert.Equal(expected, VisibleText.Of(text));

    [Fact]
    public void Visible_text_stays_as_it_is()
    {
        var text = new string([.. Enumerable.Range(0, 0x3000).Select(code => (char)code)]);
        var visible = VisibleText.Of(text);
        Assert.Equal(visible, VisibleText.Of(visible));
        Assert.DoesNotContain(visible, char.IsControl);
    }

    [Fact]
    public void A_message_is_one_line_and_a_long_one_keeps_its_beginning_and_its_end()
    {
        Assert.Equal("a b c", VisibleText.Message("a\r\nb\nc"));
        var message = VisibleText.Message("Begins. " + new string('x', 100_000) + " Ends.");
        Assert.Equal(VisibleText.LongestMessage, message.Length);
        Assert.StartsWith("Begins. x", message, StringComparison.Ordinal);
        Assert.EndsWith("x Ends.", message, StringComparison.Ordinal);
        Assert.Equal(message, new GradException("SomeId", "Begins. " + new string('x', 100_000) + " Ends.").Message);
    }
}
