namespace MicroGrad;

/// <summary>The text that a picture of a graph or a network is written as.</summary>
public enum GraphFormat
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
}
