using System.Globalization;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;
using Microsoft.Playwright;
using Xunit;

namespace MicroGrad.Browser.Tests;

/// <summary>The lesson as its reader meets it: opened from a file, stepped through by keys, buttons and pointer.</summary>
public sealed class LessonTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly RenderOptions HtmlOptions = new() { Format = GraphFormat.Html };

    [Fact]
    public async Task It_opens_without_complaint_and_asks_for_nothing_else()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));

        Assert.Equal("0", await Step(opened.Page));
        await Browser.KeepAsync(opened.Page, "lesson-start");
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests);
    }

    [Fact]
    public async Task Steps_forward_and_back_end_at_the_gradients_of_the_engine()
    {
        var root = Examples.NetworkGraph();
        await using var opened = await browser.OpenAsync("network", GraphRenderer.Render(root, HtmlOptions), ColorScheme.Dark);
        var page = opened.Page;

        await page.Keyboard.PressAsync("End");
        await Browser.KeepAsync(page, "lesson-end-dark");
        var nodes = GradNode.List(root);
        Assert.Equal(nodes.Select(node => node.Grad), await page.EvaluateAsync<double[]>("lesson.state.grads"));
        Assert.Equal(
            nodes.Select(node => node.Grad.ToString("F4", CultureInfo.InvariantCulture).Replace("-0.0000", "0.0000", StringComparison.Ordinal)),
            (await page.Locator("[data-node] .grad").AllTextContentsAsync()).Select(text => double.Parse(text, CultureInfo.InvariantCulture)
                .ToString("F4", CultureInfo.InvariantCulture).Replace("-0.0000", "0.0000", StringComparison.Ordinal)));

        // Back to the start, and forward one by one: the same end.
        await page.Keyboard.PressAsync("Home");
        Assert.All(await page.EvaluateAsync<double[]>("lesson.state.grads"), grad => Assert.Equal(0, grad));
        var steps = await page.EvaluateAsync<int>("lesson.steps.length");
        for (var i = 1; i < steps; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        Assert.Equal(nodes.Select(node => node.Grad), await page.EvaluateAsync<double[]>("lesson.state.grads"));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_step_back_shows_the_state_before()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;

        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("-6.0000", await page.Locator("[data-node='2'] .data").TextContentAsync());
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("·", await page.Locator("[data-node='2'] .data").TextContentAsync());
        await page.Locator("#next").ClickAsync();
        Assert.Equal("-6.0000", await page.Locator("[data-node='2'] .data").TextContentAsync());
    }

    [Fact]
    public async Task A_backward_step_writes_out_the_chain_rule()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;

        // 3 values, the root's gradient, d and f, e and c: then a's, through e = a * b.
        await page.EvaluateAsync("lesson.go(9)");
        var text = (await page.Locator("#explain").InnerTextAsync()).ReplaceLineEndings(" ");
        Assert.Contains("∂L/∂a += ∂L/∂e × ∂e/∂a", string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(
            ["-2.0000", "-3.0000", "6.0000", "0.0000", "6.0000", "6.0000"],
            await page.Locator("#explain .num").AllTextContentsAsync());
        await Browser.KeepAsync(page, "lesson-chain-rule");
    }

    [Fact]
    public async Task Quiz_holds_each_result_back_until_it_is_asked_for()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;
        await page.Keyboard.PressAsync("q");

        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("?", await page.Locator("[data-node='2'] .data").TextContentAsync());
        Assert.DoesNotContain("-6.0000", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);

        // The step forward first shows the result, then goes on.
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(("1", "-6.0000"), (await Step(page), await page.Locator("[data-node='2'] .data").TextContentAsync()));
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(("2", "?"), (await Step(page), await page.Locator("[data-node='4'] .data").TextContentAsync()));
        await page.Locator("#show").ClickAsync();
        Assert.Equal("4.0000", await page.Locator("[data-node='4'] .data").TextContentAsync());

        // A gradient: the contribution and the sum are both held back.
        await page.EvaluateAsync("lesson.go(9)");
        Assert.Equal(
            ["-2.0000", "-3.0000", "?", "0.0000", "?", "?"], await page.Locator("#explain .num").AllTextContentsAsync());
        Assert.Equal("?", await page.Locator("[data-node='0'] .grad").TextContentAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("6.0000", await page.Locator("[data-node='0'] .grad").TextContentAsync());

        await page.Keyboard.PressAsync("q");
        await page.EvaluateAsync("lesson.go(1)");
        Assert.Equal("-6.0000", await page.Locator("[data-node='2'] .data").TextContentAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_address_follows_the_step_and_leads_to_it()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.EndsWith("#step=2", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        Assert.Equal("2", await Step(page));
        await page.EvaluateAsync("location.hash = '#step=end'");
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-step", "10");
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_step_is_in_sight_in_a_list_that_fills_the_column(bool isPhone)
    {
        var screen = isPhone ? Screen.Phone : Screen.Laptop;
        await using var opened = await browser.OpenAsync("steps", GraphRenderer.Render(Examples.NetworkGraph(), HtmlOptions), screen: screen);

        foreach (var key in new[] { "Home", "ArrowRight", "End", "ArrowLeft" })
        {
            await opened.Page.Keyboard.PressAsync(key);
            Assert.True(
                await opened.Page.EvaluateAsync<bool>("""
                    () => {
                        const of = e => e.getBoundingClientRect();
                        const [item, list, column] = ['.log .now', '.log', 'aside'].map(e => of(document.querySelector(e)));
                        return item.top >= list.top - 1 && item.bottom <= list.bottom + 1 && item.bottom <= column.bottom + 1;
                    }
                    """),
                $"The step is out of sight after {key}.");
            Assert.True(
                isPhone || await opened.Page.EvaluateAsync<bool>("(log => log.scrollHeight >= log.clientHeight)(document.getElementById('log'))"),
                $"The list is broken off after {key}.");
        }
    }

    [Fact]
    public async Task A_swipe_is_a_step()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions), screen: Screen.Phone);
        var page = opened.Page;

        await SwipeAsync(page, "aside", 300, 100);
        Assert.Equal("1", await Step(page));
        await SwipeAsync(page, "#view", 300, 100);
        Assert.Equal("2", await Step(page));
        await SwipeAsync(page, "#view", 100, 300);
        Assert.Equal("1", await Step(page));
    }

    [Fact]
    public async Task A_phone_has_the_bar_at_its_bottom_with_a_slider_as_wide()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions), screen: Screen.Phone);

        var places = await opened.Page.EvaluateAsync<double[]>("""
            () => {
                const [slider, play] = ['slider', 'play'].map(id => document.getElementById(id).getBoundingClientRect());
                return [slider.width / innerWidth, innerHeight - play.bottom];
            }
            """);
        Assert.InRange(places[0], 0.9, 1);
        Assert.InRange(places[1], 0, 20);
    }

    [Fact]
    public async Task A_weight_below_0_is_dashed_in_the_page_of_a_training()
    {
        var model = new Mlp(2, [4, 4, 1]);
        await using var opened = await browser.OpenAsync("training", GraphRenderer.RenderTraining(model, Examples.History(model, 12)));

        foreach (var epoch in new[] { 0, 11 })
        {
            await opened.Page.EvaluateAsync($"training.go({epoch})");
            var dashes = await opened.Page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('[data-w]')].map(e => Math.sign(e.querySelector('title').textContent) + ' ' + (getComputedStyle(e).strokeDasharray !== 'none'))");
            Assert.NotEmpty(dashes);
            Assert.All(dashes, dash => Assert.Contains(dash, new[] { "1 false", "-1 true" }));
        }
    }

    [Fact]
    public async Task A_branch_that_is_not_taken_passes_nothing_on()
    {
        // The derivative of the logarithm is infinite at 0, but the other branch is taken.
        GradValue x = new(0, "x");
        var root = GradValue.Choose(x, 0, x.Log(), x.Exp());
        root.Backward();
        await using var opened = await browser.OpenAsync("branches", GraphRenderer.Render(root, HtmlOptions));

        await opened.Page.Keyboard.PressAsync("End");
        Assert.Equal(1, x.Grad);
        Assert.Equal(GradNode.List(root).Select(node => node.Grad), await opened.Page.EvaluateAsync<double[]>("lesson.state.grads"));
    }

    [Fact]
    public async Task Play_runs_to_the_end_and_pause_stops_it()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;
        await page.Locator("#speed").SelectOptionAsync("60");

        await page.Locator("#play").ClickAsync();
        await Assertions.Expect(page.Locator("body")).ToHaveAttributeAsync("data-step", "10");
        await Assertions.Expect(page.Locator("#play")).ToContainTextAsync("Play");

        await page.Locator("h1").ClickAsync();
        await page.Locator("#speed").SelectOptionAsync("1600");
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync(" ");
        await Assertions.Expect(page.Locator("#play")).ToContainTextAsync("Pause");
        await page.Keyboard.PressAsync(" ");
        await Assertions.Expect(page.Locator("#play")).ToContainTextAsync("Play");
        Assert.Equal("0", await Step(page));
    }

    [Fact]
    public async Task Pointing_at_a_node_lights_its_inputs_and_users()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;

        await page.Locator("[data-node='2'] .name").HoverAsync();
        Assert.Equal(["0", "1"], await Nodes(page, "input"));
        Assert.Equal(["4"], await Nodes(page, "user"));
        Assert.Contains("multiply", await page.Locator("#facts").InnerTextAsync(), StringComparison.Ordinal);
        await Browser.KeepAsync(page, "lesson-hover");

        await page.Mouse.MoveAsync(500, 700);
        Assert.Empty(await Nodes(page, "input"));
    }

    [Fact]
    public async Task Wheel_and_keys_zoom_and_a_drag_pans()
    {
        await using var opened = await browser.OpenAsync("manual", GraphRenderer.Render(Examples.Manual(), HtmlOptions));
        var page = opened.Page;
        var width = await page.EvaluateAsync<double>("view.box.w");

        await page.Mouse.MoveAsync(500, 400);
        await page.Mouse.WheelAsync(0, -300);
        await page.WaitForFunctionAsync($"view.box.w < {width.ToString("R", CultureInfo.InvariantCulture)}");
        var left = await page.EvaluateAsync<double>("view.box.x");
        await page.Mouse.MoveAsync(500, 600);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(400, 600);
        await page.Mouse.UpAsync();
        Assert.True(await page.EvaluateAsync<double>("view.box.x") > left);
        await page.Keyboard.PressAsync("0");
        Assert.Equal(width, await page.EvaluateAsync<double>("view.box.w"), 6);
    }

    [Fact]
    public async Task A_training_moves_with_its_slider()
    {
        var model = new Mlp(2, [3, 1]);
        var history = Examples.History(model, 10);
        await using var opened = await browser.OpenAsync("training", GraphRenderer.RenderTraining(model, history));
        var page = opened.Page;
        await page.Locator("#slider").FillAsync("4");
        Assert.Equal("epoch 5", await page.Locator("#where").TextContentAsync());
        Assert.Contains("0.2000", await page.Locator("#epoch").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(
            history[4].Parameters![0],
            double.Parse((await page.Locator("[data-w='0'] title").TextContentAsync())!, CultureInfo.InvariantCulture));
        await page.Locator("[data-node='1/0']").HoverAsync();
        await Browser.KeepAsync(page, "training");
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(Activation.Tanh, 1, true)]
    [InlineData(Activation.Gelu, 3, true)]
    [InlineData(Activation.Elu, 3, false)]
    public async Task A_trainings_map_gives_what_the_network_gives(Activation activation, int outputs, bool hasBias)
    {
        var model = new Mlp(2, [4, outputs], activation, hasBias: hasBias);
        var history = Examples.History(model, 3);
        PlotRow[] rows = [new(-1, 2, "no"), new(3, -2, "yes")];
        await using var opened = await browser.OpenAsync("map", GraphRenderer.RenderTraining(model, history, rows: rows));
        var page = opened.Page;
        await page.Keyboard.PressAsync("End");

        // The middle of the cell in column 7 and row 10 from the top.
        var place = await page.EvaluateAsync<double[]>(
            "(({ x, y }) => [x[0] + 7.5 / 48 * (x[1] - x[0]), y[1] - 10.5 / 48 * (y[1] - y[0])])(training.map.plane)");
        var given = await page.EvaluateAsync<double[]>(
            "(() => { const p = 48 * 10 + 7; const last = training.map.outputs(training.frames[2].parameters).at(-1); return [...last.filter((_, i) => i % 2304 === p), training.map.decision(last, p)[0]]; })()");
        var expected = model.Predict(place);
        Assert.Equal(outputs + 1, given.Length);
        for (var i = 0; i < outputs; i++)
        {
            Assert.Equal(expected[i], given[i], 1e-12);
        }

        var decided = outputs == 1 ? (expected[0] > 0 ? 1 : 0) : Array.IndexOf(expected, expected.Max());
        Assert.Equal(decided, given[^1]);
        Assert.Equal(6 + outputs, await page.Locator("image.gives[href^='data:image/png']").CountAsync());
        Assert.Contains("no", await page.Locator("#map + p").InnerTextAsync(), StringComparison.Ordinal);
        await Browser.KeepAsync(page, $"map-{activation}");
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Labels_that_look_like_markup_stay_text()
    {
        var root = new GradValue(1, "</script><script>document.title='broken'</script><img src=x onerror=alert(1)>").Tanh();
        await using var opened = await browser.OpenAsync("labels", GraphRenderer.Render(root, HtmlOptions with { Title = "<b>title</b>" }));

        await opened.Page.Keyboard.PressAsync("End");
        Assert.Equal("<b>title</b>", await opened.Page.TitleAsync());
        Assert.Equal(0, await opened.Page.Locator("img").CountAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_folded_graph_has_no_steps_and_nothing_to_play()
    {
        var root = new Mlp(2, [16, 16, 1]).Invoke(0.5, -0.25)[0];
        await using var opened = await browser.OpenAsync("folded", GraphRenderer.Render(root, HtmlOptions with { MaximumNodeCount = 50 }));
        var page = opened.Page;

        Assert.Contains("drawn folded", await page.Locator("#explain").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#play").CountAsync());
        await page.Locator("[data-node='0']").FocusAsync();
        Assert.NotEmpty(await Nodes(page, "user"));
        await Browser.KeepAsync(page, "folded");
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(GraphDirection.LeftToRight)]
    [InlineData(GraphDirection.TopToBottom)]
    public async Task Text_stays_in_its_box_and_boxes_stay_apart(GraphDirection direction)
    {
        var labelled = new GradValue(-123456.789, "a very long label that goes on and on") * new GradValue(1e-12, "W");
        labelled.Label = "<wide> & MMMMMMMMMMMM";
        var root = new Mlp(3, [4, 4, 1]).Invoke(labelled, new GradValue(3, "x2"), new GradValue(double.NaN, "x3"))[0];
        root.Backward();
        await using var opened = await browser.OpenAsync("boxes", GraphRenderer.Render(root, HtmlOptions with { Direction = direction }));
        await opened.Page.Keyboard.PressAsync("End");

        // As the browser measures: a pixel is left to fonts that round.
        var faults = await opened.Page.EvaluateAsync<string[]>("""
            () => {
                const of = e => e.getBoundingClientRect();
                const scale = of(document.querySelector('[data-node] .b')).height / 28;
                const inside = (a, b) => a.left >= b.left - scale && a.right <= b.right + scale && a.top >= b.top - scale && a.bottom <= b.bottom + scale;
                const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                const faults = [];
                const shapes = [...document.querySelectorAll('[data-node] .b, [data-node] .o')];
                for (const g of document.querySelectorAll('[data-node]')) {
                    for (const text of g.querySelectorAll('text')) {
                        const shape = g.querySelector(text.classList.contains('op') ? '.o' : '.b');
                        if (!inside(of(text), of(shape))) faults.push(`${text.textContent} spills`);
                    }
                }
                shapes.forEach((a, i) => shapes.slice(i + 1).forEach(b => {
                    if (!apart(of(a), of(b))) faults.push(`${a.parentNode.textContent} and ${b.parentNode.textContent} overlap`);
                }));
                return faults;
            }
            """);
        Assert.Empty(faults);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_plot_opens_without_complaint()
    {
        var page = PlotRenderer.Draw(FunctionPlot.Of(x => (x * x, 2 * x), -2, 2), new PlotOptions { Format = PlotFormat.Html });
        await using var opened = await browser.OpenAsync("plot", page, ColorScheme.Dark);

        await Browser.KeepAsync(opened.Page, "plot-dark");
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests);
    }

    /// <summary>A quick stroke of one finger over the middle of an element.</summary>
    private static async Task SwipeAsync(IPage page, string element, int from, int to) => await page.EvaluateAsync(
        """
        ([element, from, to]) => {
            const target = document.querySelector(element);
            const place = target.getBoundingClientRect();
            const finger = x => new Touch({ identifier: 1, target, clientX: x, clientY: place.top + place.height / 2 });
            const fire = (kind, x, touches) => target.dispatchEvent(new TouchEvent(kind, { bubbles: true, cancelable: true, touches, changedTouches: [finger(x)] }));
            fire('touchstart', from, [finger(from)]);
            fire('touchend', to, []);
        }
        """,
        new object[] { element, from, to });

    private static Task<string?> Step(IPage page) => page.Locator("body").GetAttributeAsync("data-step");

    private static async Task<string[]> Nodes(IPage page, string kind) =>
        await page.EvaluateAsync<string[]>($"[...document.querySelectorAll('[data-node].{kind}')].map(g => g.dataset.node)");
}
