using MicroGrad.Data;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Writers;

namespace MicroGrad;

/// <summary>Draws graphs and networks as text. Nothing here touches a file.</summary>
public static class GraphRenderer
{
    /// <summary>Draws what a value was computed from.</summary>
    /// <param name="root">The root of the graph.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>), or its text does not fit the memory (id <c>DrawingTooLarge</c>).</exception>
    public static string Render(GradValue root, RenderOptions? options = null) => Render(root, options ?? new RenderOptions(), out _);

    /// <summary>Draws what a value was computed from.</summary>
    /// <param name="root">The root of the graph.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="note">Says that the drawing is folded, and how; null where it shows every node.</param>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>), or its text does not fit the memory (id <c>DrawingTooLarge</c>).</exception>
    public static string Render(GradValue root, RenderOptions options, out string? note)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var graph = GraphSnapshot.Of(root, options.Expand, options.Title, options.Stopping);
        if (options.Format != GraphFormat.Json)
        {
            graph = GraphFolding.Fold(graph, options.MaximumNodeCount, options.Stopping);
        }

        RequireMemory(graph.Nodes.Count, graph.Nodes.Sum(node => (long)node.Inputs.Count));
        note = graph.Note;
        return options.Format switch
        {
            GraphFormat.Json => JsonWriter.Write(graph, options.Stopping),
            GraphFormat.Dot => DotWriter.Write(graph, options),
            GraphFormat.Mermaid => MermaidWriter.Write(graph, options),
            GraphFormat.Svg => SvgGraphWriter.Write(graph, options),
            GraphFormat.Html => LessonWriter.Write(graph, options),
            _ => throw Unknown(options.Format),
        };
    }

    /// <summary>Draws a network's architecture: its layers, and its connections by sign and size of their weights.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>), or its text does not fit the memory (id <c>DrawingTooLarge</c>).</exception>
    public static string Render(Mlp model, RenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new RenderOptions();
        options.Validate();
        RequireMemory(nodes: 0, edges: options.Format == GraphFormat.Json ? model.ParameterCount : 0);
        var network = NetworkSnapshot.Of(model, options.Title);
        return options.Format switch
        {
            GraphFormat.Dot => DotWriter.Write(network, options),
            GraphFormat.Mermaid => MermaidWriter.Write(network, options),
            GraphFormat.Json => JsonWriter.Write(network, options.Stopping),
            GraphFormat.Svg => SvgNetworkWriter.Write(network, options),
            GraphFormat.Html => NetworkPageWriter.Write(network, options, []),
            _ => throw Unknown(options.Format),
        };
    }

    /// <summary>Draws a training as a page with a slider over its epochs: the network's weights, the loss.</summary>
    /// <param name="model">The network.</param>
    /// <param name="history">The results of the training's epochs with the parameters after each, in order; at least one.</param>
    /// <param name="options">How to draw; null for the defaults. Its format is not used.</param>
    /// <param name="rows">Rows of a network of two inputs, over which its decisions are shown; null for none.</param>
    /// <exception cref="GradException">
    /// There is no epoch, or one without parameters or with those of another network, or an option is out of range (ids
    /// <c>EmptyHistory</c>, <c>SizeMismatch</c>, <c>InvalidPrecision</c>, <c>InvalidMaximumNodeCount</c>), or the rows can't be
    /// shown (ids <c>NotTwoInputs</c>, <c>EmptyData</c>, <c>TooManyClasses</c>).
    /// </exception>
    public static string RenderTraining(
        Mlp model, IReadOnlyList<EpochResult> history, RenderOptions? options = null, IReadOnlyList<PlotRow>? rows = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        options ??= new RenderOptions();
        options.Validate();
        if (history.Count == 0)
        {
            throw new GradException("EmptyHistory", "There is no epoch to show; give the results of at least one.");
        }

        foreach (var epoch in history)
        {
            var count = epoch.Parameters?.Count ?? 0;
            if (count != model.ParameterCount)
            {
                throw new GradException(
                    "SizeMismatch",
                    $"The result of epoch {epoch.Epoch} has {count} parameters, but the model has {model.ParameterCount}. "
                    + "Give the history of this model's own training.");
            }
        }

        return NetworkPageWriter.Write(
            NetworkSnapshot.Of(model, options.Title), options, history, rows is null ? null : new TrainingMap(model, rows));
    }

    /// <summary>Writes what a value was computed from as a tree of lines; a node used several times is written out once.</summary>
    /// <param name="root">The root of the graph.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <returns>Lines that end in a line feed, none longer than the width.</returns>
    /// <exception cref="GradException">
    /// An option is out of range (ids <c>InvalidPrecision</c>, <c>InvalidWidth</c>, <c>InvalidMaximumLineCount</c>).
    /// </exception>
    public static string RenderTree(GradValue root, TreeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        options ??= new TreeOptions();
        options.Validate();
        return TreeWriter.Write(GraphSnapshot.Of(root, options.Expand, stopping: options.Stopping), options);
    }

    /// <summary>Refuses a drawing whose text does not fit a string or the memory.</summary>
    /// <exception cref="GradException">Id <c>DrawingTooLarge</c>.</exception>
    internal static void RequireMemory(long nodes, long edges)
    {
        // About the characters that JSON and SVG have for each, with short labels. A character takes two bytes, and the text exists twice.
        var characters = 250 * nodes + 60 * edges;
        MemoryBudget.Require(
            sizeof(char) * characters, 2.0 * sizeof(char) * characters, "DrawingTooLarge", $"A drawing of {nodes} nodes and {edges} edges takes");
    }

    private static GradException Unknown(GraphFormat format) => new(
        "UnknownFormat", $"There is no format '{format}'; choose one of {string.Join(", ", Enum.GetNames<GraphFormat>())}.");
}
