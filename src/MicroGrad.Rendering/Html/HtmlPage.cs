using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Html;

/// <summary>The frame of a page: one file that needs no network, in light and in dark.</summary>
internal static class HtmlPage
{
    /// <summary>Writes a page.</summary>
    /// <param name="title">The title of window and page, not yet escaped.</param>
    /// <param name="css">Styles besides those of all pages.</param>
    /// <param name="body">The content of the page, as HTML.</param>
    /// <param name="data">What the scripts read, as JSON; null for none.</param>
    /// <param name="scripts">Names of scripts, run in order as one.</param>
    public static string Write(string title, string css, string body, string? data, params ReadOnlySpan<string> scripts) =>
        Write(title, PageAssets.Read("page.css") + css, body, data, scripts.Length > 0 ? $"<script>\n{Joined(scripts)}</script>\n" : string.Empty);

    /// <summary>
    /// Writes a page with only the palette of the common styles, and with compressed scripts, which take a quarter of the
    /// size.
    /// </summary>
    /// <inheritdoc cref="Write(string, string, string, string?, ReadOnlySpan{string})"/>
    public static string WritePacked(string title, string css, string body, string? data, params ReadOnlySpan<string> scripts) =>
        Write(title, css, body, data, $"<script type=\"application/octet-stream\" id=\"code\">{Packed(Joined(scripts))}</script>\n<script>\n{PageAssets.Read("unpack.js")}</script>\n");

    /// <summary>Writes a page without scripts, and with only the palette of the common styles.</summary>
    /// <inheritdoc cref="Write(string, string, string, string?, ReadOnlySpan{string})"/>
    public static string WritePlain(string title, string css, string body) => Write(title, css, body, null, string.Empty);

    private static string Write(string title, string css, string body, string? data, string scripts)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");

        // With this, the browser lets the page neither fetch nor send anything.
        text.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        text.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
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

    /// <summary>JSON for a page: the default encoder escapes all characters that HTML reads as markup.</summary>
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

    /// <summary>The top of a page: its heading, the switches of its modes, the keys.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="hasPlayer">Whether the page has steps.</param>
    /// <param name="hasQuiz">Whether the results of steps can be held back.</param>
    public static string Header(string title, bool hasPlayer, bool hasQuiz = false)
    {
        var text = new StringBuilder("<header>\n");
        text.Append(CultureInfo.InvariantCulture, $"<h1>{LabelText.Xml(LabelText.OneLine(title, 100))}</h1>\n");
        text.Append("<button id=\"big\" aria-pressed=\"false\" title=\"Larger, for the back row (B)\">Projector</button>\n");
        if (hasQuiz)
        {
            text.Append("<button id=\"quiz\" aria-pressed=\"false\" title=\"Hold each result back until it is asked for (Q)\">Quiz</button>\n");
        }

        text.Append("<span class=\"keys\">");
        text.Append(hasPlayer ? "<kbd>←</kbd> <kbd>→</kbd> step · <kbd>Space</kbd> play · <kbd>Home</kbd> <kbd>End</kbd> · " : string.Empty);
        text.Append("<kbd>B</kbd> projector · ").Append(hasQuiz ? "<kbd>Q</kbd> quiz · " : string.Empty);
        return text.Append("<kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd> zoom</span>\n</header>\n").ToString();
    }

    /// <summary>The bar of a page's player.</summary>
    /// <param name="speeds">The options of its speed, as HTML.</param>
    public static string Player(string speeds) => $"""
        <nav aria-label="Steps">
        <button id="first" aria-label="First step" title="First step (Home)">|◀</button>
        <button id="back" aria-label="Step back" title="Step back (←)">◀</button>
        <button id="play" class="main" title="Play or pause (Space)">▶ Play</button>
        <button id="next" aria-label="Step forward" title="Step forward (→)">▶</button>
        <button id="last" aria-label="Last step" title="Last step (End)">▶|</button>
        <input type="range" id="slider" min="0" value="0" aria-label="Step">
        <span id="where" aria-live="polite"></span>
        <label><span>Speed </span><select id="speed" aria-label="Speed">{speeds}</select></label>
        </nav>

        """;

    /// <summary>The area of a page's drawing, which has one form or several: the page shows the one with the largest text.</summary>
    /// <param name="drawings">The drawings as SVG, first the one to show without scripts.</param>
    /// <param name="legend">What stands below them, as HTML.</param>
    public static string View(IEnumerable<string> drawings, string legend = "") =>
        $"<div id=\"view\">\n{string.Concat(drawings.Select((drawing, i) => i == 0 ? drawing : $"<template>{drawing}</template>\n"))}{legend}</div>\n";
}
