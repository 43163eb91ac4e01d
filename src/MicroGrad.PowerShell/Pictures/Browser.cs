using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using MicroGrad.Data;

namespace MicroGrad.PowerShell.Pictures;

/// <summary>An installed Edge, Chrome or Chromium, which turns SVG into PNG or PDF without opening a window.</summary>
internal static partial class Browser
{
    // Four bytes a pixel, in the page, in the picture of it, and while that is compressed.
    private const int BytesPerPixel = 12;

    private static readonly string[] Names =
        ["msedge", "microsoft-edge", "microsoft-edge-stable", "chrome", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];

    // Where installers put browsers that are not on the path.
    private static readonly string[] Places =
    [
        "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
        "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
        "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
        "%LocalAppData%/Google/Chrome/Application/chrome.exe",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/opt/microsoft/msedge/msedge",
        "/opt/google/chrome/chrome",
        "/snap/bin/chromium",
    ];

    /// <summary>
    /// The full path of a browser: the one that MICROGRAD_CHROMIUM names, one that the session finds on the path, or one where
    /// installers put it; null where there is none.
    /// </summary>
    public static string? Find(PSCmdlet cmdlet)
    {
        if (Environment.GetEnvironmentVariable("MICROGRAD_CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        return Names.Select(name => (cmdlet.InvokeCommand.GetCommand(name, CommandTypes.Application) as ApplicationInfo)?.Path)
            .Concat(Places.Select(Environment.ExpandEnvironmentVariables).Where(File.Exists))
            .FirstOrDefault(path => path is not null);
    }

    /// <summary>The error where a picture needs a browser and there is none.</summary>
    public static GradException Missing(PictureFormat format) => new(
        "BrowserMissing",
        $"{format.ToString().ToUpperInvariant()} is drawn by an installed Edge, Chrome or Chromium, and none was found. "
        + "Write .svg or .html, which need nothing, install one of them, or name its program in the variable MICROGRAD_CHROMIUM.");

    /// <summary>Draws by a browser.</summary>
    /// <param name="program">The browser.</param>
    /// <param name="svg">The drawing.</param>
    /// <param name="format">Png or Pdf.</param>
    /// <param name="options">Scale and background.</param>
    /// <param name="stopping">Ends the browser.</param>
    /// <param name="timeLimit">How long it may take; null for two minutes.</param>
    /// <exception cref="GradException">It can't be started, fails or takes too long (ids <c>BrowserFailed</c>, <c>BrowserTimeout</c>), or the pixels do not fit the memory (id <c>PictureTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Draw(string program, string svg, PictureFormat format, RasterOptions options, CancellationToken stopping, TimeSpan? timeLimit = null)
    {
        var folder = Directory.CreateTempSubdirectory("micrograd-");
        try
        {
            return Draw(program, svg, format, options, folder.FullName, timeLimit, stopping);
        }
        catch (Win32Exception error)
        {
            throw new GradException("BrowserFailed", $"'{program}' could not be started: {error.Message}", error);
        }
        catch (TimeoutException limit)
        {
            throw new GradException("BrowserTimeout", $"'{program}' has not drawn the picture within {limit.Message}. Write .svg, which needs no browser.");
        }
        finally
        {
            Remove(folder);
        }
    }

    private static byte[] Draw(
        string program, string svg, PictureFormat format, RasterOptions options, string folder, TimeSpan? timeLimit, CancellationToken stopping)
    {
        var (page, picture) = (Path.Combine(folder, "page.html"), Path.Combine(folder, format == PictureFormat.Png ? "picture.png" : "picture.pdf"));
        var (width, height) = SizeOf(svg);
        if (format == PictureFormat.Png)
        {
            RequireMemory(width * options.Scale, height * options.Scale);
        }

        File.WriteAllText(page, PageOf(svg, width, height, options.IsTransparent));
        List<string> arguments =
        [
            "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions", "--disable-background-networking",
            $"--user-data-dir={Path.Combine(folder, "profile")}",
            string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={options.Scale}"),
            string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"),
            options.IsTransparent ? "--default-background-color=00000000" : "--default-background-color=ffffffff",
            "--no-pdf-header-footer",
            $"{(format == PictureFormat.Png ? "--screenshot" : "--print-to-pdf")}={picture}",
        ];

        // A browser's sandbox does not run as root, which programs in containers often are.
        if (OperatingSystem.IsLinux() && Environment.UserName == "root")
        {
            arguments.Add("--no-sandbox");
        }

        arguments.Add(new Uri(page).AbsoluteUri);
        var (exitCode, _, _) = ExternalProgram.Run(program, arguments, string.Empty, timeLimit, stopping);
        return File.Exists(picture)
            ? File.ReadAllBytes(picture)
            : throw new GradException(
                "BrowserFailed",
                $"'{program}' ended with exit code {exitCode} and no picture of {width} by {height} at scale {options.Scale}. "
                + "Choose a smaller picture, or write .svg, which needs no browser.");
    }

    /// <summary>A page of the drawing alone, in its light colours even where the system prefers dark ones.</summary>
    private static string PageOf(string svg, int width, int height, bool isTransparent) =>
        $$"""
        <!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <style>@page{size:{{width}}px {{height}}px;margin:0}html,body{margin:0;background:transparent}svg{display:block;print-color-adjust:exact;-webkit-print-color-adjust:exact}</style></head>
        <body>{{svg.Replace("(prefers-color-scheme:dark)", "not all", StringComparison.Ordinal)}}
        <style>{{(isTransparent ? ".paper{fill:none}" : string.Empty)}}</style></body></html>
        """;

    /// <summary>Refuses pixels that do not fit the memory, of which a browser has several copies.</summary>
    /// <exception cref="GradException">Id <c>PictureTooLarge</c>.</exception>
    internal static void RequireMemory(double width, double height)
    {
        var pixels = width * height;
        MemoryBudget.Require(
            (long)pixels, pixels * BytesPerPixel, "PictureTooLarge", $"A picture of {Math.Ceiling(width)} by {Math.Ceiling(height)} pixels takes");
    }

    private static (int Width, int Height) SizeOf(string svg)
    {
        var size = Size().Match(svg);
        return (Pixels(size.Groups[1]), Pixels(size.Groups[2]));

        static int Pixels(Group number) => (int)Math.Ceiling(double.Parse(number.ValueSpan, CultureInfo.InvariantCulture));
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A process of the browser still writes there. The system clears its temporary folder later.
        }
    }

    [GeneratedRegex("<svg [^>]*width=\"([0-9.]+)\" height=\"([0-9.]+)\"")]
    private static partial Regex Size();
}
