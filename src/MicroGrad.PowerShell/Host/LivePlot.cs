using System.Diagnostics;
using System.Management.Automation.Host;

namespace MicroGrad.PowerShell.Host;

/// <summary>A drawing that is updated in place on the screen, at most a few times a second.</summary>
internal sealed class LivePlot(PSHostUserInterface screen)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.Zero;
    private int _lines;

    /// <summary>Draws, unless the last drawing is too recent.</summary>
    public void Show(Func<string> draw)
    {
        if (_clock.Elapsed < _next)
        {
            return;
        }

        var text = draw();
        screen.Write(Back() + text);
        _lines = text.Count(letter => letter == '\n');
        _next = _clock.Elapsed + Interval;
    }

    /// <summary>Erases the drawing.</summary>
    public void Clear()
    {
        screen.Write(Back());
        _lines = 0;
    }

    /// <summary>Moves to the first line of the drawing, and erases what follows.</summary>
    private string Back() => _lines == 0 ? string.Empty : FormattableString.Invariant($"\r\e[{_lines}A\e[J");
}
