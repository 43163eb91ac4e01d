using Microsoft.Playwright;

namespace MicroGrad.Browser.Tests;

/// <summary>What the eye meets in a page, as the browser lays it out, at the worst of all steps.</summary>
public sealed record Readability
{
    /// <summary>The smallest text, in pixels.</summary>
    public double SmallestText { get; init; }

    public string SmallestTextAt { get; init; } = string.Empty;

    /// <summary>The least contrast of text to what is behind it.</summary>
    public double TextContrast { get; init; }

    public string TextContrastAt { get; init; } = string.Empty;

    /// <summary>The least contrast of outlines and lines to the paper.</summary>
    public double LineContrast { get; init; }

    public string LineContrastAt { get; init; } = string.Empty;

    /// <summary>The least contrast of the outlines of values that are not computed yet; 21 where there are none.</summary>
    public double PendingContrast { get; init; }

    /// <summary>The smallest side of what can be pressed, in pixels.</summary>
    public double SmallestTarget { get; init; }

    public string SmallestTargetAt { get; init; } = string.Empty;

    /// <summary>How far the page reaches beyond the window sideways.</summary>
    public double Overhang { get; init; }

    /// <summary>Steps at which the node or the line that they are about is out of sight.</summary>
    public string[] OutOfSight { get; init; } = [];

    /// <summary>Measures a page, at each of its steps where it has some, or at a hundred of them.</summary>
    public static async Task<Readability> OfAsync(IPage page) => await page.EvaluateAsync<Readability>(Script);

    private const string Script = """
        () => {
          const worst = { smallestText: 1e9, textContrast: 21, lineContrast: 21, pendingContrast: 21, smallestTarget: 1e9, overhang: 0, outOfSight: [] };
          const rgba = text => { const m = text.match(/[\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 }; };
          const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
          const light = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(c.r) + 0.7152 * f(c.g) + 0.0722 * f(c.b); };
          const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
          const paper = rgba(getComputedStyle(document.body).backgroundColor);
          const opacity = e => { let o = 1; for (; e instanceof Element; e = e.parentElement) o *= Number(getComputedStyle(e).opacity); return o; };
          const ground = e => {
            const svg = e.closest('svg');
            if (svg) {
              const node = e.closest('[data-node]');
              const shape = node && node.querySelector(e.closest('text').classList.contains('op') ? '.o' : '.b');
              return shape ? over(rgba(getComputedStyle(shape).fill), paper) : paper;
            }
            const grounds = [];
            for (let p = e; p; p = p.parentElement) grounds.push(rgba(getComputedStyle(p).backgroundColor));
            return grounds.reverse().reduce((under, top) => over(top, under), paper);
          };
          const isSeen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 0;
          const note = (key, value, at, isLarger) => { if (isLarger ? value > worst[key] : value < worst[key]) { worst[key] = value; worst[key + 'At'] = at; } };
          const measure = step => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let text; (text = walker.nextNode());) {
              const e = text.parentElement;
              if (!text.textContent.trim() || ['SCRIPT', 'STYLE', 'TITLE', 'TEMPLATE', 'OPTION'].includes(e.tagName.toUpperCase()) || !isSeen(e)) continue;
              const style = getComputedStyle(e);
              const svg = e.closest('svg');
              const size = parseFloat(style.fontSize) * (svg ? svg.getScreenCTM().a : 1);
              note('smallestText', size, `step ${step}: ${text.textContent.trim()}`);
              const ink = rgba(svg ? style.fill : style.color);
              const under = ground(e);
              ink.a *= opacity(e) * (svg ? Number(style.fillOpacity) : 1);
              note('textContrast', contrast(over(ink, under), under), `step ${step}: ${text.textContent.trim()}`);
            }
            for (const e of document.querySelectorAll('#view .b, #view .o, #view .e, #view .w, #view .c, #view .curve, figure .curve')) {
              if (!isSeen(e) && e.tagName !== 'path') continue;
              const style = getComputedStyle(e);
              const stroke = rgba(style.stroke);
              stroke.a *= opacity(e) * Number(style.strokeOpacity);
              const value = contrast(over(stroke, paper), paper);
              note('lineContrast', value, `step ${step}: ${e.getAttribute('class')} ${e.parentNode.getAttribute('class')}`);
              if (e.closest('.todo') && e.classList.contains('b')) {
                note('pendingContrast', value, '');
                if (style.strokeDasharray === 'none') worst.pendingContrast = 0;
              }
            }
            for (const e of document.querySelectorAll('button, select, input, summary, .log li')) {
              if (!isSeen(e)) continue;
              const place = e.getBoundingClientRect();
              note('smallestTarget', Math.min(place.width, place.height), e.id || e.textContent);
            }
            note('overhang', document.scrollingElement.scrollWidth - innerWidth, '', true);
            const view = document.getElementById('view')?.getBoundingClientRect();
            for (const e of document.querySelectorAll('[data-node].gets .b, [data-node].now .b')) {
              if (e.closest('.now') && document.querySelector('.gets') && !e.closest('.gets')) continue;
              const place = e.getBoundingClientRect();
              if (place.left < view.left - 1 || place.right > view.right + 1 || place.top < view.top - 1 || place.bottom > view.bottom + 1) worst.outOfSight.push(`step ${step}`);
            }
          };
          const player = window.lesson || window.training;
          const count = player && player.go ? Number(document.getElementById('slider')?.max || 0) + 1 : 1;
          // Of many steps a hundred are measured, and the last: a step of a large graph changes a few of its boxes.
          const stride = count <= 150 ? 1 : Math.ceil(count / 100);
          for (let step = 0; step < count; step = step === count - 1 ? count : Math.min(step + stride, count - 1)) {
            if (count > 1) player.go(step);
            measure(step);
          }
          return worst;
        }
        """;
}
