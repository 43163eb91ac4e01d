namespace MicroGrad;

/// <summary>What a picture of a graph or a network is written as.</summary>
public enum PictureFormat
{
    /// <summary>Graphviz's language.</summary>
    Dot,

    /// <summary>A Mermaid flowchart, which many Markdown viewers draw.</summary>
    Mermaid,

    /// <summary>All numbers at full precision, for other programs.</summary>
    Json,

    /// <summary>A vector drawing for browsers and documents, readable in light and in dark.</summary>
    Svg,

    /// <summary>A page that needs no network: a graph as a lesson, step by step; a network with its training.</summary>
    Html,

    /// <summary>A drawing in pixels; made by Graphviz, or else an installed Edge, Chrome or Chromium.</summary>
    Png,

    /// <summary>A drawing for printing; made by Graphviz, or else an installed Edge, Chrome or Chromium.</summary>
    Pdf,
}
