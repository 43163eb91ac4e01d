using System.Text.Json;
using MicroGrad.Rendering.Text;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class EscapingTests
{
    public static TheoryData<string> Labels => Examples.HardLabels();

    [Theory]
    [MemberData(nameof(Labels))]
    public void Json_gives_a_label_back(string label)
    {
        using var json = JsonDocument.Parse(Render(label, GraphFormat.Json));
        var read = json.RootElement.GetProperty("nodes")[0].GetProperty("label").GetString();

        Assert.Equal(label, read);
        Assert.Equal(read, json.RootElement.GetProperty("title").GetString());
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Dot_keeps_a_label_inside_its_quotes(string label)
    {
        foreach (var line in Render(label, GraphFormat.Dot).Split('\n'))
        {
            var quotes = line.Replace(@"\\", "", StringComparison.Ordinal).Replace("\\\"", "", StringComparison.Ordinal).Count(c => c == '"');
            Assert.True(quotes % 2 == 0, line);
        }
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Mermaid_keeps_a_label_inside_its_quotes(string label)
    {
        var line = Render(label, GraphFormat.Mermaid).Split('\n').Single(l => l.StartsWith("  n0[", StringComparison.Ordinal));
        var text = line["  n0[\"".Length..^"\"]".Length].Replace("<br/>", "", StringComparison.Ordinal);

        Assert.DoesNotContain(text, c => c is '"' or '<' or '>' or '`' or '\\' or '[' or ']' or '&' or '*');
    }

    [Theory]
    [InlineData("a|b {c}  <d> ", @"a\|b \{c\} \ \<d\>\ ")]
    [InlineData("x\ny\\n", @"x\ny\\n")]
    [InlineData("R&D \"q\"", "R&amp;D \\\"q\\\"")]
    public void Fields_of_records_are_escaped_as_graphviz_reads_them(string label, string expected) =>
        Assert.Equal(expected, LabelText.DotField(label));

    [Fact]
    public void What_no_text_can_hold_is_replaced()
    {
        Assert.Equal("a\u2407b\ufffdc d\ne\nf", LabelText.Printable("a\u0007b\ud83dc\td\re\r\nf"));
        using var json = JsonDocument.Parse(Render("half\ud83d", GraphFormat.Json));
        Assert.Equal("half\ufffd", json.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public void Long_labels_are_cut_between_characters()
    {
        Assert.Equal("abc…", LabelText.OneLine("abcdef", 4));
        Assert.Equal("abcd", LabelText.OneLine("abcd", 4));
        Assert.Equal("漢…", LabelText.OneLine("漢字漢字", 4));
        Assert.Equal("👩‍👩‍👧…", LabelText.OneLine("👩‍👩‍👧👩‍👩‍👧", 3));
    }

    private static string Render(string label, GraphFormat format)
    {
        var value = new GradValue(1, label).Tanh();
        return GraphRenderer.Render(value, new RenderOptions { Format = format, Title = label });
    }
}
