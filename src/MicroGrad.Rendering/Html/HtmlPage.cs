using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace MicroGrad.Rendering;

/// <summary>The frame of a page: one file that needs no network, in light and in dark.</summary>
internal static class HtmlPage
{
    /// <summary>Writes a page.</summary>
    /// <param name="title">The title of window and page, not yet escaped.</param>
    /// <param name="css">Styles beside those of all pages.</param>
    /// <param name="body">What stands in the page.</param>
    /// <param name="data">What the scripts read, as JSON; null for none.</param>
    /// <param name="scripts">Names of scripts, run in order as one.</param>
    public static string Write(string title, string css, string body, string? data, params ReadOnlySpan<string> scripts) =>
        Write(title, PageAssets.Read("page.css") + css, body, data, scripts.Length > 0 ? $"<script>\n{Joined(scripts)}</script>\n" : string.Empty);

    /// <summary>Writes a page with all its styles of its own, but for the palette, and with scripts that it unpacks itself: they are a quarter so large.</summary>
    /// <inheritdoc cref="Write(string, string, string, string?, ReadOnlySpan{string})"/>
    public static string WritePacked(string title, string css, string body, string? data, params ReadOnlySpan<string> scripts) =>
        Write(title, css, body, data, $"<script type=\"application/octet-stream\" id=\"code\">{Packed(Joined(scripts))}</script>\n<script>\n{PageAssets.Read("unpack.js")}</script>\n");

    private static string Write(string title, string css, string body, string? data, string scripts)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");

        // The browser itself holds the page to what it promises: nothing is fetched, nothing is sent.
        text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        text.Append("<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{LabelText.Xml(title)}</title>\n<style>\n");
        text.Append(SvgText.Palette.Replace("svg{", ":root{", StringComparison.Ordinal));
        text.Append(css).Append("</style>\n</head>\n<body>\n").Append(body);
        if (data is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\" id=\"data\">{data}</script>\n");
        }

        return text.Append(scripts).Append("</body>\n</html>\n").ToString();
    }

    private static string Joined(ReadOnlySpan<string> scripts)
    {
        var text = new StringBuilder("'use strict';\n");
        foreach (var script in scripts)
        {
            text.Append(PageAssets.Read(script));
        }

        return text.ToString();
    }

    private static string Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>JSON that may stand in a page: the default encoder leaves no character that HTML could read as markup.</summary>
    public static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The top of a page: heading, the controls of its player, the keys.</summary>
    public static string Header(string title, bool hasPlayer, string speeds)
    {
        var text = new StringBuilder("<header>\n");
        text.Append(CultureInfo.InvariantCulture, $"<h1>{LabelText.Xml(LabelText.OneLine(title, 100))}</h1>\n");
        if (hasPlayer)
        {
            text.Append("""
                <div><button id="first" aria-label="First step" title="First step (Home)">|◀</button>
                <button id="back" aria-label="Step back" title="Step back (←)">◀</button>
                <button id="play" class="main" title="Play or pause (Space)">▶ Play</button>
                <button id="next" aria-label="Step forward" title="Step forward (→)">▶</button>
                <button id="last" aria-label="Last step" title="Last step (End)">▶|</button></div>
                <input type="range" id="slider" min="0" value="0" aria-label="Step">
                <span id="where" aria-live="polite"></span>

                """);
            text.Append(CultureInfo.InvariantCulture, $"<label>Speed <select id=\"speed\">{speeds}</select></label>\n");
            text.Append("<span class=\"keys\"><kbd>←</kbd> <kbd>→</kbd> step · <kbd>Space</kbd> play · <kbd>Home</kbd> <kbd>End</kbd> · <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd> zoom</span>\n");
        }

        return text.Append("</header>\n").ToString();
    }

    /// <summary>The opening tag of a drawing inside a page; the page has palette and styles.</summary>
    public static string SvgBegin(double width, double height, string name) =>
        $"<svg width=\"{NumberText.Place(width)}\" height=\"{NumberText.Place(height)}\" viewBox=\"0 0 {NumberText.Place(width)} {NumberText.Place(height)}\" role=\"img\" aria-label=\"{LabelText.Xml(name)}\">\n";
}
