using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;
using Microsoft.Playwright;

namespace MicroGrad.Browser.Tests;

/// <summary>Pages as they are read on a laptop and on a phone, in light and in dark, measured at all their steps.</summary>
public sealed class ReadabilityTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly RenderOptions HtmlOptions = new() { Format = GraphFormat.Html };

    public static TheoryData<string, bool, ColorScheme> Pages
    {
        get
        {
            var data = new TheoryData<string, bool, ColorScheme>();
            foreach (var page in new[] { "manual", "neuron", "network loss", "250 nodes", "500 nodes", "attention", "network graph", "branches", "gradients", "folded", "network", "training", "training map", "loss", "boundary", "predictions", "report", "bare report" })
            {
                foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    data.Add(page, false, scheme);
                    data.Add(page, true, scheme);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_can_be_read_at_every_step(string name, bool isPhone, ColorScheme scheme)
    {
        var screen = isPhone ? Screen.Phone : Screen.Laptop;
        await using var opened = await browser.OpenAsync("page", Page(name), scheme, screen);
        await Browser.KeepAsync(opened.Page, $"{name.Replace(' ', '-')}-{(isPhone ? "phone" : "laptop")}-{scheme}");

        await CheckAsync(opened, isPhone);
    }

    [Theory]
    [InlineData("manual", ColorScheme.Light)]
    [InlineData("network graph", ColorScheme.Dark)]
    [InlineData("training", ColorScheme.Light)]
    public async Task A_projector_shows_it_larger(string name, ColorScheme scheme)
    {
        await using var opened = await browser.OpenAsync("page", Page(name), scheme, Screen.Laptop);
        await opened.Page.Keyboard.PressAsync("b");

        var page = await CheckAsync(opened, isPhone: false);
        Assert.True(page.SmallestText >= 16, $"{page.SmallestText} {page.SmallestTextAt}");
        if (name != "training")
        {
            await opened.Page.EvaluateAsync("lesson.go(2)");
            Assert.Equal("28px", await opened.Page.Locator("#explain .rule").First.EvaluateAsync<string>("e => getComputedStyle(e).fontSize"));
        }

        await Browser.KeepAsync(opened.Page, $"projector-{name.Replace(' ', '-')}");
        await opened.Page.Keyboard.PressAsync("b");
        Assert.False(await opened.Page.EvaluateAsync<bool>("document.body.classList.contains('big')"));
    }

    [Fact]
    public async Task A_drawing_that_is_zoomed_out_shows_no_text_rather_than_small_text()
    {
        await using var opened = await browser.OpenAsync("large", Page("network graph"), screen: Screen.Laptop);
        await opened.Page.Keyboard.PressAsync("0");

        Assert.False(await opened.Page.Locator("#view svg text").First.IsVisibleAsync());
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        Assert.True(await opened.Page.Locator("#view svg text").First.IsVisibleAsync());
        Assert.True(await opened.Page.EvaluateAsync<double>("view.textSize") >= 12);
    }

    [Theory]
    [InlineData(5, 8, false)]
    [InlineData(5, 8, true)]
    [InlineData(20, 16, false)]
    [InlineData(20, 16, true)]
    public async Task The_names_of_a_network_are_in_the_window_also_as_a_whole(int inputs, int neurons, bool isPhone)
    {
        string[] columns = [.. Enumerable.Range(1, inputs - 3).Select(i => $"Weight {i}"), "Colour"];
        var rows = Enumerable.Range(0, 30).Select(i => (object?[])
        [
            .. columns.SkipLast(1).Select((_, k) => Math.Sin(i * (k + 1))),
            new[] { "brown", "black", "white" }[i % 3],
            new[] { "cat", "dog", "rabbit" }[i / 3 % 3],
        ]);
        var model = Playgrounds.Make(Playgrounds.Network(inputs, neurons, 3), columns, "Kind", rows, 0, isScaled: true, categorical: "Colour").Model;
        await using var opened = await browser.OpenAsync(
            "names", GraphRenderer.RenderTraining(model, Examples.History(model, 12)), ColorScheme.Light, isPhone ? Screen.Phone : Screen.Laptop);
        await AssertInsideAsync("opened");
        await opened.Page.Locator("#zoom button").Last.ClickAsync();
        await AssertInsideAsync("whole");

        async Task AssertInsideAsync(string state)
        {
            await Browser.KeepAsync(opened.Page, $"network-names-{neurons}-{state}-{(isPhone ? "phone" : "laptop")}");
            Assert.Empty(await opened.Page.EvaluateAsync<string[]>("""
                () => {
                    const of = e => e.getBoundingClientRect();
                    const window = of(document.getElementById('view'));
                    const buttons = of(document.getElementById('zoom'));
                    const names = [...document.querySelectorAll('#view .in text, #view .out text')];
                    const texts = [...names, ...document.querySelectorAll('#view text.head, #legend span')];
                    const isInside = r => r.left >= window.left && r.right <= window.right && r.top >= window.top && r.bottom <= window.bottom;
                    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
                    return [
                        ...texts.filter(e => of(e).width === 0).map(e => `${e.textContent} is not seen`),
                        ...texts.filter(e => !isInside(of(e))).map(e => `${e.textContent} is outside`),
                        ...texts.filter(e => meet(of(e), buttons)).map(e => `${e.textContent} is behind the buttons`),
                        ...names.flatMap((a, i) => names.slice(i + 1).filter(b => meet(of(a), of(b))).map(b => `${a.textContent} meets ${b.textContent}`)),
                    ];
                }
                """));
            Assert.True(await opened.Page.EvaluateAsync<double>("view.textSize") >= 12);
        }
    }

    private static async Task<Readability> CheckAsync(OpenPage opened, bool isPhone)
    {
        var page = await Readability.OfAsync(opened.Page);
        Assert.True(page.SmallestText >= 11.99, $"text of {page.SmallestText} pixels, {page.SmallestTextAt}");
        Assert.True(page.TextContrast >= 4.5, $"text at {page.TextContrast}:1, {page.TextContrastAt}");
        Assert.True(page.LineContrast >= 3, $"a line at {page.LineContrast}:1, {page.LineContrastAt}");
        Assert.True(page.PendingContrast >= 4.5, $"a pending value at {page.PendingContrast}:1");
        Assert.True(page.SmallestTarget >= (isPhone ? 44 : 24), $"a target of {page.SmallestTarget} pixels, {page.SmallestTargetAt}");
        Assert.Equal(0, page.Overhang);
        Assert.Empty(page.OutOfSight);
        Assert.Empty(opened.Complaints);
        return page;
    }

    private static string Page(string name)
    {
        switch (name)
        {
            case "manual":
                return GraphRenderer.Render(Examples.Manual(), HtmlOptions);
            case "neuron":
                return GraphRenderer.Render(Examples.Neuron(), HtmlOptions);
            case "network loss":
                return GraphRenderer.Render(Examples.NetworkLoss(), HtmlOptions);
            case "250 nodes":
                return GraphRenderer.Render(Examples.Large(250), HtmlOptions);
            case "500 nodes":
                return GraphRenderer.Render(Examples.Large(500), HtmlOptions);
            case "attention":
                return GraphRenderer.Render(Examples.Attention(), HtmlOptions);
            case "network graph":
                return GraphRenderer.Render(Examples.NetworkGraph(), HtmlOptions);
            case "gradients":
                return GraphRenderer.Render(Examples.NetworkGraph(), HtmlOptions with { ColorByGradient = true });
            case "folded":
                return GraphRenderer.Render(Examples.NetworkGraph(), HtmlOptions with { MaximumNodeCount = 20 });
            case "branches":
                var x = new GradValue(0, "x");
                return GraphRenderer.Render(GradValue.Choose(x, 0, x.Log(), x.Exp() / 2), HtmlOptions);
            case "network":
                return GraphRenderer.Render(new Mlp(3, [8, 8, 1]), HtmlOptions);
            case "training":
                var model = new Mlp(2, [5, 5, 1]);
                return GraphRenderer.RenderTraining(model, Examples.History(model, 12));
            case "training map":
                var decider = new Mlp(2, [5, 5, 3]);
                PlotRow[] points = [.. Enumerable.Range(0, 40).Select(i => new PlotRow(Math.Sin(i), Math.Cos(1.7 * i), i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue"))];
                return GraphRenderer.RenderTraining(decider, Examples.History(decider, 12), rows: points);
            case "report":
                return ReportWriter.Write(Reports.Whole());
            case "bare report":
                return ReportWriter.Write(new ModelReport { Model = new Mlp(2, [3, 1]) });
            case "loss":
                return PlotRenderer.Draw(LossPlot.Of(Examples.History(new Mlp(1, [1]), 40), 4, null), new PlotOptions { Format = PlotFormat.Html });
            case "boundary":
                PlotRow[] rows = [.. Enumerable.Range(0, 40).Select(i => new PlotRow(Math.Sin(i), Math.Cos(1.7 * i), i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue"))];
                return PlotRenderer.Draw(BoundaryPlot.Of(DecisionField.Of(new Mlp(2, [6, 3]), rows), rows), new PlotOptions { Format = PlotFormat.Html });
            default:
                double[] targets = [.. Enumerable.Range(0, 50).Select(i => 10 * Math.Sin(i))];
                return PlotRenderer.Draw(PredictionsPlot.Of(targets, [.. targets.Select(target => (0.8 * target) + 1)], 4), new PlotOptions { Format = PlotFormat.Html });
        }
    }
}
