using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace MicroGrad.PowerShell.Host;

/// <summary>Graphviz's program dot, which makes pixels and pages of DOT.</summary>
internal static class Graphviz
{
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(2);

    /// <summary>The full path of dot, as the session finds programs, never in the current folder; null where there is none.</summary>
    public static string? Find(PSCmdlet cmdlet) =>
        (cmdlet.InvokeCommand.GetCommand("dot", CommandTypes.Application) as ApplicationInfo)?.Path;

    /// <summary>What is said where neither Graphviz nor a browser is there.</summary>
    public static GradException Missing(PictureFormat format) => new(
        "GraphvizMissing",
        $"{format.ToString().ToUpperInvariant()} is drawn by Graphviz (its program 'dot') or by an installed Edge, Chrome or Chromium, and none was found. "
        + "Write .svg or .html, which need nothing, or install Graphviz (https://graphviz.org/download) or one of these browsers.");

    /// <summary>Lets dot draw.</summary>
    /// <param name="program">The path of dot.</param>
    /// <param name="text">The graph in DOT.</param>
    /// <param name="format">The picture.</param>
    /// <param name="options">Pixels and ground.</param>
    /// <param name="stopping">Ends dot.</param>
    /// <param name="timeLimit">How long dot may take; null for two minutes.</param>
    /// <exception cref="GradException">dot can't be started, fails or takes too long (ids <c>GraphvizFailed</c>, <c>GraphvizTimeout</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Draw(string program, string text, PictureFormat format, RasterOptions options, CancellationToken stopping, TimeSpan? timeLimit = null)
    {
        var time = timeLimit ?? DefaultTimeLimit;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(time);
        try
        {
            return DrawAsync(program, text, format, options, limit.Token).GetAwaiter().GetResult();
        }
        catch (Win32Exception error)
        {
            throw new GradException("GraphvizFailed", $"'{program}' could not be started: {error.Message}", error);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new GradException(
                "GraphvizTimeout",
                $"Graphviz has not drawn the graph within {time}. Draw fewer boxes with -MaximumNodeCount, or write .svg.");
        }
    }

    private static async Task<byte[]> DrawAsync(string program, string text, PictureFormat format, RasterOptions options, CancellationToken token)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                format == PictureFormat.Png ? "-Tpng" : "-Tpdf",
                string.Create(CultureInfo.InvariantCulture, $"-Gdpi={72 * options.Scale}"),
                options.IsTransparent ? "-Gbgcolor=transparent" : "-Gbgcolor=white",
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        process.Start();
        try
        {
            using var picture = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(picture, token);
            var complaints = process.StandardError.ReadToEndAsync(token);
            await WriteAsync(process.StandardInput, text, token).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            var complaint = await complaints.ConfigureAwait(false);
            await process.WaitForExitAsync(token).ConfigureAwait(false);
            return process.ExitCode == 0 && picture.Length > 0
                ? picture.ToArray()
                : throw new GradException(
                    "GraphvizFailed",
                    $"Graphviz ({program}) ended with exit code {process.ExitCode} and {picture.Length} bytes: {FirstLine(complaint)} Write .svg or .html, which need no Graphviz.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task WriteAsync(StreamWriter input, string text, CancellationToken token)
    {
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await input.WriteAsync(text.AsMemory(), token).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
            // It ended before it had read all: its exit code and its complaint say why.
        }
    }

    private static string FirstLine(string complaint) =>
        complaint.Trim() is { Length: > 0 } text ? text.Split('\n')[0].Trim() : "it said nothing.";
}
