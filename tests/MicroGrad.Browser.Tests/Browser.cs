using Microsoft.Playwright;
using Xunit;

namespace MicroGrad.Browser.Tests;

/// <summary>
/// The Chromium of the system, started once for all tests. MICROGRAD_CHROMIUM names it where it isn't on the path;
/// screenshots go to MICROGRAD_SCREENSHOTS, or beside the test assembly.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string ScreenshotFolder =>
        Environment.GetEnvironmentVariable("MICROGRAD_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");

    public async ValueTask InitializeAsync()
    {
        var executable = Find() ?? throw new InvalidOperationException(
            "There is no Chromium: install it (the package chromium of Debian), or name its program in MICROGRAD_CHROMIUM.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens text as a file, as a user would; whatever the console or the network sees is collected.</summary>
    public Task<OpenPage> OpenAsync(string name, string html, ColorScheme scheme = ColorScheme.Light, Screen? screen = null) =>
        OpenAsync(name, html, new BrowserNewPageOptions
        {
            ColorScheme = scheme,
            HasTouch = screen?.IsPhone == true,
            ViewportSize = new ViewportSize { Width = screen?.Width ?? 1400, Height = screen?.Height ?? 800 },
        });

    /// <summary>Opens text as a file in a window of one's own.</summary>
    /// <param name="name">A name for the file.</param>
    /// <param name="html">The text.</param>
    /// <param name="window">Size and preferences.</param>
    /// <param name="fragment">What stands behind the file's address, from the # on.</param>
    public async Task<OpenPage> OpenAsync(string name, string html, BrowserNewPageOptions window, string fragment = "")
    {
        var path = Path.Combine(Path.GetTempPath(), $"micrograd-{Guid.NewGuid():N}-{name}.html");
        await File.WriteAllTextAsync(path, html);
        var page = await _browser!.NewPageAsync(window);
        var opened = new OpenPage(page, path);
        await page.GotoAsync(new Uri(path).AbsoluteUri + fragment);
        return opened;
    }

    public static async Task KeepAsync(IPage page, string name)
    {
        Directory.CreateDirectory(ScreenshotFolder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ScreenshotFolder, name + ".png") });
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("MICROGRAD_CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string[] names = ["chromium", "chromium-browser", "google-chrome", "chrome.exe", "msedge.exe"];
        return names.SelectMany(_ => folders, (name, folder) => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}

/// <summary>A size of a window.</summary>
public sealed record Screen(int Width, int Height, bool IsPhone)
{
    public static Screen Laptop { get; } = new(1280, 800, IsPhone: false);

    public static Screen Phone { get; } = new(390, 844, IsPhone: true);
}

/// <summary>A page with what it complained of and asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly string _path;

    public OpenPage(IPage page, string path)
    {
        Page = page;
        _path = path;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        File.Delete(_path);
    }
}
