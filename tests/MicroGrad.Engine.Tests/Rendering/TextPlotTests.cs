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
        Golden.Matches("boundary.txt", TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows()));
    }

    [Fact]
    public void Colour_comes_only_where_asked_for()
    {
        Assert.DoesNotContain('\u001b', TextPlotRenderer.RenderLoss(Examples.Epochs(5)));
        Assert.DoesNotContain('\u001b', TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows()));

        var colored = TextPlotRenderer.RenderDecisionBoundary(PlotTests.Plane(), PlotTests.Rows(), new TextPlotOptions { UseColor = true });
        Assert.All(colored.Split('\n').Where(line => line.Contains('\u001b', StringComparison.Ordinal)), line =>
            Assert.True(line.LastIndexOf(Ansi.Reset, StringComparison.Ordinal) > line.LastIndexOf(";5;", StringComparison.Ordinal)));
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
        Assert.Equal("EmptyHistory", Assert.Throws<GradException>(() => TextPlotRenderer.RenderLoss([])).ErrorId);
    }

    [Fact]
    public void Losses_that_are_no_numbers_do_not_break_it()
    {
        var epochs = Examples.Epochs(3);
        epochs[1] = epochs[1] with { Loss = double.NaN, ValidationLoss = double.PositiveInfinity };

        Assert.NotEmpty(TextPlotRenderer.RenderLoss(epochs));
        Assert.NotEmpty(TextPlotRenderer.RenderLoss([epochs[1]]));
    }

    private static string PlainText(string text) => Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
}
