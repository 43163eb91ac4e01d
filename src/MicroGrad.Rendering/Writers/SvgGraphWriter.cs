using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>Writes a laid-out graph as SVG.</summary>
internal static class SvgGraphWriter
{
    public const string Css = """
        .e{fill:none;stroke:var(--line);stroke-width:1.2}
        .dense .e{stroke-width:.8;stroke-opacity:.85}
        .tip{fill:var(--line)}
        .b{fill:var(--box);stroke:var(--line)}
        .leaf .b{fill:var(--leaf);stroke:var(--leafline)}
        .root .b{stroke:var(--rootline);stroke-width:2}
        .heat .b{fill:var(--box)}
        .fold .b{stroke-dasharray:5 3}
        .s{stroke:var(--line);stroke-width:.8}
        .o{fill:var(--op);stroke:var(--opline)}
        .n text{text-anchor:middle}
        .n .name,.n .fold{font-weight:700}
        .n .place{fill:var(--soft)}
        .heat .n .k,.heat .n .place{fill:var(--ink)}
        .n .op{fill:var(--opink);font-weight:700}
        .k{fill:var(--soft)}
        .plus{fill:var(--plus)}
        .minus{fill:var(--minus)}
        .nan{fill:var(--fourth)}

        """;

    /// <summary>Drawings with more edges than this have thin lines.</summary>
    private const int DenseEdgeCount = 300;

    private const string Arrow = """
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0,0.8L8,4L0,7.2z"/></marker></defs>

        """;

    public static string Write(GraphSnapshot graph, RenderOptions options)
    {
        var drawing = DrawingShapes.BestFor(graph, options, DrawingPlace.Document)[0];
        var text = SvgText.Begin(drawing.Width, drawing.Height, graph.Title, graph.Note, "Computation graph", Css);
        AppendBody(text, drawing, options, isAddressed: false);
        return text.Append("</svg>\n").ToString();
    }

    /// <summary>Writes edges and nodes.</summary>
    /// <param name="text">The text to append to.</param>
    /// <param name="drawing">The laid-out graph.</param>
    /// <param name="options">Precision and colours.</param>
    /// <param name="isAddressed">Whether elements have the numbers of their node or edge as attributes, for the script of a page.</param>
    public static void AppendBody(StringBuilder text, GraphDrawing drawing, RenderOptions options, bool isAddressed)
    {
        var density = drawing.Edges.Count > DenseEdgeCount ? " dense" : string.Empty;
        text.Append(Arrow).Append(CultureInfo.InvariantCulture, $"<g class=\"edges{density}\">\n");
        foreach (var edge in drawing.Edges)
        {
            options.Stopping.ThrowIfCancellationRequested();
            var address = isAddressed
                ? FormattableString.Invariant($" data-from=\"{edge.From}\" data-to=\"{edge.To}\" data-input=\"{edge.InputPlace}\"")
                : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"e\"{address} d=\"{edge.Path}\"{(edge.HasTip ? " marker-end=\"url(#tip)\"" : "")}/>\n");
        }

        text.Append(options.ColorByGradient ? "</g>\n<g class=\"nodes heat\">\n" : "</g>\n<g class=\"nodes\">\n");
        var scale = GradientScale.Of(drawing.Graph);
        foreach (var node in drawing.Nodes)
        {
            options.Stopping.ThrowIfCancellationRequested();
            AppendNode(text, node, drawing, options, scale, isAddressed);
        }

        text.Append("</g>\n");
        if (options.ColorByGradient)
        {
            AppendLegend(text, drawing.LegendTop, scale, options.Precision);
        }
    }

    private static void AppendLegend(StringBuilder text, double top, GradientScale scale, int precision)
    {
        var x = SvgText.Margin;
        text.Append("<g class=\"legend\">");
        foreach (var (kind, name) in GradientScale.Legend)
        {
            text.Append(CultureInfo.InvariantCulture, $"<rect class=\"b\" x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(top)}\" width=\"22\" height=\"16\" rx=\"3\"/><rect class=\"{kind}\" x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(top)}\" width=\"22\" height=\"16\" rx=\"3\" fill-opacity=\"0.5\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{NumberText.Place(x + 28)}\" y=\"{NumberText.Place(top + 12)}\">{name}</text>");
            x += 28 + (name.Length * SvgText.CharacterWidth) + 16;
        }

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(top + 12)}\">strongest |grad| {NumberText.Rounded(scale.Largest, precision)}</text></g>\n");
    }

    private static void AppendNode(
        StringBuilder text, DrawnNode drawn, GraphDrawing drawing, RenderOptions options, GradientScale scale, bool isAddressed)
    {
        var node = drawn.Node;
        var kinds = new StringBuilder("n");
        kinds.Append(node.IsLeaf ? " leaf" : string.Empty);
        kinds.Append(node.Folded is not null ? " fold" : string.Empty);
        kinds.Append(node.Index == drawing.Graph.Nodes.Count - 1 ? " root" : string.Empty);
        var address = isAddressed ? FormattableString.Invariant($" data-node=\"{node.Index}\"") : string.Empty;
        text.Append(CultureInfo.InvariantCulture, $"<g class=\"{kinds}\"{address}>");
        text.Append(CultureInfo.InvariantCulture, $"<title>{LabelText.Xml(Tooltip(node))}</title>");
        if (drawn.Op is { } op)
        {
            var link = drawing.Shape.Direction == GraphDirection.LeftToRight
                ? $"M{NumberText.Place(op.Right)},{NumberText.Place(op.Y + (op.Height / 2))}H{NumberText.Place(drawn.Box.X)}"
                : $"M{NumberText.Place(op.X + (op.Width / 2))},{NumberText.Place(op.Bottom)}V{NumberText.Place(drawn.Box.Y)}";
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"e\" d=\"{link}\" marker-end=\"url(#tip)\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<rect class=\"o\" {Rectangle(op)} rx=\"13\"/>");
            AppendText(text, "op", op.X + (op.Width / 2), op.Y + (op.Height / 2), LabelText.Xml(node.Op));
        }

        text.Append(CultureInfo.InvariantCulture, $"<rect class=\"b\" {Rectangle(drawn.Box)} rx=\"4\"/>");
        if (options.ColorByGradient && scale.Strength(node.Grad) > 0)
        {
            var sign = double.IsNaN(node.Grad) ? "nan" : node.Grad < 0 ? "minus" : "plus";
            text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{sign}\" {Rectangle(drawn.Box)} rx=\"4\" fill-opacity=\"{NumberText.Place(0.5 * scale.Strength(node.Grad))}\"/>");
        }

        AppendFields(text, drawn, drawing.Shape.IsStacked, isAddressed);
        text.Append("</g>\n");
    }

    private static void AppendFields(StringBuilder text, DrawnNode drawn, bool isStacked, bool isAddressed)
    {
        foreach (var ((kind, content), place) in drawn.Fields)
        {
            if (!isStacked && place.X > drawn.Box.X)
            {
                text.Append(CultureInfo.InvariantCulture, $"<path class=\"s\" d=\"M{NumberText.Place(place.X)},{NumberText.Place(place.Y)}V{NumberText.Place(place.Bottom)}\"/>");
            }

            var (x, middle) = (place.X + (place.Width / 2), place.Y + (place.Height / 2));
            if (kind is "data" or "grad")
            {
                var number = LabelText.Xml(content[(kind.Length + 1)..]);
                AppendText(text, string.Empty, x, middle, $"<tspan class=\"k\">{kind} </tspan><tspan{(isAddressed ? $" class=\"{kind}\"" : "")}>{number}</tspan>");
            }
            else
            {
                AppendText(text, kind, x, middle, LabelText.Xml(content));
            }
        }
    }

    private static void AppendText(StringBuilder text, string kind, double x, double middle, string content) => text.Append(
        CultureInfo.InvariantCulture,
        $"<text{(kind.Length > 0 ? $" class=\"{kind}\"" : "")} x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(middle + (SvgText.FontSize * 0.35))}\" xml:space=\"preserve\">{content}</text>");

    private static string Rectangle(Frame frame) =>
        $"x=\"{NumberText.Place(frame.X)}\" y=\"{NumberText.Place(frame.Y)}\" width=\"{NumberText.Place(frame.Width)}\" height=\"{NumberText.Place(frame.Height)}\"";

    /// <summary>The tooltip of a node, with all of its numbers at full precision.</summary>
    private static string Tooltip(SnapshotNode node)
    {
        var label = node.Name.Length == 0 ? string.Empty : $"{node.Name}\n";
        var what = node.Folded is { } fold ? fold.ToString()
            : node.IsLeaf ? "leaf"
            : node.OpName;
        return node.Folded is { HasOutput: false }
            ? label + what
            : $"{label}{what}\ndata {NumberText.Exact(node.Data)}\ngrad {NumberText.Exact(node.Grad)}";
    }
}
