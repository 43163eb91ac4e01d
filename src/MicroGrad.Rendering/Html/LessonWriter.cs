using System.Text;
using System.Text.Json;

namespace MicroGrad.Rendering;

/// <summary>Writes a graph as a page that walks through it, forward and back.</summary>
internal static class LessonWriter
{
    private const string Speeds = """
        <option value="1600">slow</option><option value="800" selected>normal</option><option value="300">fast</option><option value="60">very fast</option>
        """;

    public static string Write(GraphSnapshot graph, RenderOptions options)
    {
        var title = string.IsNullOrEmpty(graph.Title) ? "Backpropagation, step by step" : graph.Title;
        var isFolded = graph.Nodes.Any(node => node.Folded is not null);

        // The page has a heading of its own.
        var drawing = GraphDrawing.Of(graph with { Title = null }, options);
        var body = new StringBuilder(HtmlPage.Header(title, hasPlayer: !isFolded, Speeds));
        body.Append("<main>\n<div id=\"view\">\n").Append(HtmlPage.SvgBegin(drawing.Width, drawing.Height, title));
        SvgText.AppendHeading(body, null, graph.Note);
        SvgGraphWriter.AppendBody(body, drawing, options, isAddressed: true);
        body.Append("""
            </svg>
            </div>
            <aside>
            <h2>This step</h2><div id="explain" aria-live="polite"></div>
            <h2>Steps</h2><ol id="log" class="log"></ol>
            <div id="node" hidden><h2>Under the pointer</h2><table id="facts" class="facts"></table></div>
            </aside>
            </main>

            """);
        return HtmlPage.Write(title, SvgGraphWriter.Css, body.ToString(), Data(graph, options, isFolded), "view.js", "lesson.js");
    }

    private static string Data(GraphSnapshot graph, RenderOptions options, bool isFolded) => HtmlPage.Json(json =>
    {
        json.WriteNumber("precision", options.Precision);
        json.WriteBoolean("folded", isFolded);
        JsonWriter.Array(json, "nodes", graph.Nodes, node => WriteNode(json, node));
    });

    private static void WriteNode(Utf8JsonWriter json, SnapshotNode node)
    {
        json.WriteStartObject();
        json.WriteString("name", LabelText.OneLine(node.Name));
        json.WriteString("op", node.Op);
        json.WriteString("opName", node.OpName);
        JsonWriter.Number(json, "data", node.Data);
        JsonWriter.Number(json, "grad", node.Grad);
        JsonWriter.Integers(json, "inputs", node.Inputs);
        JsonWriter.Numbers(json, "local", node.LocalDerivatives);
        if (node.Sum is { } sum)
        {
            json.WriteNumber("parameters", sum.ParameterCount);
        }

        if (node.Folded is { } fold)
        {
            json.WriteString("folded", fold.ToString());
        }

        json.WriteEndObject();
    }
}
