using MicroGrad.Rendering;

namespace MicroGrad;

/// <summary>Draws graphs and networks as text. Nothing here touches a file.</summary>
public static class GraphRenderer
{
    /// <summary>Draws what a value was computed from.</summary>
    /// <param name="root">The root of the graph.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>).</exception>
    public static string Render(GradValue root, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        options ??= new RenderOptions();
        options.Validate();
        var graph = GraphSnapshot.Of(root, options.Expand, options.Title);
        return options.Format switch
        {
            GraphFormat.Dot => DotWriter.Write(graph, options),
            GraphFormat.Mermaid => MermaidWriter.Write(graph, options),
            GraphFormat.Json => JsonWriter.Write(graph),
            _ => throw Unknown(options.Format),
        };
    }

    /// <summary>Draws a network's architecture: its layers, and its connections by sign and size of their weights.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>).</exception>
    public static string Render(Mlp model, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new RenderOptions();
        options.Validate();
        var network = NetworkSnapshot.Of(model, options.Title);
        return options.Format switch
        {
            GraphFormat.Dot => DotWriter.Write(network, options),
            GraphFormat.Mermaid => MermaidWriter.Write(network, options),
            GraphFormat.Json => JsonWriter.Write(network),
            _ => throw Unknown(options.Format),
        };
    }

    private static GradException Unknown(GraphFormat format) => new(
        "UnknownFormat", $"There is no format '{format}'; choose one of {string.Join(", ", Enum.GetNames<GraphFormat>())}.");
}
