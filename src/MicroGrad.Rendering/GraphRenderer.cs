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
            GraphFormat.Json => JsonWriter.Write(graph),
            GraphFormat.Dot => DotWriter.Write(GraphFolding.Fold(graph, options.MaximumNodeCount), options),
            GraphFormat.Mermaid => MermaidWriter.Write(GraphFolding.Fold(graph, options.MaximumNodeCount), options),
            GraphFormat.Svg => SvgGraphWriter.Write(GraphFolding.Fold(graph, options.MaximumNodeCount), options),
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
            GraphFormat.Svg => SvgNetworkWriter.Write(network, options),
            _ => throw Unknown(options.Format),
        };
    }

    private static GradException Unknown(GraphFormat format) => new(
        "UnknownFormat", $"There is no format '{format}'; choose one of {string.Join(", ", Enum.GetNames<GraphFormat>())}.");
}
