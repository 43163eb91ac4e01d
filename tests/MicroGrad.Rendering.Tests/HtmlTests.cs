using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MicroGrad.Rendering.Plots;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class HtmlTests
{
    private static readonly RenderOptions HtmlOptions = new() { Format = GraphFormat.Html };

    public static TheoryData<string> Labels => Examples.HardLabels();

    public static TheoryData<string> Pages => ["graph", "network", "training", "folded"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_needs_nothing_from_outside(string name)
    {
        var page = Page(name);

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Empty(Regex.Matches(page, @"\b(src|href)\s*="));
        Assert.Empty(Regex.Matches(page, @"@import|url\((?!#)"));
        Assert.All(Regex.Matches(page, "https?://[^\"' ]*"), match => Assert.Equal("http://www.w3.org/2000/svg", match.Value));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_drawing_in_a_page_is_valid_xml(string name)
    {
        var drawings = Regex.Matches(Page(name), "<svg .*?</svg>", RegexOptions.Singleline);

        Assert.NotEmpty(drawings);
        Assert.All(drawings, match => XDocument.Parse(match.Value));
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void Labels_stay_text(string label)
    {
        var page = GraphRenderer.Render(new GradValue(1, label).Tanh(), HtmlOptions with { Title = label });

        // One script of data, one of code.
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.Equal(2, Regex.Count(page, "</script"));
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.Equal(label.Replace('\n', ' ').Replace('\t', ' '), Data(page).GetProperty("nodes")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_lesson_has_what_the_chain_rule_takes()
    {
        var graph = Examples.LectureGraph();
        var nodes = Data(GraphRenderer.Render(graph, HtmlOptions)).GetProperty("nodes").EnumerateArray().ToArray();
        var gradients = new double[nodes.Length];
        gradients[^1] = 1;
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            foreach (var (input, local) in nodes[i].GetProperty("inputs").EnumerateArray().Zip(nodes[i].GetProperty("local").EnumerateArray()))
            {
                gradients[input.GetInt32()] += gradients[i] * local.GetDouble();
            }
        }

        Assert.Equal(GradNode.List(graph).Select(node => node.Grad), gradients);
    }

    [Fact]
    public void Every_node_and_every_use_of_one_has_an_address()
    {
        var a = new GradValue(3, "a");
        var page = GraphRenderer.Render((a * a) + a, HtmlOptions);

        Assert.Equal(["0", "1", "2"], Regex.Matches(First(page), "data-node=\"(\\d+)\"").Select(m => m.Groups[1].Value));
        Assert.Equal(
            ["0>1/0", "0>1/1", "1>2/0", "0>2/1"],
            Regex.Matches(First(page), "data-from=\"(\\d+)\" data-to=\"(\\d+)\" data-input=\"(\\d+)\"").Select(m => $"{m.Groups[1]}>{m.Groups[2]}/{m.Groups[3]}"));
    }

    [Fact]
    public void A_training_has_weights_and_loss_of_each_epoch()
    {
        var (model, history) = Training(5);
        var frames = Data(GraphRenderer.RenderTraining(model, history)).GetProperty("frames").EnumerateArray().ToArray();

        Assert.Equal(5, frames.Length);
        foreach (var (expected, frame) in history.Zip(frames))
        {
            Assert.Equal(expected.Loss, frame.GetProperty("loss").GetDouble());
            var neuron = model.InputCount + 1;
            Assert.Equal(
                expected.Parameters!.Take(3 * neuron).Where((_, i) => i % neuron < model.InputCount),
                frame.GetProperty("weights").EnumerateArray().Take(3 * model.InputCount).Select(w => w.GetDouble()));
            Assert.Equal(expected.Parameters![^1], frame.GetProperty("biases").EnumerateArray().Last().GetDouble());
        }
    }

    [Fact]
    public void A_training_without_history_or_with_another_models_is_refused()
    {
        var (model, history) = Training(1);

        Assert.Equal("EmptyHistory", Assert.Throws<GradException>(() => GraphRenderer.RenderTraining(model, [])).ErrorId);
        Assert.Equal("SizeMismatch", Assert.Throws<GradException>(() => GraphRenderer.RenderTraining(new Mlp(7, [1]), history)).ErrorId);
    }

    [Fact]
    public void A_training_of_two_inputs_has_a_map_over_its_rows()
    {
        var (model, history) = Training(1);
        PlotRow[] rows = [new(0, 10, "a"), new(1, 20, "b"), new(0.5, 15, "c < d")];

        Assert.Equal("TooManyClasses", Assert.Throws<GradException>(() => GraphRenderer.RenderTraining(model, history, rows: rows)).ErrorId);
        Assert.Equal("EmptyData", Assert.Throws<GradException>(() => GraphRenderer.RenderTraining(model, history, rows: [])).ErrorId);
        var data = Data(GraphRenderer.RenderTraining(model, history, rows: rows[..2]));

        Assert.Equal([0, 10, 0], data.GetProperty("map").GetProperty("points")[0].EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal(history[0].Parameters!, data.GetProperty("frames")[0].GetProperty("parameters").EnumerateArray().Select(number => number.GetDouble()));
        var wider = new Mlp(3, [1]);
        EpochResult[] itsHistory = [history[0] with { Parameters = wider.CopyParameters() }];
        Assert.Equal("NotTwoInputs", Assert.Throws<GradException>(() => GraphRenderer.RenderTraining(wider, itsHistory, rows: rows)).ErrorId);
    }

    [Fact]
    public void Pages_do_not_depend_on_the_culture() => Assert.All(
        new[] { "graph", "network", "training" },
        name => Assert.Equal(Page(name), Examples.UnderCommaCulture(() => Page(name))));

    private static string Page(string name)
    {
        switch (name)
        {
            case "graph":
                return GraphRenderer.Render(Examples.LectureGraph(), HtmlOptions);
            case "network":
                return GraphRenderer.Render(Examples.LectureModel(), HtmlOptions);
            case "folded":
                return GraphRenderer.Render(Examples.MoonsGraph(), HtmlOptions with { MaximumNodeCount = 40 });
            default:
                var (model, history) = Training(3);
                return GraphRenderer.RenderTraining(model, history);
        }
    }

    /// <summary>The first form of a page's drawing.</summary>
    private static string First(string page) => page[..page.IndexOf("</svg>", StringComparison.Ordinal)];

    private static JsonElement Data(string page)
    {
        var json = Regex.Match(page, "id=\"data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static (Mlp Model, EpochResult[] History) Training(int epochs)
    {
        var model = new Mlp(2, [3, 1]);
        var history = Examples.Epochs(epochs).Select(result =>
        {
            foreach (var parameter in model.Parameters)
            {
                parameter.Data *= 1.1;
            }

            return result with { Parameters = model.CopyParameters() };
        });
        return (model, [.. history]);
    }
}
