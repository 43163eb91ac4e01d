using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Layout;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>A rectangle by its corner and size.</summary>
internal readonly record struct Frame(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;
}

/// <summary>The form of a drawing.</summary>
/// <param name="Direction">Where the arrows point.</param>
/// <param name="IsStacked">Whether the parts of a box stand one below the other: the box is narrow and high.</param>
internal readonly record struct DrawingShape(GraphDirection Direction, bool IsStacked = false);

/// <summary>A part of a box with its place.</summary>
/// <param name="Field">What stands there.</param>
/// <param name="Place">Its part of the box.</param>
internal readonly record struct DrawnField(NodeField Field, Frame Place);

/// <summary>A node's box, and the shape of the operation before it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Fields">What stands in the box, part by part.</param>
/// <param name="Box">The box.</param>
/// <param name="Op">The operation's small shape, or null for a leaf.</param>
/// <param name="Whole">Both together.</param>
internal sealed record DrawnNode(SnapshotNode Node, IReadOnlyList<DrawnField> Fields, Frame Box, Frame? Op, Frame Whole);

/// <summary>An edge's line.</summary>
/// <param name="From">The input's index.</param>
/// <param name="To">The user's index.</param>
/// <param name="InputPlace">Which of the user's inputs this is, from 0.</param>
/// <param name="Path">The line as SVG path data.</param>
/// <param name="HasTip">Whether it ends in an arrow's tip. Many tips at one place would merge.</param>
internal sealed record DrawnEdge(int From, int To, int InputPlace, string Path, bool HasTip);

/// <summary>A laid-out graph: what the SVG and the lesson draw.</summary>
internal sealed class GraphDrawing
{
    private const double BoxHeight = 28;
    private const double OpSize = 26;
    private const double OpGap = 14;
    private const double FieldPadding = 8;
    private const double LineHeight = 17;
    private const double StackPadding = 5;
    private const double LegendHeight = 30;
    private const int LabelCells = 24;

    /// <summary>The most inputs of a node whose lines have tips.</summary>
    private const int MaximumTips = 5;

    /// <summary>
    /// The most gaps between layers that a line is drawn across. A longer line starts where it leaves the line to the farthest
    /// user: a value used a thousand times would otherwise draw that line a thousand times.
    /// </summary>
    private const int LongestBranch = 12;

    private readonly bool _isAcross;
    private readonly bool _isStacked;
    private readonly LayoutResult _layout;
    private readonly double _left = SvgText.Margin;
    private readonly double _top;

    private GraphDrawing(GraphSnapshot graph, RenderOptions options, DrawingShape shape)
    {
        Graph = graph;
        Shape = shape;
        _isAcross = shape.Direction == GraphDirection.LeftToRight;
        _isStacked = shape.IsStacked;
        _top = SvgText.Margin + SvgText.HeadingHeight(graph.Title, graph.Note);
        var fields = graph.Nodes.Select(node => FieldsOf(node, options)).ToArray();
        var edges = graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node.Index))).ToArray();
        _layout = LayeredLayout.Of(MeasuredGraph(graph, fields, edges), options.Stopping);
        Crossings = _layout.Crossings;

        var nodes = new DrawnNode[graph.Nodes.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            options.Stopping.ThrowIfCancellationRequested();
            nodes[i] = Place(graph.Nodes[i], fields[i]);
        }

        Nodes = nodes;
        Edges = DrawEdges(edges, options.Stopping);
        var (length, breadth) = (_layout.Length + (2 * SvgText.Margin), _layout.Breadth + SvgText.Margin);
        Width = Math.Max(
            _isAcross ? length : breadth + SvgText.Margin,
            SvgText.HeadingWidth(graph.Title, graph.Note) + (2 * SvgText.Margin));
        Height = (_isAcross ? breadth : length - SvgText.Margin) + _top;
        if (options.ColorByGradient)
        {
            Width = Math.Max(Width, GradientScale.LegendWidth);
            LegendTop = Height - (SvgText.Margin / 2);
            Height += LegendHeight;
        }
    }

    public GraphSnapshot Graph { get; }

    public IReadOnlyList<DrawnNode> Nodes { get; }

    public IReadOnlyList<DrawnEdge> Edges { get; }

    public double Width { get; }

    public double Height { get; }

    public (double Width, double Height) Size => (Width, Height);

    public long Crossings { get; }

    public DrawingShape Shape { get; }

    /// <summary>Where the legend of the gradients' colours begins; 0 where there is none.</summary>
    public double LegendTop { get; }

    public static GraphDrawing Of(GraphSnapshot graph, RenderOptions options, DrawingShape shape) => new(graph, options, shape);

    private static NodeField[] FieldsOf(SnapshotNode node, RenderOptions options)
    {
        options.Stopping.ThrowIfCancellationRequested();
        return [.. NodeText.Fields(node, options.Precision).Select(field => field with { Text = LabelText.OneLine(field.Text, LabelCells) })];
    }

    private static double FieldWidth(NodeField field) => (LabelText.Cells(field.Text) * SvgText.CharacterWidth) + (2 * FieldPadding);

    private (double Width, double Height) BoxSize(NodeField[] fields) => _isStacked
        ? (fields.Max(FieldWidth), (fields.Length * LineHeight) + (2 * StackPadding))
        : (fields.Sum(FieldWidth), BoxHeight);

    private static double OpWidth(SnapshotNode node) =>
        Math.Max(OpSize, (LabelText.Cells(node.Op) * SvgText.CharacterWidth) + 14);

    private LayoutGraph MeasuredGraph(GraphSnapshot graph, NodeField[][] fields, (int, int)[] edges)
    {
        var along = new double[graph.Nodes.Count];
        var across = new double[graph.Nodes.Count];
        for (var i = 0; i < along.Length; i++)
        {
            var node = graph.Nodes[i];
            var (width, height) = BoxSize(fields[i]);
            var hasOp = node.Op.Length > 0;
            if (_isAcross)
            {
                along[i] = width + (hasOp ? OpWidth(node) + OpGap : 0);
                across[i] = height;
            }
            else
            {
                along[i] = height + (hasOp ? OpSize + OpGap : 0);
                across[i] = Math.Max(width, hasOp ? OpWidth(node) : 0);
            }
        }

        return new LayoutGraph(along, across, edges);
    }

    private DrawnNode Place(SnapshotNode node, NodeField[] fields)
    {
        var (along, across) = (_layout.Along[node.Index], _layout.Across[node.Index]);
        var (width, height) = BoxSize(fields);
        Frame? op = null;
        Frame box;
        if (_isAcross)
        {
            var (x, y) = (_left + along, _top + across);
            if (node.Op.Length > 0)
            {
                op = new Frame(x, y - (OpSize / 2), OpWidth(node), OpSize);
                x += OpWidth(node) + OpGap;
            }

            box = new Frame(x, y - (height / 2), width, height);
        }
        else
        {
            var (x, y) = (_left + across, _top + along);
            if (node.Op.Length > 0)
            {
                op = new Frame(x - (OpWidth(node) / 2), y, OpWidth(node), OpSize);
                y += OpSize + OpGap;
            }

            box = new Frame(x - (width / 2), y, width, height);
        }

        var whole = op is not { } o
            ? box
            : new Frame(
                Math.Min(o.X, box.X),
                Math.Min(o.Y, box.Y),
                Math.Max(o.Right, box.Right) - Math.Min(o.X, box.X),
                Math.Max(o.Bottom, box.Bottom) - Math.Min(o.Y, box.Y));
        return new DrawnNode(node, PlaceFields(fields, box), box, op, whole);
    }

    private DrawnField[] PlaceFields(NodeField[] fields, Frame box)
    {
        var placed = new DrawnField[fields.Length];
        var (x, y) = (box.X, box.Y + (_isStacked ? StackPadding : 0));
        for (var i = 0; i < fields.Length; i++)
        {
            var place = _isStacked
                ? new Frame(box.X, y, box.Width, LineHeight)
                : new Frame(x, box.Y, FieldWidth(fields[i]), box.Height);
            placed[i] = new DrawnField(fields[i], place);
            (x, y) = (place.Right, place.Bottom);
        }

        return placed;
    }

    private DrawnEdge[] DrawEdges((int From, int To)[] edges, CancellationToken stopping)
    {
        var drawn = new DrawnEdge[edges.Length];
        var longest = new Dictionary<int, int>();
        foreach (var (from, to) in edges)
        {
            longest[from] = Math.Max(longest.GetValueOrDefault(from), _layout.Layers[to]);
        }

        for (var first = 0; first < edges.Length;)
        {
            stopping.ThrowIfCancellationRequested();
            var last = first;
            while (last < edges.Length && edges[last].To == edges[first].To)
            {
                last++;
            }

            DrawInputs(edges, first, last, longest, drawn);
            first = last;
        }

        return drawn;
    }

    /// <summary>The lines into one node. They end side by side, in the order in which they arrive, so that none cross.</summary>
    private void DrawInputs(
        (int From, int To)[] edges, int first, int last, Dictionary<int, int> longest, DrawnEdge[] drawn)
    {
        var order = Enumerable.Range(first, last - first)
            .OrderBy(e => _layout.Routes[e].Places[^2].Across).ThenBy(e => e).ToArray();
        var distance = order.Length > 1 ? Math.Min(7, 16.0 / (order.Length - 1)) : 0;
        for (var i = 0; i < order.Length; i++)
        {
            var (from, to) = edges[order[i]];
            var offset = (i - ((order.Length - 1) / 2.0)) * distance;

            // Lines of an input that is used twice start apart, as one would hide the other.
            var isTwin = (i > 0 && edges[order[i - 1]].From == from) || (i + 1 < order.Length && edges[order[i + 1]].From == from);
            var places = _layout.Routes[order[i]].Places;
            var isBranch = places.Count > 2 * LongestBranch && longest[from] > _layout.Layers[to];
            drawn[order[i]] = new DrawnEdge(
                from,
                to,
                order[i] - first,
                Path(places, isBranch ? places.Count - 2 : 0, Nodes[from], Nodes[to], offset, isTwin ? offset : 0),
                order.Length <= MaximumTips);
        }
    }

    private string Path(
        IReadOnlyList<(double Along, double Across)> places,
        int firstPlace,
        DrawnNode from,
        DrawnNode to,
        double endOffset,
        double startOffset)
    {
        var path = new StringBuilder();
        var start = firstPlace > 0 ? places[firstPlace].Along : _isAcross ? from.Box.Right - _left : from.Box.Bottom - _top;
        Append("M", (start, places[firstPlace].Across + (firstPlace == 0 ? startOffset : 0)));
        for (var i = firstPlace; i < places.Count; i += 2)
        {
            var (leave, arrive) = (places[i], places[i + 1]);
            leave.Across += i == 0 ? startOffset : 0;
            arrive.Across += i == places.Count - 2 ? endOffset : 0;
            if (leave.Along - start > 0.5)
            {
                Append("L", leave);
            }

            var middle = (leave.Along + arrive.Along) / 2;
            Append("C", (middle, leave.Across), (middle, arrive.Across), arrive);
        }

        // Lines end at the rim of the operation's round end, or at the box of folded nodes.
        var end = _isAcross ? to.Whole.X - _left : to.Whole.Y - _top;
        if (to.Op is { } op)
        {
            var radius = OpSize / 2;
            var flat = _isAcross ? 0 : Math.Max(0, (op.Width / 2) - radius);
            var round = Math.Max(0, Math.Abs(endOffset) - flat);
            end += radius - Math.Sqrt((radius * radius) - (round * round));
        }

        if (end - places[^1].Along > 0.5)
        {
            // A line without length would give the arrow's tip a wrong direction.
            Append("L", (end, places[^1].Across + endOffset));
        }

        return path.ToString();

        void Append(string command, params ReadOnlySpan<(double Along, double Across)> points)
        {
            path.Append(command);
            for (var i = 0; i < points.Length; i++)
            {
                var (x, y) = _isAcross ? points[i] : (points[i].Across, points[i].Along);
                path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : " ")}{NumberText.Place(x + _left)},{NumberText.Place(y + _top)}");
            }
        }
    }
}
