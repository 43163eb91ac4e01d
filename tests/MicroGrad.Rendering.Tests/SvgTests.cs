using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class SvgTests
{
    private static readonly XNamespace SvgNamespace = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Labels => Examples.HardLabels();

    [Theory]
    [MemberData(nameof(Labels))]
    public void Labels_and_titles_come_back_from_the_xml(string label)
    {
        var text = GraphRenderer.Render(new GradValue(1, label).Tanh(), new RenderOptions { Format = GraphFormat.Svg, Title = label });
        var document = XDocument.Parse(text);

        Assert.Equal(label.Replace('\t', ' '), document.Root!.Element(SvgNamespace + "title")!.Value);
        Assert.StartsWith(label.Replace('\t', ' ') + "\nleaf\n", document.Descendants(SvgNamespace + "title").ElementAt(1).Value, StringComparison.Ordinal);
        Assert.DoesNotContain(document.Descendants(), e => e.Name.LocalName is "script" or "b");
    }

    [Fact]
    public void A_box_shows_label_data_and_gradient_and_the_operation_before_it()
    {
        var document = XDocument.Parse(GraphRenderer.Render(Examples.Manual(), new RenderOptions { Format = GraphFormat.Svg, Precision = 1 }));
        var root = document.Descendants(SvgNamespace + "g").Single(g => ((string?)g.Attribute("class"))?.Contains("root", StringComparison.Ordinal) == true);

        Assert.Equal(["*", "L", "data -8.0", "grad 1.0"], root.Elements(SvgNamespace + "text").Select(e => e.Value));
    }

    [Fact]
    public void Direction_and_boxes_are_chosen_so_that_text_is_large()
    {
        var chain = Enumerable.Range(0, 6).Aggregate(new GradValue(1, "x"), (value, _) => value.Tanh());
        Assert.True(SizeOf(chain, null).Height > SizeOf(chain, null).Width, "six operations in a row are too wide for a page");
        Assert.True(SizeOf(chain, GraphDirection.LeftToRight).Width > SizeOf(chain, GraphDirection.LeftToRight).Height);
        Assert.InRange(SizeOf(Examples.Manual(), null).Width, 500, 830);

        static (double Width, double Height) SizeOf(GradValue root, GraphDirection? direction)
        {
            var svg = XDocument.Parse(GraphRenderer.Render(root, new RenderOptions { Format = GraphFormat.Svg, Direction = direction })).Root!;
            return ((double)svg.Attribute("width")!, (double)svg.Attribute("height")!);
        }
    }

    [Fact]
    public void Colours_of_gradients_have_a_legend()
    {
        var options = new RenderOptions { ColorByGradient = true };
        var texts = XDocument.Parse(GraphRenderer.Render(Examples.Manual(), options with { Format = GraphFormat.Svg }))
            .Descendants(SvgNamespace + "g").Single(g => (string?)g.Attribute("class") == "legend").Elements(SvgNamespace + "text").Select(text => text.Value);

        Assert.Equal(["grad above 0", "below 0", "NaN", "strongest |grad| 6.0000"], texts);
        Assert.Contains("blue where grad is above 0", GraphRenderer.Render(Examples.Manual(), options), StringComparison.Ordinal);
        Assert.Contains("blue where grad is above 0", GraphRenderer.Render(Examples.Manual(), options with { Format = GraphFormat.Mermaid }), StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_weights_are_dashed_in_every_format()
    {
        var model = new Mlp(1, [2]);
        (model.Parameters[0].Data, model.Parameters[2].Data) = (-1, 1);

        Assert.Equal(1, Regex.Count(GraphRenderer.Render(model), "style=dashed"));
        Assert.Equal(1, Regex.Count(GraphRenderer.Render(model, new RenderOptions { Format = GraphFormat.Mermaid }), "stroke-dasharray"));
        Assert.Contains(".w.m{stroke:var(--minus);stroke-dasharray", GraphRenderer.Render(model, new RenderOptions { Format = GraphFormat.Svg }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_has_colours_for_light_and_dark() => Assert.Contains(
        "prefers-color-scheme:dark",
        GraphRenderer.Render(Examples.LectureModel(), new RenderOptions { Format = GraphFormat.Svg }),
        StringComparison.Ordinal);

    [Fact]
    public void A_network_shows_a_circle_a_neuron_and_a_line_a_weight()
    {
        var document = XDocument.Parse(GraphRenderer.Render(Examples.LectureModel(), new RenderOptions { Format = GraphFormat.Svg }));

        Assert.Equal(3 + 4 + 4 + 1, document.Descendants(SvgNamespace + "circle").Count());
        Assert.Equal(12 + 16 + 4, document.Descendants(SvgNamespace + "path").Count(e => e.Element(SvgNamespace + "title") is not null));
    }

    [Fact]
    public void A_trained_network_names_its_inputs_and_classes()
    {
        var model = new Mlp(3, [2, 2]);
        model.Schema = new ModelSchema(
            [new FeatureColumn("size & weight"), new FeatureColumn("colour") { Categories = ["red", "blue"] }],
            [new PredictedColumn("kind")], TargetEncoding.OneHot, ["<apple>", "pear"], false, LossKind.CrossEntropy);
        var texts = XDocument.Parse(GraphRenderer.Render(model, new RenderOptions { Format = GraphFormat.Svg }))
            .Descendants(SvgNamespace + "text").Select(text => text.Value).ToArray();

        Assert.All(
            new[] { "size & weight", "colour = red", "colour = blue", "<apple>", "pear" },
            name => Assert.Contains(name, texts));
    }

    [Fact]
    public void Large_layers_are_drawn_in_part_and_say_so()
    {
        var document = XDocument.Parse(GraphRenderer.Render(new Mlp(2, [1000, 1]), new RenderOptions { Format = GraphFormat.Svg }));

        Assert.Equal(2 + 15 + 1, document.Descendants(SvgNamespace + "circle").Count());
        Assert.Contains(document.Descendants(SvgNamespace + "text"), text => text.Value == "985 more");
    }

    [Fact]
    public void Layers_stand_farther_apart_where_they_are_large()
    {
        Assert.Equal(150, Distance(4));
        Assert.InRange(Distance(16), 200, 240);
        Assert.Equal(Distance(16), Distance(500));

        static double Distance(int size)
        {
            var circles = XDocument.Parse(GraphRenderer.Render(new Mlp(2, [size, 1]), new RenderOptions { Format = GraphFormat.Svg }))
                .Descendants(SvgNamespace + "circle").Select(e => (double)e.Attribute("cx")!).Distinct().Order().ToArray();
            Assert.Equal(3, circles.Length);
            Assert.Equal(circles[1] - circles[0], circles[2] - circles[1], 1e-6);
            return circles[1] - circles[0];
        }
    }

    [Fact]
    public void What_is_no_number_has_a_colour_of_its_own()
    {
        var a = new GradValue(1, "a") { Grad = double.NaN };
        var root = a * new GradValue(2, "b") { Grad = double.NegativeInfinity };
        root.Grad = 1;
        var boxes = XDocument.Parse(GraphRenderer.Render(root, new RenderOptions { Format = GraphFormat.Svg, ColorByGradient = true }))
            .Descendants(SvgNamespace + "rect").Select(e => (string?)e.Attribute("class")).Where(kind => kind is "nan" or "minus" or "plus");
        var dot = GraphRenderer.Render(root, new RenderOptions { Format = GraphFormat.Dot, ColorByGradient = true });

        Assert.Equal(["nan", "minus"], boxes.Take(2));
        Assert.Contains("#f472b6", dot, StringComparison.Ordinal);

        var model = new Mlp(1, [1]);
        model.Parameters[0].Data = double.NaN;
        Assert.Contains("class=\"w nan\"", GraphRenderer.Render(model, new RenderOptions { Format = GraphFormat.Svg }), StringComparison.Ordinal);
        Assert.Contains("#db2777", GraphRenderer.Render(model, new RenderOptions { Format = GraphFormat.Mermaid }), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_none_do_not_break_a_drawing()
    {
        var root = new GradValue(double.NaN) * double.PositiveInfinity;
        root.Grad = double.NegativeInfinity;
        var model = new Mlp(1, [2, 1]);
        model.Parameters[0].Data = double.NaN;
        foreach (var format in Enum.GetValues<GraphFormat>())
        {
            var options = new RenderOptions { Format = format, ColorByGradient = true };
            Assert.Contains("NaN", GraphRenderer.Render(root, options), StringComparison.Ordinal);
            Assert.NotEmpty(GraphRenderer.Render(model, options));
        }
    }
}
