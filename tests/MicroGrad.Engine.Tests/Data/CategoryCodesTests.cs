using System.Text;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class CategoryCodesTests
{
    [Fact]
    public void Noted_texts_are_told_apart_by_every_byte_and_by_length()
    {
        string[] texts =
        [
            "a", "a\0", "a\0\0", "ab", "b", "aba", "abb", "aab", "abcd", "abce", "abcdd", "abcde", "abcdbcde", "abcdefg", "abcdefgh", "abcdefgi", "Xbcdefgh", "abcXefgh",
            "abcdXfgh", "é", "ö", "日本", "abcd\0", "\0", "\0\0",
        ];
        var codes = new CategoryCodes();
        foreach (var text in texts)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Assert.False(codes.TryRecent(utf8, out _), text);
            codes.Note(utf8, codes.CodeOf(text));
            Assert.True(codes.TryRecent(utf8, out var code), text);
            Assert.Equal(codes.CodeOf(text), code);
        }

        // A later text may have taken the place of an earlier one, but never answers for it.
        foreach (var (place, text) in texts.Index())
        {
            Assert.True(!codes.TryRecent(Encoding.UTF8.GetBytes(text), out var code) || code == place, text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghi")]
    public void Empty_and_long_texts_are_not_noted(string text)
    {
        var codes = new CategoryCodes();
        codes.Note(Encoding.UTF8.GetBytes(text), codes.CodeOf(text));
        Assert.False(codes.TryRecent(Encoding.UTF8.GetBytes(text), out _));
    }
}
