using System.Text.RegularExpressions;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Text;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class TextPlotTests
{
    [Theory]
    [InlineData(80, 16, 1)]
    [InlineData(80, 16, 2)]
    [InlineData(80, 16, 500)]
    [InlineData(30, 5, 12)]
    [InlineData(200, 40, 3000)]
    public void No_line_is_longer_than_the_width(int width, int height, int epochs)
    {
        var options = new TextPlotOptions { Width = width, Height = height, Title = new string('t', 300) };

        foreach (var plot in new[]
        {
            Plotted.Text.Loss(Examples.Epochs(epochs), options),
            Plotted.Text.DecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), options),
            Predictions(400, options),
            PlainText(Predictions(3, options with { UseColor = true })),
            PlainText(Plotted.Text.Loss(Examples.Epochs(epochs), options with { UseColor = true })),
            PlainText(Plotted.Text.DecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), options with { UseColor = true })),
        })
        {
            Assert.All(plot.Split('\n'), line => Assert.True(LabelText.Cells(line) <= width, line));
            Assert.EndsWith("\n", plot, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(123456.5)]
    [InlineData(1e300)]
    [InlineData(double.MaxValue)]
    [InlineData(1.2345e-300)]
    [InlineData(-123456.25, 123456.75)]
    [InlineData(1, 1 + 1e-9)]
    [InlineData(-1e9, 1 - 1e9)]
    public void No_line_is_longer_than_the_width_whatever_the_numbers(double size, double? end = null)
    {
        double[] ends = end is { } other ? [size, other] : [-size, size];
        PlotRow[] rows = [new(ends[0], ends[0], "a"), new(ends[1], ends[1], "b")];
        EpochResult[] epochs =
        [
            .. Examples.Epochs(2).Zip(ends, (epoch, loss) => epoch with { Epoch = int.MaxValue - epoch.Epoch, Loss = loss, ValidationLoss = Math.Abs(loss) }),
        ];
        foreach (var width in new[] { 30, 33, 40, 80 })
        {
            var options = new TextPlotOptions { Width = width, Height = 5, Precision = 15 };
            var model = PlotTests.Plane();
            foreach (var plot in new[]
            {
                Plotted.Text.Predictions(ends, ends, options),
                Plotted.Text.DecisionBoundary(model, rows, options),
                Plotted.Text.Loss(epochs, options),
            })
            {
                Assert.All(plot.Split('\n'), line => Assert.True(LabelText.Cells(line) <= width, line));
            }
        }
    }

    [Fact]
    public void The_name_of_an_axis_goes_where_there_is_no_room_and_its_ends_stay()
    {
        Assert.Equal("-1.08e+300 1.08e+300", Ends(1e300, 30).Trim());
        Assert.Equal("-133333 tar… 133333", Regex.Replace(Ends(123456.5, 32).Trim(), " +", " "));
        Assert.Equal("-133333 target 133333", Regex.Replace(Ends(123456.5, 40).Trim(), " +", " "));

        static string Ends(double size, int width) =>
            Plotted.Text.Predictions([-size, size], [-size, size], new TextPlotOptions { Width = width, Height = 5 }).TrimEnd('\n').Split('\n')[^1];
    }

    [Theory]
    [InlineData(0, 2e-8, "-1.6e-9", "2.16e-8")]
    [InlineData(5, 5 + 2e-9, "4.99999999984", "5.00000000216")]
    [InlineData(1000000, 1000050, "999996", "1000054")]
    [InlineData(20250101, 20251231, "20250011", "20251321")]
    public void The_ends_of_a_range_are_told_apart(double min, double max, string low, string high)
    {
        var lines = Plotted.Text.DecisionBoundary(PlotTests.Plane(), [new(min, min, "a"), new(max, max, "b")]).TrimEnd('\n').Split('\n');

        Assert.Equal([low, "x1", high], lines[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(high, lines[2].Split('│')[0].Trim());
        Assert.Equal(low, lines[^3].Split('│')[0].Trim());
    }

    [Fact]
    public void Plots_are_what_the_files_hold()
    {
        Golden.Matches("loss.txt", Plotted.Text.Loss(Examples.Epochs(40), new TextPlotOptions { Title = "Loss" }));
        Golden.Matches("predictions.txt", Predictions(40, new TextPlotOptions { Title = "Sine" }));
        Golden.Matches("boundary.txt", Plotted.Text.DecisionBoundary(PlotTests.Plane(), PlotTests.Rows()));
    }

    [Fact]
    public void Colour_comes_only_where_asked_for()
    {
        Assert.DoesNotContain('\u001b', Plotted.Text.Loss(Examples.Epochs(5)));
        Assert.DoesNotContain('\u001b', Plotted.Text.DecisionBoundary(PlotTests.Plane(), PlotTests.Rows()));
        Assert.DoesNotContain('\u001b', Predictions(9));
        Assert.Equal(Predictions(9), PlainText(Predictions(9, new TextPlotOptions { UseColor = true })));

        var colored = Plotted.Text.DecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), new TextPlotOptions { UseColor = true });
        Assert.All(colored.Split('\n').Where(line => line.Contains('\u001b', StringComparison.Ordinal)), line =>
            Assert.True(line.LastIndexOf(Ansi.Reset, StringComparison.Ordinal) > line.LastIndexOf(";5;", StringComparison.Ordinal)));
    }

    [Fact]
    public void Exact_predictions_stand_on_the_diagonal()
    {
        // One row in the middle of the range: behind it the line goes on to both corners.
        var lines = Plotted.Text.Predictions([0, 5, 10], [0, 5, 10], new TextPlotOptions { Width = 46, Height = 9 }).Split('\n');
        var inside = lines[2..11].Select(line => line[12..^1]).ToArray();

        Assert.All(inside.Index(), row =>
        {
            var (first, last) = (Marked(row.Item, 0, 1), Marked(row.Item, row.Item.Length - 1, -1));
            var middle = (8.5 - row.Index) / 9 * row.Item.Length;
            Assert.InRange((first + last) / 2.0, middle - 3, middle + 3);
        });

        static int Marked(string row, int from, int step) => row[from] == ' ' ? Marked(row, from + step, step) : from;
    }

    [Fact]
    public void A_row_off_the_diagonal_stands_where_it_was_predicted()
    {
        // Far above the diagonal at the left, far below it at the right.
        var lines = Plotted.Text.Predictions([0, 10], [10, 0], new TextPlotOptions { Width = 46, Height = 9 }).Split('\n');

        Assert.Contains(lines[2][12..22], c => c is > '\u2800' and < '\u2900');
        Assert.Contains(lines[10][^12..], c => c is > '\u2800' and < '\u2900');
        Assert.DoesNotContain(string.Concat(lines[4..8]), c => c is > '\u2800' and < '\u2900');
    }

    [Fact]
    public void Classes_that_find_no_place_in_a_line_go_on_in_the_next()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new PlotRow(i, i % 4, $"the class {i}")).ToArray();
        var lines = Plotted.Text.DecisionBoundary(new Mlp(2, [9]), rows, new TextPlotOptions { Width = 60 }).Split('\n');
        var legend = string.Concat(lines.TakeWhile(line => !line.Contains('┌', StringComparison.Ordinal)));

        Assert.All(rows, row => Assert.Contains(row.Class!, legend, StringComparison.Ordinal));
        Assert.Equal(9, legend.Split('[')[1..].Select(part => part[0]).Distinct().Count());
    }

    [Theory]
    [InlineData(false, 12)]
    [InlineData(true, 12)]
    [InlineData(false, 26)]
    [InlineData(true, 26)]
    public void Many_classes_have_marks_and_grounds_of_their_own(bool useColor, int count)
    {
        var (legend, inside) = Boundary(count, useColor);
        var marks = Enumerable.Range(0, count).Select(i => Regex.Match(legend, $"(.) c{i}\\b").Groups[1].Value).ToArray();

        Assert.Equal(count, marks.Distinct().Count());
        Assert.All(marks, mark => Assert.Contains(mark, inside, StringComparison.Ordinal));
        Assert.Equal(useColor ? count - 10 : count, Regex.Matches(legend, @"\[(.)\]").Select(ground => ground.Value).Except(marks).Count());
        Assert.DoesNotContain("more", legend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_legend_says_how_many_classes_it_does_not_name(bool useColor)
    {
        var (legend, inside) = Boundary(28, useColor);
        var last = Regex.Match(legend, @"(.) and 2 more \[(.)\]$");

        Assert.True(last.Success, legend);
        Assert.DoesNotContain(last.Groups[1].Value, legend[..last.Index], StringComparison.Ordinal);
        Assert.DoesNotContain(last.Groups[2].Value, legend[..last.Index], StringComparison.Ordinal);
        Assert.Equal(2, inside.Count(c => c == last.Groups[1].Value[0]));
    }

    [Fact]
    public void Points_are_counted_where_a_row_has_several()
    {
        Assert.StartsWith("⠶ 4 points ", Plotted.Text.Predictions([1, 2, 3, 4], [1, 2, 3, 4]), StringComparison.Ordinal);
        Assert.StartsWith("⠶ 1 point ", Plotted.Text.Predictions([1, double.NaN], [1, 2]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter() => Assert.Equal(
        Plotted.Text.Loss(Examples.Epochs(12)),
        Examples.UnderCommaCulture(() => Plotted.Text.Loss(Examples.Epochs(12))));

    [Fact]
    public void A_rising_line_ends_at_the_top()
    {
        var canvas = new BrailleCanvas(2, 1);
        canvas.Line((0, 3), (3, 0));

        Assert.Equal("⡠⠊", $"{BrailleCanvas.Join([canvas], 0, 0)}{BrailleCanvas.Join([canvas], 0, 1)}");
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Equal("InvalidPlotSize", Assert.Throws<GradException>(() => Plotted.Text.Loss(Examples.Epochs(1), new TextPlotOptions { Width = 10 })).ErrorId);
        Assert.Equal("EmptyData", Assert.Throws<GradException>(() => Plotted.Text.Predictions([], [])).ErrorId);
        Assert.Equal("LengthMismatch", Assert.Throws<GradException>(() => Plotted.Text.Predictions([1], [])).ErrorId);
        Assert.Equal("InvalidPlotSize", Assert.Throws<GradException>(() => Predictions(3, new TextPlotOptions { Height = 1 })).ErrorId);
        Assert.Equal("EmptyHistory", Assert.Throws<GradException>(() => Plotted.Text.Loss([])).ErrorId);
    }

    [Fact]
    public void Losses_that_are_no_numbers_do_not_break_it()
    {
        var epochs = Examples.Epochs(3);
        epochs[1] = epochs[1] with { Loss = double.NaN, ValidationLoss = double.PositiveInfinity };

        Assert.NotEmpty(Plotted.Text.Loss(epochs));
        Assert.NotEmpty(Plotted.Text.Loss([epochs[1]]));
        Assert.NotEmpty(Plotted.Text.Predictions([1, double.NaN], [double.PositiveInfinity, 2]));
    }

    /// <summary>The legend and the plot of a model of so many classes, with a row of each.</summary>
    private static (string Legend, string Inside) Boundary(int count, bool useColor)
    {
        var rows = Enumerable.Range(0, count).Select(i => new PlotRow(i, i * i % count, $"c{i}")).ToArray();
        var lines = PlainText(Plotted.Text.DecisionBoundary(new Mlp(2, [count]), rows, new TextPlotOptions { Height = 40, UseColor = useColor })).Split('\n');
        var frame = Array.FindIndex(lines, line => line.Contains('┌', StringComparison.Ordinal));
        return (string.Join(' ', lines[..frame]), string.Concat(lines[(frame + 1)..^3].Select(line => line.Split('│')[1])));
    }

    private static string Predictions(int count, TextPlotOptions? options = null)
    {
        var targets = Enumerable.Range(0, count).Select(i => Math.Sin(i)).ToArray();
        return Plotted.Text.Predictions(targets, [.. targets.Select(target => (0.8 * target) + 0.1)], options);
    }

    private static string PlainText(string text) => Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
}
