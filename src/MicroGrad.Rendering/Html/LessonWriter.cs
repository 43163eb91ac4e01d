using System.Text;
using System.Text.Json;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Html;

/// <summary>Writes a graph as a page that walks through it, forward and back.</summary>
internal static class LessonWriter
{
    private const string Speeds = """
        <option value="1600">slow</option><option value="800" selected>normal</option><option value="300">fast</option><option value="60">very fast</option>
        """;

    // The room beside the explanation on a laptop, on a phone, and under a projector's large text.
    private static readonly DrawingPlace[] Places = [new(900, 620), new(390, 330), new(690, 560, TextSize: 22)];

    public static string Write(GraphSnapshot graph, RenderOptions options)
    {
        var title = string.IsNullOrEmpty(graph.Title) ? "Backpropagation, step by step" : graph.Title;
        var isFolded = graph.Nodes.Any(node => node.Folded is not null);

        // The page has its own heading.
        var drawings = DrawingShapes.BestFor(graph with { Title = null }, options, Places);
        var body = new StringBuilder(HtmlPage.Header(title, hasPlayer: !isFolded, hasQuiz: !isFolded));
        body.Append("<main>\n").Append(HtmlPage.View(drawings.Select(drawing => Drawing(drawing, title, options))));
        body.Append("""
            <aside class="steps">
            <h2>This step</h2><div id="explain" aria-live="polite"></div>
            <h2>Steps</h2><ol id="log" class="log"></ol>
            <div id="node" hidden><h2>Under the pointer</h2><table id="facts" class="facts"></table></div>
            </aside>
            </main>

            """);
        body.Append(isFolded ? string.Empty : HtmlPage.Player(Speeds));
        return HtmlPage.Write(title, SvgGraphWriter.Css, body.ToString(), Data(graph, options, isFolded), "view.js", "lesson.js");
    }

    private static string Drawing(GraphDrawing drawing, string name, RenderOptions options)
    {
        var text = new StringBuilder(SvgText.BeginInPage(drawing.Width, drawing.Height, name, drawing.Shape.IsStacked));
        SvgText.AppendHeading(text, null, drawing.Graph.Note);
        SvgGraphWriter.AppendBody(text, drawing, options, isAddressed: true);
        return text.Append("</svg>\n").ToString();
    }

    private static string Data(GraphSnapshot graph, RenderOptions options, bool isFolded) => HtmlPage.Json(json =>
    {
        json.WriteNumber("precision", options.Precision);
        json.WriteBoolean("folded", isFolded);
        JsonWriter.Array(json, "nodes", graph.Nodes, node =>
        {
            options.Stopping.ThrowIfCancellationRequested();
            WriteNode(json, node);
        });
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
        if (node.Blocked.Count > 0)
        {
            JsonWriter.Integers(json, "blocked", node.Blocked);
        }

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
