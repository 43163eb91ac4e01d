using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;

namespace MicroGrad.PowerShell.Pictures;

/// <summary>Graphviz's program dot, which turns DOT into PNG or PDF.</summary>
internal static class Graphviz
{
    /// <summary>The full path of dot, as the session finds programs, never in the current folder; null where there is none.</summary>
    public static string? Find(PSCmdlet cmdlet) =>
        (cmdlet.InvokeCommand.GetCommand("dot", CommandTypes.Application) as ApplicationInfo)?.Path;

    /// <summary>The error where there is neither Graphviz nor a browser.</summary>
    public static GradException Missing(PictureFormat format) => new(
        "GraphvizMissing",
        $"{format.ToString().ToUpperInvariant()} is drawn by Graphviz (its program 'dot') or by an installed Edge, Chrome or Chromium, and none was found. "
        + "Write .svg or .html, which need nothing, or install Graphviz (https://graphviz.org/download) or one of these browsers.");

    /// <summary>Draws by dot.</summary>
    /// <param name="program">The path of dot.</param>
    /// <param name="text">The graph in DOT.</param>
    /// <param name="format">The picture.</param>
    /// <param name="options">Scale and background.</param>
    /// <param name="stopping">Ends dot.</param>
    /// <param name="timeLimit">How long dot may take; null for two minutes.</param>
    /// <exception cref="GradException">dot can't be started, fails or takes too long (ids <c>GraphvizFailed</c>, <c>GraphvizTimeout</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Draw(string program, string text, PictureFormat format, RasterOptions options, CancellationToken stopping, TimeSpan? timeLimit = null)
    {
        try
        {
            var (exitCode, picture, complaint) = ExternalProgram.Run(
                program,
                [
                    format == PictureFormat.Png ? "-Tpng" : "-Tpdf",
                    string.Create(CultureInfo.InvariantCulture, $"-Gdpi={72 * options.Scale}"),
                    options.IsTransparent ? "-Gbgcolor=transparent" : "-Gbgcolor=white",
                ],
                text,
                timeLimit,
                stopping);
            return exitCode == 0 && picture.Length > 0
                ? picture
                : throw new GradException(
                    "GraphvizFailed",
                    $"Graphviz ({program}) ended with exit code {exitCode} and {picture.Length} bytes: {FirstLine(complaint)} Write .svg or .html, which need no Graphviz.");
        }
        catch (Win32Exception error)
        {
            throw new GradException("GraphvizFailed", $"'{program}' could not be started: {error.Message}", error);
        }
        catch (TimeoutException limit)
        {
            throw new GradException(
                "GraphvizTimeout",
                $"Graphviz has not drawn the graph within {limit.Message}. Draw fewer boxes with -MaximumNodeCount, or write .svg.");
        }
    }

    private static string FirstLine(string complaint) =>
        complaint.Trim() is { Length: > 0 } text ? text.Split('\n')[0].Trim() : "it said nothing.";
}
