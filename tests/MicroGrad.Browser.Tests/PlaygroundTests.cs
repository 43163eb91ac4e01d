using System.Globalization;
using System.Text.RegularExpressions;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Networks;
using MicroGrad.Persistence;
using MicroGrad.Training;
using Microsoft.Playwright;

namespace MicroGrad.Browser.Tests;

/// <summary>The playground as its reader meets it: played, stepped, set, shared, saved and edited.</summary>
public sealed partial class PlaygroundTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string> Names => [.. Playgrounds.All.Keys];

    [Fact]
    public async Task A_missing_number_of_a_row_is_said_to_be_missing()
    {
        await using var opened = await OpenAsync(Playgrounds.All["pets"]());
        var said = await opened.Page.EvaluateAsync<string[]>("[0, 1].map(i => describeRow(playground.rows[i]))");

        Assert.StartsWith("Weight missing, taken as ", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("missing", said[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_kind_of_rows_trains_without_complaint(string name)
    {
        await using var opened = await OpenAsync(Playgrounds.All[name](), "#speed=fast&stop=1000000");
        var page = opened.Page;
        var before = await EpochAsync(page);

        await page.Locator("#play").ClickAsync();
        await UntilAsync(page, "playground.state.trainer.epoch >= 3");
        await page.Locator("#play").ClickAsync();
        Assert.Equal("Paused", await StateAsync(page));
        Assert.Equal(0, before);
        Assert.True(await page.EvaluateAsync<bool>("playground.state.history.every(e => Number.isFinite(e.loss))"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"));
        await Browser.KeepAsync(page, "playground-" + Unsafe().Replace(name, "-"));
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests);
    }

    [Theory]
    [InlineData("moons")]
    [InlineData("four inputs, three classes")]
    [InlineData("categories")]
    [InlineData("a number as target")]
    [InlineData("dates")]
    public async Task Losses_of_200_epochs_are_those_of_a_training(string name)
    {
        var playground = Playgrounds.All[name]();
        await using var opened = await OpenAsync(playground, "#epoch=200");

        var (expected, _) = playground.Train(200);
        var found = await opened.Page.EvaluateAsync<double[][]>("playground.state.history.map(e => [e.loss, e.validationLoss])");
        Assert.Equal(200, found.Length);
        for (var e = 0; e < 200; e++)
        {
            AssertNear(expected[e].Loss, found[e][0], 1e-12, $"loss of epoch {e + 1}");
            AssertNear(expected[e].ValidationLoss!.Value, found[e][1], 1e-12, $"validation loss of epoch {e + 1}");
        }

        Assert.Equal("= the command", await opened.Page.Locator("#sameness").TextContentAsync());
    }

    [Fact]
    public async Task New_weights_and_another_network_are_those_that_the_command_names()
    {
        var playground = Playgrounds.All["moons"]();
        await using var opened = await OpenAsync(playground, "#net=5-4&act=relu&seed=7&opt=sgd&lr=0.03&mom=0.9&batch=16&l2=0.001&epoch=50");

        Assert.Equal(
            """
            $model = New-Mlp -InputCount 2 -LayerSize 5, 4, 1 -Activation Relu -OutputActivation Identity -Seed 7
            $rows | Start-MlpTraining -Model $model -Target Label -ValidationFraction 0.2 -Loss BinaryCrossEntropy -Optimizer Sgd -Momentum 0.9 -LearningRate 0.03 -L2 0.001 -BatchSize 16 -Seed 1 -Epoch 50
            """.ReplaceLineEndings("\n"),
            await opened.Page.EvaluateAsync<string>("playground.commandText()"));
        var model = new Mlp(2, [5, 4, 1], Activation.Relu, random: new PythonRandom(7));
        var (expected, _) = playground.Train(
            50,
            options => options with
            {
                BatchSize = 16,
                L2 = 0.001,
                LearningRate = 0.03,
                Optimizer = new OptimizerOptions { Kind = OptimizerKind.Sgd, Momentum = 0.9 },
            },
            model);
        var found = await opened.Page.EvaluateAsync<double[]>("playground.state.history.map(e => e.loss)");
        for (var e = 0; e < 50; e++)
        {
            AssertNear(expected[e].Loss, found[e], 1e-12, $"loss of epoch {e + 1}");
        }

        // New weights: the next seed, with the settings as they are.
        await opened.Page.Locator("#renew").ClickAsync();
        Assert.Equal(0, await EpochAsync(opened.Page));
        var drawn = new Mlp(2, [5, 4, 1], Activation.Relu, random: new PythonRandom(8)).Parameters.Select(p => p.Data).ToArray();
        var shown = await opened.Page.EvaluateAsync<double[]>("[...playground.state.trainer.network.parameters]");
        for (var i = 0; i < drawn.Length; i++)
        {
            AssertNear(drawn[i], shown[i], 1e-14, $"parameter {i}");
        }
    }

    [Theory]
    [InlineData("moons", "#epoch=40")]
    [InlineData("moons", "#net=3-3&act=silu&loss=hinge&epoch=20")]
    [InlineData("numbers for classes", "#loss=BinaryCrossEntropy&epoch=20")]
    [InlineData("numbers as classes", "#epoch=20")]
    [InlineData("four inputs, three classes", "#epoch=20")]
    [InlineData("categories", "#epoch=20")]
    [InlineData("a number as target", "#epoch=20")]
    [InlineData("dates", "#epoch=20")]
    public async Task A_saved_model_gives_the_same_answers(string name, string fragment)
    {
        var playground = Playgrounds.All[name]();
        await using var opened = await OpenAsync(playground, fragment);

        var download = await opened.Page.RunAndWaitForDownloadAsync(() => opened.Page.Locator("#save").ClickAsync());
        var model = ModelFile.Read(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.EndsWith(".json", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(playground.Model.Schema!.FeatureNames, model.FeatureNames);
        Assert.Equal(playground.Model.Schema.HasNumericClasses || name == "numbers for classes", model.Schema!.HasNumericClasses);
        Assert.Equal(await opened.Page.EvaluateAsync<int>("playground.state.trainer.epoch"), model.Training!.Epoch);
        Assert.Equal(await opened.Page.EvaluateAsync<double>("playground.state.history.at(-1).loss"), model.Training.Loss);

        var all = Enumerable.Range(0, playground.Table.Count).ToArray();
        var samples = SampleEncoder.Encode(model.Schema!, playground.Table, all, model.OutputCount);
        var expected = new NetworkRunner(model).Outputs(samples.Inputs);
        var found = await opened.Page.EvaluateAsync<double[]>("playground.rows.flatMap(row => [...playground.state.trainer.network.forward(row.inputs, 0)])");
        for (var i = 0; i < expected.Length; i++)
        {
            AssertNear(expected[i], found[i], 1e-11, $"output {i}");
        }

        if (model.Schema.Features.All(feature => feature.Kind == ColumnKind.Number))
        {
            // Rows and answers in their own units, as Invoke-Mlp gives them.
            var answers = new NetworkRunner(model).Predict([.. all.SelectMany(r => playground.Table.Features.Select(column => column.Values[r]))]);
            var shown = await opened.Page.EvaluateAsync<double[]>(
                "playground.rows.flatMap(row => [...playground.state.trainer.network.forward(row.inputs, 0)].map(isOfClasses() ? z => z : unscaled))");
            for (var i = 0; i < answers.Length; i++)
            {
                AssertNear(answers[i], shown[i], 1e-12, $"answer {i}");
            }
        }
    }

    [Fact]
    public async Task A_model_of_several_activations_is_not_saved_but_explained()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), "#act=tanh,relu");
        await opened.Page.Locator("#save").ClickAsync();
        Assert.Contains("one activation", await NowAsync(opened.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_look_like_markup_stay_text()
    {
        const string Bad = "</script><script>window.bad=1</script>";
        var rows = Playgrounds.Points(40).Select(row => new object?[] { row[0], row[1], (double)row[2]! > 0 ? "<img src=x onerror=window.bad=1>" : "a\"b'c&d" });
        var playground = Playgrounds.Make(Playgrounds.Network(2, 4, 1), [Bad, "\u05d0\u05d1 \"x'"], "<b>t</b>", rows, 0, title: Bad + "\u202eabc");
        await using var opened = await OpenAsync(playground, "#epoch=3");
        var page = opened.Page;

        Assert.Equal(Bad + "\u202eabc", await page.Locator("#title").TextContentAsync());
        Assert.Equal(Bad, await page.Locator("#x").InputValueAsync());
        await page.Locator("#tile1-0").ClickAsync();
        await page.Locator("#share").ClickAsync();
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("window.bad === undefined"));
        Assert.Contains("<img src=x onerror=window.bad=1>", await page.Locator("#legend").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
        Assert.Single(opened.Requests);
    }

    [Fact]
    public async Task Without_scripts_it_shows_network_and_rows()
    {
        var window = Playgrounds.Window();
        window.JavaScriptEnabled = false;
        await using var opened = await browser.OpenAsync("static", Playgrounds.All["moons"]().Html, window);
        await Browser.KeepAsync(opened.Page, "playground-without-scripts");
        await Assertions.Expect(opened.Page.Locator("noscript svg")).ToHaveCountAsync(2);
        await Assertions.Expect(opened.Page.Locator("noscript svg").First).ToBeVisibleAsync();
        await Assertions.Expect(opened.Page.Locator("main")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Keys_do_what_they_are_listed_for()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"]());
        var page = opened.Page;

        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(1, await EpochAsync(page));
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        Assert.Equal(1, await EpochAsync(page));
        Assert.Equal(32, await page.EvaluateAsync<int>("playground.state.trainer.start"));
        await page.Keyboard.PressAsync("r");
        Assert.Equal(0, await EpochAsync(page));
        await page.Keyboard.PressAsync("n");
        Assert.Equal(2, await page.EvaluateAsync<int>("playground.settings.seed"));
        foreach (var (key, speed) in new[] { ("1", "slow"), ("2", "1"), ("4", "fast"), ("3", "10") })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(speed, await page.EvaluateAsync<string>("playground.settings.speed"));
        }

        await page.Keyboard.PressAsync(" ");
        Assert.Equal("Training", await StateAsync(page));
        await page.Keyboard.PressAsync(" ");
        Assert.Equal("Paused", await StateAsync(page));
        await page.Keyboard.PressAsync("b");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.classList.contains('big')"));
        await page.Keyboard.PressAsync("b");
        await page.Keyboard.PressAsync("?");
        Assert.True(await page.EvaluateAsync<bool>("byId('keys').open"));
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.EvaluateAsync<bool>("byId('keys').open"));

        await page.Locator("#tile0-0").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("tile1-1", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.EvaluateAsync<bool>("byId('editor').open"));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("tile1-1", await page.EvaluateAsync<string>("document.activeElement.id"));

        // While a field is typed in, keys are letters.
        var epoch = await EpochAsync(page);
        await page.Locator("#stopEpoch").FocusAsync();
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(epoch, await EpochAsync(page));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Tab_goes_through_everything_in_reading_order_and_everything_has_a_name()
    {
        await using var opened = await OpenAsync(Playgrounds.All["four inputs, three classes"]());
        var page = opened.Page;
        var visited = new List<string>();
        for (var i = 0; i < 80; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var id = await page.EvaluateAsync<string>("document.activeElement === document.body ? '' : document.activeElement.id || document.activeElement.parentNode.id || document.activeElement.dataset.held");
            if (id.Length == 0)
            {
                break;
            }

            visited.Add(id);
        }

        Assert.Equal(["play", "step", "reset", "renew", "speed", "share", "save", "text", "help"], visited.Take(9));
        string[] rest = ["validation", "x", "stopEpoch", "slower", "rate", "optimizer", "l1", "fewerLayers", "act1", "tile0-0", "map", "log"];
        Assert.Equal(rest, visited.Where(rest.Contains));
        Assert.Equal(visited.Count, visited.Distinct().Count());

        // What the browser tells assistive software of each control.
        var nameless = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button,select,input,textarea,[tabindex]')].filter(e => e.checkVisibility())
                .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() && e.tagName === 'BUTTON' || e.labels?.[0]?.textContent.trim()))
                .map(e => e.outerHTML.slice(0, 80))
            """);
        Assert.Empty(nameless);
        Assert.Matches("^layer 1, neuron 3: .*(positive|negative).*, strongest input ", await page.Locator("#tile1-2").GetAttributeAsync("aria-label"));
        Assert.Equal(6, await page.Locator("#mapTable tr").CountAsync());
        Assert.Equal("polite", await page.Locator("#spoken").GetAttributeAsync("aria-live"));
    }

    [Theory]
    [InlineData("lr", "0.03", "rate")]
    [InlineData("loss", "Hinge", "loss")]
    [InlineData("opt", "Sgd", "optimizer")]
    [InlineData("mom", "0.9", "momentum")]
    [InlineData("batch", "0", "batch")]
    [InlineData("l2", "0.01", "l2")]
    [InlineData("l1", "0.001", "l1")]
    [InlineData("noise", "20", "noise")]
    [InlineData("val", "0.4", "validation")]
    [InlineData("seed", "3", "seed")]
    [InlineData("x", "X2", "x")]
    [InlineData("speed", "slow", "speed")]
    [InlineData("stop", "50", "stop")]
    [InlineData("below", "0.1", "below")]
    [InlineData("patience", "7", "patience")]
    [InlineData("act", "relu,silu", "act")]
    [InlineData("net", "4-3-2", "net")]
    [InlineData("hide", "noise,l1", "hide")]
    [InlineData("log", "1", "log")]
    [InlineData("big", "1", "big")]
    public async Task A_setting_of_the_address_goes_there_and_back(string part, string value, string setting)
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), $"#{part}={value}");
        var page = opened.Page;

        Assert.NotEqual(
            await page.EvaluateAsync<string>($"JSON.stringify(start.{setting})"), await page.EvaluateAsync<string>($"JSON.stringify(playground.settings.{setting})"));
        Assert.Contains($"{part}={value}", (await page.EvaluateAsync<string>("playground.addressText()"))[1..].Split('&'));

        // Opened again from there, it is the same state.
        var before = await page.EvaluateAsync<string>("JSON.stringify(playground.settings)");
        await page.EvaluateAsync("playground.open(playground.addressText())");
        Assert.Equal(before, await page.EvaluateAsync<string>("JSON.stringify(playground.settings)"));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Wrong_parts_of_an_address_are_ignored_and_named()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), "#lr=-1&colour=red&net=99&x=Nothing&batch=1.5&act=tanh,wild&%E0%A4%A&l2=0.1&hide=all&epoch=-3");
        var now = await NowAsync(opened.Page);
        foreach (var wrong in new[] { "lr=-1", "colour=red", "net=99", "x=Nothing", "batch=1.5", "act=tanh,wild", "hide=all", "epoch=-3" })
        {
            Assert.Contains(wrong, now, StringComparison.Ordinal);
        }

        Assert.Equal(0.1, await opened.Page.EvaluateAsync<double>("playground.settings.l2"));
        Assert.Equal(0.01, await opened.Page.EvaluateAsync<double>("playground.settings.rate"));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task An_address_opens_at_its_epoch_and_a_pasted_one_too()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), "#epoch=30");
        var page = opened.Page;
        Assert.Equal(30, await EpochAsync(page));
        var loss = await page.EvaluateAsync<double>("playground.state.history.at(-1).loss");

        await page.Locator("#share").ClickAsync();
        Assert.Equal("#epoch=30", await page.Locator("#address").InputValueAsync());
        await page.Locator("#pasted").FillAsync("file:///somewhere/page.html#lr=0.1&epoch=5");
        await page.Locator("#applyPasted").ClickAsync();
        Assert.Equal(5, await EpochAsync(page));
        Assert.Equal("0.1", await page.Locator("#rate").InputValueAsync());

        await page.EvaluateAsync("location.hash = '#epoch=30&log=0'");
        await UntilAsync(page, "playground.state.trainer.epoch === 30");
        Assert.Equal(loss, await page.EvaluateAsync<double>("playground.state.history.at(-1).loss"));
    }

    [Fact]
    public async Task A_rate_of_1000_diverges_with_finite_weights_and_a_reset()
    {
        await using var opened = await OpenAsync(Playgrounds.All["a number as target"](), "#opt=sgd&lr=1000&speed=fast");
        var page = opened.Page;

        await page.Locator("#play").ClickAsync();
        await UntilAsync(page, "playground.state.name === 'Diverged'");
        Assert.Contains("learning rate (1000)", await NowAsync(page), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("playground.state.trainer.network.parameters.every(Number.isFinite)"));
        await Browser.KeepAsync(page, "playground-diverged");
        await page.Locator("#reset").ClickAsync();
        Assert.Equal("Ready", await StateAsync(page));
        await page.Locator("#rate").FillAsync("0.01");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#step").ClickAsync();
        Assert.Equal(1, await EpochAsync(page));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_pause_is_heard_at_once_while_it_trains_at_its_fastest()
    {
        await using var opened = await OpenAsync(Playgrounds.Make(Playgrounds.Network(2, 8, 8, 1), ["X1", "X2"], "Label", Playgrounds.Moons(500), 0.2), "#stop=1000000");
        var page = opened.Page;
        await page.Locator("#speed").SelectOptionAsync("fast");
        await page.Locator("#play").ClickAsync();
        while (await EpochAsync(page) == 0)
        {
            await page.WaitForTimeoutAsync(50);
        }

        await page.EvaluateAsync("byId('play').click()");
        Assert.Equal("Paused", await StateAsync(page));
        var epoch = await EpochAsync(page);
        Assert.True(epoch > 0);
        await page.WaitForTimeoutAsync(200);
        Assert.Equal(epoch, await EpochAsync(page));
    }

    [Fact]
    public async Task The_map_has_the_colours_of_the_models_answers_and_changes_with_them()
    {
        // Few rows, so that places are free.
        var playground = Playgrounds.Make(Playgrounds.Network(2, 6, 1), ["X1", "X2"], "Label", Playgrounds.Moons(12), 0);
        await using var opened = await OpenAsync(playground, "#epoch=60");
        var page = opened.Page;
        var (_, model) = playground.Train(60);
        var compared = 0;
        for (var i = 0; i < 400; i++)
        {
            var (u, v) = (((i % 20) + 0.5) / 20, ((i / 20) + 0.5) / 20);
            var place = await page.EvaluateAsync<double[]>("([u, v]) => [grid.x, grid.y].map((a, i) => a.low + [u, v][i] * (a.high - a.low))", new[] { u, v });
            var isFree = await page.EvaluateAsync<bool>("([u, v]) => playground.rows.every(r => Math.hypot(placeOn(grid.x, r) - u, placeOn(grid.y, r) - v) > 0.05)", new[] { u, v });
            var answer = model.Predict(place)[0];
            if (!isFree || Math.Abs(answer) < 0.35)
            {
                continue;
            }

            var pixel = await page.EvaluateAsync<int[]>("([u, v]) => [...byId('map').getContext('2d').getImageData(Math.floor(u * 720), Math.floor((1 - v) * 720), 1, 1).data].slice(0, 3)", new[] { u, v });
            int[] colour = answer > 0 ? [0x25, 0x63, 0xeb] : [0xea, 0x58, 0x0c];
            var share = 0.62 * (1 - Math.Exp(-Math.Abs(answer)));
            for (var channel = 0; channel < 3; channel++)
            {
                // The map has 100 cells a side: the answer next to it may be another by a little.
                Assert.InRange(pixel[channel] - (255 + ((colour[channel] - 255) * share)), -12, 12);
            }

            compared++;
        }

        Assert.InRange(compared, 100, 400);
        var before = await page.EvaluateAsync<string>("byId('map').toDataURL()");
        await page.Locator("#play").ClickAsync();
        await UntilAsync(page, "playground.state.trainer.epoch >= 65");
        Assert.NotEqual(before, await page.EvaluateAsync<string>("byId('map').toDataURL()"));
    }

    [Fact]
    public async Task The_map_shows_the_neuron_that_is_pointed_at()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), "#epoch=20");
        var page = opened.Page;
        const string Map = "byId('map').toDataURL()";
        var before = await page.EvaluateAsync<string>(Map);
        await page.Locator("#tile1-4").HoverAsync();
        Assert.NotEqual(before, await page.EvaluateAsync<string>(Map));
        await Browser.KeepAsync(page, "playground-pointed");
        await page.Mouse.MoveAsync(1000, 200);
        Assert.Equal(before, await page.EvaluateAsync<string>(Map));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_long_history_is_thinned()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"]());
        var epochs = await opened.Page.EvaluateAsync<int[]>(
            "(() => { for (let e = 1; e <= 30000; e++) remember({ epoch: e, loss: 1 / e, validationLoss: null }); return playground.state.history.map(e => e.epoch); })()");
        Assert.InRange(epochs.Length, 5000, 10_000);
        Assert.Equal(30_000, epochs[^1]);
        Assert.Single(epochs.Zip(epochs.Skip(1), (a, b) => b - a).Distinct());
    }

    [Fact]
    public async Task A_hidden_tab_pauses()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"]());
        var page = opened.Page;
        await page.Locator("#play").ClickAsync();
        await page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))");
        Assert.Equal("Paused", await StateAsync(page));
        Assert.Contains("hidden", await NowAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reduced_motion_changes_the_picture_at_most_twice_a_second()
    {
        await using var opened = await browser.OpenAsync("calm", Playgrounds.All["moons"]().Html, Playgrounds.Window(isCalm: true), "#speed=fast&stop=1000000");
        var page = opened.Page;
        await ReadyAsync(page);
        await page.Locator("#play").ClickAsync();
        await page.WaitForTimeoutAsync(600);
        await page.EvaluateAsync("window.changes = 0; new MutationObserver(() => window.changes++).observe(byId('epoch'), { childList: true })");
        await page.WaitForTimeoutAsync(3000);
        Assert.InRange(await page.EvaluateAsync<int>("changes"), 2, 7);
        Assert.Equal(0, await page.Locator(".pulse").CountAsync());
    }

    [Fact]
    public async Task Edits_of_weights_and_rows_can_be_undone_and_done_again()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), "#epoch=5");
        var page = opened.Page;
        const string Weights = "JSON.stringify([...playground.state.trainer.network.parameters])";
        var before = await page.EvaluateAsync<string>(Weights);

        // A weight, typed.
        await page.Locator("#tile1-0").ClickAsync();
        await page.Locator("#editor input[inputmode]").First.FillAsync("1.5");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        var edited = await page.EvaluateAsync<string>(Weights);
        Assert.NotEqual(before, edited);
        Assert.Contains("≠", await page.Locator("#sameness").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("#undo").ClickAsync();
        Assert.Equal(before, await page.EvaluateAsync<string>(Weights));
        await page.Keyboard.PressAsync("Control+y");
        Assert.Equal(edited, await page.EvaluateAsync<string>(Weights));
        await page.Keyboard.PressAsync("Control+z");

        // A row more, and one less.
        await page.Locator("#click").SelectOptionAsync("add1");
        await page.Locator("#map").ClickAsync(new LocatorClickOptions { Position = new Position { X = 60, Y = 330 } });
        Assert.Equal(301, await page.EvaluateAsync<int>("playground.rows.length"));
        Assert.Equal(241, await page.EvaluateAsync<int>("playground.state.trainer.training.count"));
        await page.Locator("#map").ClickAsync(new LocatorClickOptions { Position = new Position { X = 60, Y = 330 }, Modifiers = [KeyboardModifier.Shift] });
        Assert.Equal(300, await page.EvaluateAsync<int>("playground.rows.length"));
        await page.Locator("#undo").ClickAsync();
        await page.Locator("#undo").ClickAsync();
        Assert.Equal(300, await page.EvaluateAsync<int>("playground.rows.length"));
        Assert.True(await page.Locator("#undo").IsDisabledAsync());

        // Fifty are kept.
        await page.EvaluateAsync("for (let i = 0; i < 60; i++) setParameter(0, i + 0.5, 'weight')");
        Assert.Equal(50, await page.EvaluateAsync<int>("playground.state.undo.length"));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_weight_is_dragged_as_one_edit_and_a_line_opens_its_own()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"]());
        var page = opened.Page;
        var line = await page.EvaluateAsync<double[]>("(() => { const l = layout.lines[0], b = byId('layers').getBoundingClientRect(); return [b.left + (l.x1 * 3 + l.x2) / 4, b.top + (l.y1 * 3 + l.y2) / 4]; })()");
        await page.Mouse.ClickAsync((float)line[0], (float)line[1]);
        Assert.Equal(1, await page.Locator("#editor [type=range]").CountAsync());
        await page.EvaluateAsync("""
            (() => {
                const range = byId('editor').querySelector('[type=range]');
                for (const v of [1, 2, 3]) { range.value = v; range.dispatchEvent(new Event('input', { bubbles: true })); }
                range.dispatchEvent(new Event('change', { bubbles: true }));
            })()
            """);
        Assert.Equal(1, await page.EvaluateAsync<int>("playground.state.undo.length"));
        Assert.Equal(3, await page.EvaluateAsync<double>("playground.state.trainer.network.parameters[layout.lines[0].parameter]"));
    }

    [Fact]
    public async Task Layers_and_neurons_change_with_new_weights_and_stay_in_their_limits()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), "#epoch=3");
        var page = opened.Page;
        await page.Locator("#more1").ClickAsync();
        Assert.Equal("2-9-8-1", await page.EvaluateAsync<string>("sizes().join('-')"));
        Assert.Equal(0, await EpochAsync(page));
        Assert.Equal("more1", await page.EvaluateAsync<string>("document.activeElement.id"));
        for (var i = 0; i < 4; i++)
        {
            await page.Locator("#moreLayers").ClickAsync();
        }

        Assert.True(await page.Locator("#moreLayers").IsDisabledAsync());
        Assert.True(await page.EvaluateAsync<bool>("byId('scroller').scrollWidth <= byId('scroller').clientWidth"));
        for (var i = 0; i < 6; i++)
        {
            await page.Locator("#fewerLayers").ClickAsync();
        }

        Assert.True(await page.Locator("#fewerLayers").IsDisabledAsync());
        Assert.Equal("2-1", await page.EvaluateAsync<string>("sizes().join('-')"));
        await page.Locator("#step").ClickAsync();
        Assert.Equal(1, await EpochAsync(page));
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("#stop=7&speed=fast", "epoch 7 is reached")]
    [InlineData("#below=0.5&speed=fast", "the loss is below 0.5")]
    [InlineData("#patience=3&lr=0.3&speed=fast", "has not improved for 3 epochs")]
    public async Task A_training_stops_by_its_rule_and_says_which(string fragment, string rule)
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"](), fragment);
        await opened.Page.Locator("#play").ClickAsync();
        await UntilAsync(opened.Page, "playground.state.name === 'Stopped'");
        Assert.Contains(rule, await NowAsync(opened.Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_page_has_on_its_own_is_marked()
    {
        await using var opened = await OpenAsync(Playgrounds.All["four inputs, three classes"](), "#epoch=2");
        var page = opened.Page;
        Assert.Equal("= the command", await page.Locator("#sameness").TextContentAsync());
        await page.Locator("#noise").SelectOptionAsync("20");
        Assert.Contains("noise", await page.Locator("#sameness").GetAttributeAsync("title"), StringComparison.Ordinal);
        await page.Locator("#noise").SelectOptionAsync("0");
        Assert.Contains("changed on the way", await page.Locator("#sameness").GetAttributeAsync("title"), StringComparison.Ordinal);
        await page.Locator("#reset").ClickAsync();
        Assert.Equal("= the command", await page.Locator("#sameness").TextContentAsync());
        await page.Locator("#validation").SelectOptionAsync("0.4");
        Assert.Contains("scaling", await page.Locator("#sameness").GetAttributeAsync("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picked_row_holds_the_other_features_at_its_values()
    {
        await using var opened = await OpenAsync(Playgrounds.All["four inputs, three classes"](), "#epoch=2");
        var page = opened.Page;
        var place = await page.EvaluateAsync<float[]>("(() => { const b = byId('map').getBoundingClientRect(), r = playground.rows[4]; return [b.left + placeOn(grid.x, r) * b.width, b.top + (1 - placeOn(grid.y, r)) * b.height]; })()");
        await page.Mouse.ClickAsync(place[0], place[1]);
        var picked = await page.EvaluateAsync<int>("playground.state.picked");
        Assert.InRange(picked, 0, 89);
        Assert.Equal(
            await page.EvaluateAsync<double[]>($"playground.rows[{picked}].raw"), await page.EvaluateAsync<double[]>("playground.state.held"));
        Assert.Contains($"Row {picked + 1}:", await NowAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_controls_leave_their_figures()
    {
        await using var opened = await OpenAsync(Playgrounds.All["moons"]() with { }, "#hide=learningrate,newweights,layers,optimizer");
        var page = opened.Page;
        Assert.True(await page.Locator("#rate").IsHiddenAsync());
        Assert.True(await page.Locator("#renew").IsHiddenAsync());
        Assert.True(await page.Locator("#moreLayers").IsHiddenAsync());
        Assert.Equal("0.01", await page.Locator("[data-control=LearningRate] output").TextContentAsync());
        Assert.Equal("Adam", await page.Locator("[data-control=Optimizer] output").TextContentAsync());
        await page.Keyboard.PressAsync("n");
        Assert.True(await page.EvaluateAsync<bool>("playground.settings.seed === null"));
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unsafe();

    private static Task ReadyAsync(IPage page) => UntilAsync(page, "document.body.dataset.ready === 'true'");

    // The page's policy lets no text be run as script, which waiting in the page would do.
    private static async Task UntilAsync(IPage page, string condition)
    {
        for (var i = 0; i < 400 && !await page.EvaluateAsync<bool>(condition); i++)
        {
            await page.WaitForTimeoutAsync(50);
        }

        Assert.True(await page.EvaluateAsync<bool>(condition), condition);
    }

    private static Task<string> StateAsync(IPage page) => page.EvaluateAsync<string>("playground.state.name");

    private static Task<int> EpochAsync(IPage page) => page.EvaluateAsync<int>("playground.state.trainer.epoch");

    private static async Task<string> NowAsync(IPage page) => await page.Locator("#now").TextContentAsync() ?? string.Empty;

    private static void AssertNear(double expected, double found, double tolerance, string what) => Assert.True(
        Math.Abs(expected - found) <= tolerance * Math.Max(Math.Abs(expected), 1e-3),
        string.Create(CultureInfo.InvariantCulture, $"{what}: the engine has {expected:R}, the page {found:R}."));

    private async Task<OpenPage> OpenAsync(Playground playground, string fragment = "")
    {
        var opened = await browser.OpenAsync("playground", playground.Html, Playgrounds.Window(), fragment);
        await ReadyAsync(opened.Page);
        return opened;
    }
}
