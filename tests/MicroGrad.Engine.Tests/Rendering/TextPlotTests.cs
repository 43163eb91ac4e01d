using System.Text.RegularExpressions;
using MicroGrad.Rendering;
using Xunit;

namespace MicroGrad.Tests.Rendering;

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
            TextPlotRenderer.RenderLoss(Examples.Epochs(epochs), options),
            TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), options),
            Predictions(400, options),
            PlainText(Predictions(3, options with { UseColor = true })),
            PlainText(TextPlotRenderer.RenderLoss(Examples.Epochs(epochs), options with { UseColor = true })),
            PlainText(TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), options with { UseColor = true })),
        })
        {
            Assert.All(plot.Split('\n'), line => Assert.True(LabelText.Cells(line) <= width, line));
            Assert.EndsWith("\n", plot, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Plots_are_what_the_files_hold()
    {
        Golden.Matches("loss.txt", TextPlotRenderer.RenderLoss(Examples.Epochs(40), new TextPlotOptions { Title = "Loss" }));
        Golden.Matches("predictions.txt", Predictions(40, new TextPlotOptions { Title = "Sine" }));
        Golden.Matches("boundary.txt", TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows()));
    }

    [Fact]
    public void Colour_comes_only_where_asked_for()
    {
        Assert.DoesNotContain('\u001b', TextPlotRenderer.RenderLoss(Examples.Epochs(5)));
        Assert.DoesNotContain('\u001b', TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows()));
        Assert.DoesNotContain('\u001b', Predictions(9));
        Assert.Equal(Predictions(9), PlainText(Predictions(9, new TextPlotOptions { UseColor = true })));

        var colored = TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), new TextPlotOptions { UseColor = true });
        Assert.All(colored.Split('\n').Where(line => line.Contains('\u001b', StringComparison.Ordinal)), line =>
            Assert.True(line.LastIndexOf(Ansi.Reset, StringComparison.Ordinal) > line.LastIndexOf(";5;", StringComparison.Ordinal)));
    }

    [Fact]
    public void Exact_predictions_stand_on_the_diagonal()
    {
        // One row in the middle of the range: behind it the line goes on to both corners.
        var lines = TextPlotRenderer.RenderPredictions([0, 5, 10], [0, 5, 10], new TextPlotOptions { Width = 46, Height = 9 }).Split('\n');
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
        var lines = TextPlotRenderer.RenderPredictions([0, 10], [10, 0], new TextPlotOptions { Width = 46, Height = 9 }).Split('\n');

        Assert.Contains(lines[2][12..22], c => c is > '\u2800' and < '\u2900');
        Assert.Contains(lines[10][^12..], c => c is > '\u2800' and < '\u2900');
        Assert.DoesNotContain(string.Concat(lines[4..8]), c => c is > '\u2800' and < '\u2900');
    }

    [Fact]
    public void Classes_that_find_no_place_in_a_line_go_on_in_the_next()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new PlotRow(i, i % 4, $"the class {i}")).ToArray();
        var lines = TextPlotRenderer.RenderDecisionBoundary(new Mlp(2, [9]), rows, new TextPlotOptions { Width = 60 }).Split('\n');
        var legend = string.Concat(lines.TakeWhile(line => !line.Contains('┌', StringComparison.Ordinal)));

        Assert.All(rows, row => Assert.Contains(row.Class!, legend, StringComparison.Ordinal));
        Assert.Equal(9, legend.Split('[')[1..].Select(part => part[0]).Distinct().Count());
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter() => Assert.Equal(
        TextPlotRenderer.RenderLoss(Examples.Epochs(12)),
        Examples.UnderCommaCulture(() => TextPlotRenderer.RenderLoss(Examples.Epochs(12))));

    [Fact]
    public void A_rising_line_ends_at_the_top()
    {
        var canvas = new BrailleCanvas(2, 1);
        canvas.Line((0, 3), (3, 0));

        Assert.Equal("⡠⠊", $"{canvas.At(0, 0)}{canvas.At(0, 1)}");
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Equal("InvalidPlotSize", Assert.Throws<GradException>(() => TextPlotRenderer.RenderLoss(Examples.Epochs(1), new TextPlotOptions { Width = 10 })).ErrorId);
        Assert.Equal("EmptyData", Assert.Throws<GradException>(() => TextPlotRenderer.RenderPredictions([], [])).ErrorId);
        Assert.Equal("LengthMismatch", Assert.Throws<GradException>(() => TextPlotRenderer.RenderPredictions([1], [])).ErrorId);
        Assert.Equal("InvalidPlotSize", Assert.Throws<GradException>(() => Predictions(3, new TextPlotOptions { Height = 1 })).ErrorId);
        Assert.Equal("EmptyHistory", Assert.Throws<GradException>(() => TextPlotRenderer.RenderLoss([])).ErrorId);
    }

    [Fact]
    public void Losses_that_are_no_numbers_do_not_break_it()
    {
        var epochs = Examples.Epochs(3);
        epochs[1] = epochs[1] with { Loss = double.NaN, ValidationLoss = double.PositiveInfinity };

        Assert.NotEmpty(TextPlotRenderer.RenderLoss(epochs));
        Assert.NotEmpty(TextPlotRenderer.RenderLoss([epochs[1]]));
        Assert.NotEmpty(TextPlotRenderer.RenderPredictions([1, double.NaN], [double.PositiveInfinity, 2]));
    }

    private static string Predictions(int count, TextPlotOptions? options = null)
    {
        var targets = Enumerable.Range(0, count).Select(i => Math.Sin(i)).ToArray();
        return TextPlotRenderer.RenderPredictions(targets, [.. targets.Select(target => (0.8 * target) + 0.1)], options);
    }

    private static string PlainText(string text) => Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
}
