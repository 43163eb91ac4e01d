using System.Globalization;
using Microsoft.Playwright;

namespace MicroGrad.Browser.Tests;

/// <summary>How the playground looks, measured: nothing scrolls sideways, text and targets are large enough, colours stand out.</summary>
public sealed class PlaygroundLookTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<string, int, int, ColorScheme, bool> Windows
    {
        get
        {
            var all = new TheoryData<string, int, int, ColorScheme, bool>();
            foreach (var name in new[] { "moons", "four inputs, three classes", "a number as target", "one input", "categories" })
            {
                foreach (var (width, height) in new[] { (1280, 800), (390, 844) })
                {
                    foreach (var isBig in new[] { false, true })
                    {
                        all.Add(name, width, height, isBig ? ColorScheme.Dark : ColorScheme.Light, isBig);
                    }
                }
            }

            all.Add("moons", 1280, 800, ColorScheme.Dark, false);
            all.Add("moons", 390, 844, ColorScheme.Dark, false);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Text_targets_and_colours_are_large_and_clear_enough(string name, int width, int height, ColorScheme scheme, bool isBig)
    {
        await using var opened = await browser.OpenAsync(
            "look", Playgrounds.All[name]().Html, Playgrounds.Window(width, height, scheme), $"#epoch=30{(isBig ? "&big=1" : "")}");
        var page = opened.Page;
        await UntilReadyAsync(page);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await Browser.KeepAsync(page, string.Create(CultureInfo.InvariantCulture, $"look-{name.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal)}-{width}-{scheme}{(isBig ? "-big" : "")}"));

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        if (width > 820)
        {
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "The page scrolls.");
        }

        if (width > 820 && !isBig)
        {
            Assert.Empty(await page.EvaluateAsync<string[]>(
                "['settings', 'network', 'output', 'bar', 'scroller'].filter(id => byId(id).scrollHeight > byId(id).clientHeight + 1 || byId(id).scrollWidth > byId(id).clientWidth + 1)"));
        }

        Assert.Empty(await page.EvaluateAsync<string[]>(SmallText, isBig ? 24 : 15));
        Assert.Empty(await page.EvaluateAsync<string[]>(SmallTargets, isBig ? 56 : 44));
        Assert.Empty(await page.EvaluateAsync<string[]>(FaintText));
        Assert.Empty(await page.EvaluateAsync<string[]>(FaintLines));
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task Nothing_lies_over_anything_else(int width, int height)
    {
        foreach (var name in new[] { "moons", "six layers", "nine classes", "2,000 rows, 32 neurons", "no hidden layer" })
        {
            await using var opened = await browser.OpenAsync("overlaps", Playgrounds.All[name]().Html, Playgrounds.Window(width, height), "#epoch=2");
            await UntilReadyAsync(opened.Page);
            Assert.Empty(await opened.Page.EvaluateAsync<string[]>("""
                () => {
                    const all = [...document.querySelectorAll('#layers button, #layers select, #layers .name, #training .field, #settings .field, #settings summary, #network #notes > *')]
                        .filter(e => e.checkVisibility() && e.textContent + e.tagName).map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0);
                    const found = [];
                    all.forEach(([a, r], i) => all.slice(i + 1).forEach(([b, s]) => {
                        if (!a.contains(b) && !b.contains(a) && r.left < s.right - 1 && s.left < r.right - 1 && r.top < s.bottom - 1 && s.top < r.bottom - 1) {
                            found.push(`${a.id || a.textContent.slice(0, 20)} and ${b.id || b.textContent.slice(0, 20)}`);
                        }
                    }));
                    return found;
                }
                """));
        }
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task Names_are_in_the_window_and_apart(int width, int height)
    {
        await using var opened = await browser.OpenAsync("names", Playgrounds.All["pets"]().Html, Playgrounds.Window(width, height));
        await UntilReadyAsync(opened.Page);
        await Browser.KeepAsync(opened.Page, string.Create(CultureInfo.InvariantCulture, $"names-{width}"));

        Assert.Empty(await opened.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('.name')].filter(e => {
                const [place, window] = [e.getBoundingClientRect(), byId('scroller').getBoundingClientRect()];
                return place.left < window.left - 1 || place.right > window.right + 1;
            }).map(e => e.textContent)
            """));

        // What is different is whole: all of a class, and of an input its category.
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.name:not(.input), .name .own')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"));
        Assert.Equal(3, await opened.Page.Locator(".name .own").CountAsync());
    }

    [Fact]
    public async Task The_focus_has_a_ring_of_two_pixels_that_stands_out()
    {
        await using var opened = await browser.OpenAsync("focus", Playgrounds.All["moons"]().Html, Playgrounds.Window());
        await UntilReadyAsync(opened.Page);
        await opened.Page.Keyboard.PressAsync("Tab");
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("2px solid", await opened.Page.EvaluateAsync<string>("(s => s.outlineWidth + ' ' + s.outlineStyle)(getComputedStyle(document.activeElement))"));
        Assert.InRange(await opened.Page.EvaluateAsync<double>($"({Contrast})(getComputedStyle(document.activeElement).outlineColor, getComputedStyle(document.body).backgroundColor)"), 3, 21);
    }

    // The contrast of two computed colours, as WCAG defines it.
    private const string Contrast = """
        (a, b) => {
            const light = c => {
                const [r, g, v] = c.match(/[\d.]+/g).slice(0, 3).map(n => n / 255).map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * v;
            };
            const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
            return (x + 0.05) / (y + 0.05);
        }
        """;

    // Elements that are seen and have text of their own.
    private const string Texts = """
        [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.unseen,script,noscript')
            && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getBoundingClientRect().width > 1)
        """;

    private const string SmallText = $"least => {Texts}.filter(e => parseFloat(getComputedStyle(e).fontSize) < least).map(e => `${{e.tagName}} ${{e.textContent.trim().slice(0, 20)}}: ${{getComputedStyle(e).fontSize}}`)";

    // A tile shrinks where there are many; it is tried where there are at most eight.
    private const string SmallTargets = """
        least => [...document.querySelectorAll('button,select,input,summary')].filter(e => e.checkVisibility())
            .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => e.classList.contains('tile') ? r.height < 44 : r.height < least - 0.5 || r.width < 43.5)
            .map(([e, r]) => `${e.id || e.textContent}: ${r.width} x ${r.height}`)
        """;

    private const string FaintText = $$"""
        () => {
            const contrast = {{Contrast}};
            const behind = e => {
                for (; e; e = e.parentElement) {
                    const c = getComputedStyle(e).backgroundColor;
                    if (!/, 0\)$|transparent/.test(c)) return c;
                }
                return 'rgb(255,255,255)';
            };
            const inks = e => e.namespaceURI.includes('svg') ? getComputedStyle(e).fill : getComputedStyle(e).color;
            return {{Texts}}.filter(e => !e.closest(':disabled') && e.tagName !== 'OPTION' && contrast(inks(e), behind(e)) < 4.5)
                .map(e => `${e.tagName} ${e.textContent.trim().slice(0, 20)}: ${contrast(inks(e), behind(e)).toFixed(2)}`);
        }
        """;

    private const string FaintLines = $$"""
        () => {
            const contrast = {{Contrast}};
            const paper = getComputedStyle(document.body).backgroundColor;
            const lines = [...document.querySelectorAll('.w, .curve')].map(e => [e.getAttribute('class'), getComputedStyle(e).stroke]);
            const edges = [...document.querySelectorAll('button:enabled, select, input, .tile, #mapBox')].filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) > 0)
                .map(e => [e.id, getComputedStyle(e).borderTopColor]);
            return [...new Set([...lines, ...edges].filter(([, c]) => contrast(c, paper) < 3).map(([n, c]) => `${n}: ${contrast(c, paper).toFixed(2)}`))];
        }
        """;

    private static async Task UntilReadyAsync(IPage page)
    {
        for (var i = 0; i < 200 && !await page.EvaluateAsync<bool>("document.body.dataset.ready === 'true'"); i++)
        {
            await page.WaitForTimeoutAsync(50);
        }
    }
}
