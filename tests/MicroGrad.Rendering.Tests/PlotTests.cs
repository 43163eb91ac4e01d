using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class PlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Plots => ["loss", "boundary", "predictions", "function"];

    [Theory]
    [MemberData(nameof(Plots))]
    public void A_plot_is_valid_xml_of_the_size_asked_for(string name)
    {
        var root = XDocument.Parse(Plot(name, new PlotOptions { Width = 500, Height = 300, Title = "<a & \"b\">" })).Root!;

        Assert.Equal(("500", "300"), (root.Attribute("width")!.Value, root.Attribute("height")!.Value));
        Assert.Equal("<a & \"b\">", root.Element(Svg + "title")!.Value);
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Plots))]
    public void A_page_holds_the_plot_and_needs_nothing_from_outside(string name)
    {
        var page = Plot(name, new PlotOptions { Format = PlotFormat.Html, Title = "</script>" });

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(page, "</script"));
        XDocument.Parse(Regex.Match(page, "<svg .*?</svg>", RegexOptions.Singleline).Value);
    }

    [Theory]
    [MemberData(nameof(Plots))]
    public void The_culture_of_the_thread_does_not_matter(string name) =>
        Assert.Equal(Plot(name, new PlotOptions()), Examples.UnderCommaCulture(() => Plot(name, new PlotOptions())));

    [Fact]
    public void A_loss_curve_has_a_point_for_each_epoch_where_it_belongs()
    {
        var svg = XDocument.Parse(Plotted.Picture.Loss(Examples.Epochs(5)));
        var curves = Curves(svg);
        var points = Points(curves.First());

        Assert.Equal(2, curves.Count());
        Assert.Equal(5, points.Length);

        // Epochs stand at equal distances, and losses as far above 0 as they are large.
        Assert.Equal(points[1].X - points[0].X, points[4].X - points[3].X, 1);
        var zero = points[0].Y + ((points[1].Y - points[0].Y) * 2);
        Assert.Equal(0.2, (zero - points[4].Y) / (zero - points[0].Y), 2);
    }

    [Fact]
    public void A_loss_that_falls_by_large_factors_is_drawn_by_factors()
    {
        var epochs = Enumerable.Range(0, 5).Select(i => Examples.Epochs(1)[0] with { Epoch = i + 1, Loss = Math.Pow(10, -i), ValidationLoss = null });
        var points = Points(Curves(XDocument.Parse(Plotted.Picture.Loss([.. epochs]))).First());

        Assert.Equal(points[1].Y - points[0].Y, points[4].Y - points[3].Y, 1);
    }

    [Theory]
    [InlineData(1, 1e300)]
    [InlineData(1e-320, 1e305)]
    public void A_loss_that_grows_beyond_numbers_is_drawn_by_factors(double first, double last)
    {
        EpochResult[] epochs = [.. Examples.Epochs(2).Zip([first, last], (epoch, loss) => epoch with { Loss = loss, ValidationLoss = null })];
        var svg = XDocument.Parse(Plotted.Picture.Loss(epochs));
        var points = Points(Curves(svg).First());

        Assert.InRange(points[0].Y, points[1].Y + 200, 460);
        Assert.InRange(points[1].Y, 0, 200);
        Assert.InRange(Marks(svg, "end").Length, 3, 20);
        Assert.Contains("log scale", Plotted.Text.Loss(epochs), StringComparison.Ordinal);
    }

    [Fact]
    public void A_logarithmic_axis_comes_and_goes_on_request()
    {
        var falling = Examples.Epochs(5).Select((epoch, i) => epoch with { Loss = Math.Pow(10, -i), ValidationLoss = null }).ToArray();
        var flat = Examples.Epochs(5).Select((epoch, i) => epoch with { Loss = 5 - i, ValidationLoss = null }).ToArray();

        Assert.Contains("log scale", Plotted.Picture.Loss(falling), StringComparison.Ordinal);
        Assert.DoesNotContain("log scale", Plotted.Picture.Loss(falling, new PlotOptions { LogScale = false }), StringComparison.Ordinal);
        Assert.DoesNotContain("log scale", Plotted.Picture.Loss(flat), StringComparison.Ordinal);
        Assert.Contains("log scale", Plotted.Picture.Loss(flat, new PlotOptions { LogScale = true }), StringComparison.Ordinal);
        Assert.Contains("log scale", Plotted.Text.Loss(flat, new TextPlotOptions { LogScale = true }), StringComparison.Ordinal);

        var points = Points(Curves(XDocument.Parse(Plotted.Picture.Loss(falling, new PlotOptions { LogScale = false }))).First());
        Assert.True(points[1].Y - points[0].Y > 5 * (points[2].Y - points[1].Y), "numbers, not factors, take equal room");
    }

    [Fact]
    public void A_logarithmic_axis_leaves_out_what_is_not_above_0_and_is_refused_where_nothing_is()
    {
        var epochs = Examples.Epochs(4).Select((epoch, i) => epoch with { Loss = 1 - i, ValidationLoss = null }).ToArray();
        var options = new PlotOptions { LogScale = true };

        Assert.DoesNotContain("NaN", Plotted.Picture.Loss(epochs, options), StringComparison.Ordinal);
        Assert.Equal("NotPositive", Assert.Throws<GradException>(() => Plotted.Picture.Loss([epochs[1]], options)).ErrorId);
    }

    [Theory]
    [InlineData(12, "1", "5", "10")]
    [InlineData(200, "1", "50", "100", "150", "200")]
    [InlineData(3, "1", "2", "3")]
    public void The_axis_of_epochs_is_marked_at_1(int epochs, params string[] expected) =>
        Assert.Equal(expected, Marks(XDocument.Parse(Plotted.Picture.Loss(Examples.Epochs(epochs), new PlotOptions { Width = 400 })), "mid"));

    [Theory]
    [InlineData(760, 460)]
    [InlineData(300, 900)]
    public void Predictions_stand_in_a_square(int width, int height)
    {
        var svg = XDocument.Parse(Plotted.Picture.Predictions([1, 2, 9], [1, 3, 8], new PlotOptions { Width = width, Height = height }));

        var frame = Frame(svg);
        Assert.Equal((double)frame.Attribute("width")!, (double)frame.Attribute("height")!, 0.02);
        Assert.Equal(Marks(svg, "mid"), Marks(svg, "end"));
    }

    [Fact]
    public void Classes_differ_by_shape_and_not_by_colour_alone()
    {
        var rows = Enumerable.Range(0, 10).Select(i => new PlotRow(i, i % 3, $"class {i}")).ToArray();
        var shapes = XDocument.Parse(Plotted.Picture.DecisionBoundary(new Mlp(2, [10]), rows)).Root!.Elements()
            .Where(e => e.Element(Svg + "title") is not null)
            .Select(e => $"{e.Name.LocalName} {e.Attribute("class")!.Value[..4]} {Regex.Replace(e.Attribute("d")?.Value ?? "", "[0-9.]", "")}");

        Assert.Distinct(shapes);
        Assert.Equal(10, shapes.Count());
    }

    [Fact]
    public void Ten_thousand_epochs_stay_a_small_file()
    {
        var epochs = Examples.Epochs(10_000);
        epochs[5000] = epochs[5000] with { Loss = 3 };
        var thinned = LossPlot.Thin(epochs).ToArray();

        Assert.InRange(thinned.Length, 1000, 2000);
        Assert.Contains(thinned, epoch => epoch.Loss == 3);
    }

    [Fact]
    public void The_boundary_is_where_the_output_is_0()
    {
        // x1 + x2 = 0.5
        var model = Plane();
        var field = DecisionField.Of(model, Rows());
        var leads = field.Leads(21, 11);

        for (var r = 0; r < 11; r++)
        {
            for (var c = 0; c < 21; c++)
            {
                var x = field.X.Min + ((field.X.Max - field.X.Min) * c / 20);
                var y = field.Y.Min + ((field.Y.Max - field.Y.Min) * r / 10);
                Assert.Equal(x + y - 0.5, leads[1][(r * 21) + c], 12);
                Assert.Equal(-leads[1][(r * 21) + c], leads[0][(r * 21) + c]);
            }
        }

        Assert.Equal(["-1", "1"], field.Classes);
    }

    [Fact]
    public void A_standardized_model_is_asked_in_its_own_scale()
    {
        var model = Plane();
        model.Schema = new ModelSchema(
            [new FeatureColumn("width") { Mean = 3, Scale = 2 }, new FeatureColumn("height") { Mean = -1, Scale = 0.5 }],
            [new PredictedColumn("label")], TargetEncoding.MinusOneOrOne, ["no", "yes"], false, LossKind.Hinge);
        var field = DecisionField.Of(model, Rows());

        Assert.Equal(((field.X.Min - 3) / 2) + ((field.Y.Min + 1) / 0.5) - 0.5, field.Leads(3, 3)[1][0], 12);
        Assert.Equal(("width", "height"), (field.XName, field.YName));
        Assert.Equal(["no", "yes"], field.Classes);
    }

    [Fact]
    public void Of_several_outputs_the_largest_leads()
    {
        var model = new Mlp(2, [4, 3]);
        var leads = DecisionField.Of(model, Rows()).Leads(5, 5);

        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(1, leads.Count(lead => lead[i] > 0));
        }
    }

    [Fact]
    public void A_pole_interrupts_the_line()
    {
        var svg = XDocument.Parse(Plotted.Picture.Function(x => (1 / x, -1 / (x * x)), -1, 1));
        var function = Curves(svg).Last(e => !e.Attribute("class")!.Value.Contains("dash", StringComparison.Ordinal) && e.Attribute("d")!.Value.Length > 100);

        Assert.Equal(2, function.Attribute("d")!.Value.Count(c => c == 'M'));
    }

    [Fact]
    public void Poles_between_samples_interrupt_the_line_and_it_leaves_the_drawing_at_both_sides()
    {
        var svg = XDocument.Parse(Plotted.Picture.Function(x => (Math.Tan(x), 1 + (Math.Tan(x) * Math.Tan(x))), -6, 6));
        var branches = Curves(svg).First().Attribute("d")!.Value.Split('M')[1..].Select(branch => Points("M" + branch)).ToArray();

        Assert.Equal(5, branches.Length);
        Assert.All(branches[1..], branch => Assert.True(branch[0].Y > 460, "begins below"));
        Assert.All(branches[..^1], branch => Assert.True(branch[^1].Y < 0, "ends above"));
    }

    [Fact]
    public void A_function_that_turns_between_samples_is_one_line_over_all_its_values()
    {
        var svg = XDocument.Parse(Plotted.Picture.Function(x => (Math.Sin(200 * x), Math.Cos(200 * x) / 10), -6, 6));

        Assert.All(Curves(svg), curve => Assert.Equal(1, curve.Attribute("d")!.Value.Count(c => c == 'M')));
        Assert.Contains("1", Marks(svg, "end"));
    }

    [Fact]
    public void A_pole_at_which_there_is_a_sample_of_the_search_is_left_at_both_sides()
    {
        // 0 is the middle between two samples.
        var svg = XDocument.Parse(Plotted.Picture.Function(x => (1 / x, -1 / (x * x)), -599, 601));
        var branches = Curves(svg).First().Attribute("d")!.Value.Split('M')[1..].Select(branch => Points("M" + branch)).ToArray();

        Assert.Equal(2, branches.Length);
        Assert.True(branches[0][^1].Y > 460, "ends below");
        Assert.True(branches[1][0].Y < 0, "begins above");
    }

    [Fact]
    public void There_is_no_derivative_where_there_is_no_value()
    {
        var svg = XDocument.Parse(Plotted.Picture.Function(x => (Math.Log(x), 1 / x), -1, 1));
        var curves = Curves(svg).ToArray();
        var middle = (double.Parse(Frame(svg).Attribute("x")!.Value, CultureInfo.InvariantCulture) * 2 + double.Parse(Frame(svg).Attribute("width")!.Value, CultureInfo.InvariantCulture)) / 2;

        Assert.All(curves, curve => Assert.All(Points(curve), point => Assert.True(point.X >= middle - 0.01)));
        Assert.True(Points(curves[0])[0].Y > 460, "the value falls out of the drawing");
    }

    [Fact]
    public void Only_whole_epochs_are_marked()
    {
        Assert.Equal(["1", "2"], Marks(XDocument.Parse(Plotted.Picture.Loss(Examples.Epochs(2))), "mid"));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e300)]
    [InlineData(5, 5.0000001)]
    [InlineData(1234567.0, 1234599.0)]
    [InlineData(-20251231.0, -20250101.0)]
    public void Marks_are_told_apart_and_stand_in_the_drawing(double size, double? end = null)
    {
        double[] ends = end is { } other ? [size, other] : [-size, size];
        foreach (var text in new[]
        {
            Plotted.Picture.Predictions(ends, ends),
            Plotted.Picture.DecisionBoundary(Plane(), [new(ends[0], ends[0], "a"), new(ends[1], ends[1], "b")]),
            Plotted.Picture.Function(x => (x, 1 + ends[0]), ends[0], ends[1]),
            Plotted.Picture.Loss([.. Examples.Epochs(2).Zip(ends, (epoch, loss) => epoch with { Loss = loss, ValidationLoss = null })]),
        })
        {
            var svg = XDocument.Parse(text);
            var frame = double.Parse(Frame(svg).Attribute("x")!.Value, CultureInfo.InvariantCulture);
            Assert.Distinct(Marks(svg, "mid"));
            Assert.Distinct(Marks(svg, "end"));
            Assert.All(Marks(svg, "end"), mark => Assert.InRange(mark.Length * 11 * 0.602, 0, frame - 7 - 20));
        }
    }

    [Fact]
    public void Points_are_counted_where_a_row_has_several()
    {
        Assert.Contains(">4 points<", Plotted.Picture.Predictions([1, 2, 3, 4], [1, 2, 3, 4]), StringComparison.Ordinal);
        Assert.Contains(">1 point<", Plotted.Picture.Predictions([1, double.NaN], [1, 2]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_legend_of_many_classes_stays_in_the_drawing()
    {
        var rows = Enumerable.Range(0, 10).Select(i => new PlotRow(i, i % 3, $"class {i} with a name that is long")).ToArray();
        foreach (var width in new[] { 240, 760, 2000 })
        {
            var svg = XDocument.Parse(Plotted.Picture.DecisionBoundary(new Mlp(2, [10]), rows, new PlotOptions { Width = width }));
            var top = double.Parse(Frame(svg).Attribute("y")!.Value, CultureInfo.InvariantCulture);
            var names = svg.Descendants(Svg + "text").Where(e => e.Attribute("class") is null).ToArray();

            var more = names.Length == 10 ? 10 : int.Parse(Regex.Match(names[^1].Value, @"^and (\d+) more$").Groups[1].Value, CultureInfo.InvariantCulture) + names.Length - 1;
            Assert.Equal(10, more);
            Assert.True(width == 240 || names.Length == 10);
            Assert.All(names, e =>
            {
                Assert.True(Number(e, "x") + (LabelText.Cells(e.Value) * SvgText.CharacterWidth) <= width);
                Assert.InRange(Number(e, "y"), 0, top);
            });
        }

        static double Number(XElement e, string name) => double.Parse(e.Attribute(name)!.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_legend_names_classes_that_have_a_colour_of_their_own_and_counts_the_others()
    {
        var rows = Enumerable.Range(0, 12).Select(i => new PlotRow(i, i % 3, $"class {i}")).ToArray();
        var svg = XDocument.Parse(Plotted.Picture.DecisionBoundary(new Mlp(2, [12]), rows));
        var names = svg.Descendants(Svg + "text").Where(e => e.Attribute("class") is null).Select(e => e.Value);

        Assert.Equal([.. rows[..10].Select(row => row.Class), "and 2 more"], names);
    }

    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-3, 7, 4, new[] { 0.0, 5 })]
    [InlineData(0.13, 0.19, 3, new[] { 0.14, 0.16, 0.18 })]
    public void Marks_stand_at_round_numbers(double min, double max, int count, double[] expected) =>
        Assert.Equal(expected, new Axis(min, max, 0, 1).Marks(count).Select(mark => Math.Round(mark, 12)));

    [Theory]
    [InlineData(-1, double.MaxValue)]
    [InlineData(1e20, 1e20 + 16384)]
    [InlineData(-double.MaxValue, double.MaxValue)]
    [InlineData(0, double.Epsilon)]
    public void Marks_come_to_an_end_where_numbers_do(double min, double max) =>
        Assert.InRange(new Axis(min, max, 0, 1).Marks(5).Count, 0, 50);

    [Fact]
    public void What_cannot_be_plotted_is_refused()
    {
        Assert.Equal("EmptyHistory", Id(() => Plotted.Picture.Loss([])));
        Assert.Equal("EmptyData", Id(() => Plotted.Picture.Predictions([], [])));
        Assert.Equal("LengthMismatch", Id(() => Plotted.Picture.Predictions([1], [1, 2])));
        Assert.Equal("NotTwoInputs", Id(() => Plotted.Picture.DecisionBoundary(new Mlp(3, [1]), Rows())));
        Assert.Equal("EmptyData", Id(() => Plotted.Picture.DecisionBoundary(new Mlp(2, [1]), [])));
        Assert.Equal("TooManyClasses", Id(() => Plotted.Picture.DecisionBoundary(Plane(), [new(0, 0, "1"), new(0, 1, "2"), new(1, 0, "3")])));
        Assert.Equal("InvalidRange", Id(() => Plotted.Picture.Function(x => (x, 1), 1, 1)));
        Assert.Equal("InvalidPlotSize", Id(() => Plotted.Picture.Loss(Examples.Epochs(1), new PlotOptions { Width = 1 })));
        Assert.Equal("InvalidPrecision", Id(() => Plotted.Picture.Loss(Examples.Epochs(1), new PlotOptions { Precision = -1 })));

        static string Id(Action action) => Assert.Throws<GradException>(action).ErrorId;
    }

    [Fact]
    public void Numbers_that_are_none_leave_gaps()
    {
        var epochs = Examples.Epochs(4);
        epochs[2] = epochs[2] with { Loss = double.NaN };
        var model = Plane();
        model.Parameters[0].Data = double.NaN;

        Assert.DoesNotContain("NaN,", Plotted.Picture.Loss(epochs), StringComparison.Ordinal);
        Assert.NotEmpty(Plotted.Picture.DecisionBoundary(model, Rows()));
        Assert.NotEmpty(Plotted.Picture.Predictions([1, double.NaN], [double.PositiveInfinity, 2]));
        Assert.NotEmpty(Plotted.Picture.Function(_ => (double.NaN, double.PositiveInfinity), 0, 1));
    }

    internal static Mlp Plane()
    {
        var model = new Mlp(2, [1]);
        (model.Parameters[0].Data, model.Parameters[1].Data, model.Parameters[2].Data) = (1, 1, -0.5);
        return model;
    }

    internal static PlotRow[] Rows() =>
    [
        .. Enumerable.Range(0, 20).Select(i => new PlotRow(i / 19.0, 1 - (i % 7 / 6.0), (i / 19.0) - (i % 7 / 6.0) > -0.5 ? "1" : "-1")),
    ];

    private static string Plot(string name, PlotOptions options) => name switch
    {
        "loss" => Plotted.Picture.Loss(Examples.Epochs(30), options),
        "boundary" => Plotted.Picture.DecisionBoundary(Plane(), Rows(), options),
        "predictions" => Plotted.Picture.Predictions([1, 2, 3.5], [1.1, 1.9, 3.25], options),
        _ => Plotted.Picture.Function(x => (x * x, 2 * x), -2, 2, options),
    };

    /// <summary>The lines inside the frame; those of the legend have a length alone.</summary>
    private static IEnumerable<XElement> Curves(XDocument svg) => svg.Descendants(Svg + "path").Where(e =>
        e.Attribute("class")!.Value.StartsWith("curve", StringComparison.Ordinal) && !e.Attribute("d")!.Value.Contains('h', StringComparison.Ordinal));

    private static string[] Marks(XDocument svg, string side) =>
        [.. svg.Descendants(Svg + "text").Where(e => e.Attribute("class")?.Value == "mark " + side).Select(e => e.Value)];

    private static XElement Frame(XDocument svg) => svg.Descendants(Svg + "rect").First(e => e.Attribute("class")?.Value == "frame");

    private static (double X, double Y)[] Points(XElement path) => Points(path.Attribute("d")!.Value);

    private static (double X, double Y)[] Points(string path) =>
    [
        .. Regex.Matches(path, @"[ML]([-\d.]+),([-\d.]+)").Select(m =>
            (double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))),
    ];
}
