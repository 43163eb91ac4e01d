using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>A neuron's circle, or the sign for neurons left out (Neuron -1).</summary>
internal readonly record struct DrawnNeuron(int Layer, int Neuron, double X, double Y);

/// <summary>Writes a network's architecture as SVG: layers as columns, neurons as circles, weights as lines.</summary>
internal static class SvgNetworkWriter
{
    public const double Radius = 11;

    private const double Step = 36;

    /// <summary>The distance between layers, which grows with their size so that lines are not too steep.</summary>
    private const double LeastLayerDistance = 150;
    private const double LargestLayerDistance = 240;
    private const double LayerDistanceByBreadth = 0.4;

    /// <summary>The distance on a phone, just enough for the names above the layers.</summary>
    private const double NarrowLayerDistance = 86;

    private const double HeaderHeight = 40;

    /// <summary>The width of the legend with a number of eight characters.</summary>
    private const double LegendWidth = (2 * SvgText.Margin) + 200 + (20 * SvgText.CharacterWidth);
    private const double LegendHeight = 30;

    public const string Css = """
        .w{fill:none}
        .w.p{stroke:var(--plus)}
        .w.m{stroke:var(--minus);stroke-dasharray:7 3}
        .w.nan{stroke:var(--fourth)}
        .c{fill:var(--box);stroke:var(--ink);stroke-width:1.3}
        .in .c{fill:var(--leaf);stroke:var(--leafline)}
        .out .c{stroke:var(--rootline);stroke-width:2.2}
        .mid{text-anchor:middle}
        .end{text-anchor:end}
        .soft{fill:var(--soft)}
        .more{paint-order:stroke;stroke:var(--paper);stroke-width:5px;stroke-linejoin:round}
        .head{text-anchor:middle;font-weight:700}

        """;

    public static string Write(NetworkSnapshot network, RenderOptions options)
    {
        var geometry = Geometry.BestFor(network, options.Direction, hasLegend: true, DrawingPlace.Document)[0];
        var text = SvgText.Begin(geometry.Width, geometry.Height, network.Title, null, "Network architecture", Css);
        AppendBody(text, network, geometry, options);
        return text.Append("</svg>\n").ToString();
    }

    public static void AppendBody(
        StringBuilder text, NetworkSnapshot network, Geometry geometry, RenderOptions options, bool isAddressed = false)
    {
        var largest = WeightScale.Largest(network);
        text.Append("<g class=\"weights\">\n");
        var edge = 0;
        foreach (var (layer, neuron, input, weight) in WeightScale.ShownEdges(network))
        {
            var (from, to) = (geometry.Of(layer, input), geometry.Of(layer + 1, neuron));
            var address = isAddressed ? FormattableString.Invariant($" data-w=\"{edge++}\"") : string.Empty;
            text.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"w {(double.IsNaN(weight) ? "nan" : weight < 0 ? "m" : "p")}\"{address} d=\"M{NumberText.Place(from.X)},{NumberText.Place(from.Y)}L{NumberText.Place(to.X)},{NumberText.Place(to.Y)}\" stroke-width=\"{NumberText.Place(WeightScale.Width(weight, largest))}\"><title>{NumberText.Exact(weight)}</title></path>\n");
        }

        text.Append("</g>\n<g class=\"neurons\">\n");
        foreach (var neuron in geometry.Neurons)
        {
            AppendNeuron(text, network, geometry, neuron, options, isAddressed);
        }

        text.Append("</g>\n");
        AppendHeaders(text, network, geometry);
        if (geometry.HasLegend)
        {
            AppendLegend(text, geometry, largest, options);
        }
    }

    private static void AppendNeuron(
        StringBuilder text,
        NetworkSnapshot network,
        Geometry geometry,
        DrawnNeuron neuron,
        RenderOptions options,
        bool isAddressed)
    {
        var (x, y) = (NumberText.Place(neuron.X), NumberText.Place(neuron.Y));
        var isInput = neuron.Layer == 0;
        var isOutput = neuron.Layer == network.Sizes.Count - 1;
        if (neuron.Neuron < 0)
        {
            var dots = geometry.IsAcross ? "⋮" : "⋯";
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid more\" x=\"{x}\" y=\"{NumberText.Place(neuron.Y - 1)}\">{dots}</text><text class=\"mid soft more\" x=\"{x}\" y=\"{NumberText.Place(neuron.Y + 12)}\">{ShownNeurons.HiddenText(network.Sizes[neuron.Layer])}</text>\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"<g class=\"{(isInput ? "in" : isOutput ? "out" : "hid")}\"{(isAddressed ? FormattableString.Invariant($" data-node=\"{neuron.Layer}/{neuron.Neuron}\"") : "")}>");
        text.Append(CultureInfo.InvariantCulture, $"<circle class=\"c\" cx=\"{x}\" cy=\"{y}\" r=\"{NumberText.Place(Radius)}\"><title>{LabelText.Xml(Tooltip(network, neuron, options.Precision))}</title></circle>");
        if (isInput || isOutput)
        {
            var name = LabelText.Xml(ShortName(isInput ? network.InputName(neuron.Neuron) : network.OutputName(neuron.Neuron), geometry.NameCells));
            if (geometry.IsAcross)
            {
                var side = isInput ? -Radius - 7 : Radius + 7;
                text.Append(CultureInfo.InvariantCulture, $"<text{(isInput ? " class=\"end\"" : "")} x=\"{NumberText.Place(neuron.X + side)}\" y=\"{NumberText.Place(neuron.Y + 4)}\">{name}</text>");
            }
            else
            {
                var side = isInput ? -Radius - 7 : Radius + 17;
                text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid\" x=\"{x}\" y=\"{NumberText.Place(neuron.Y + side)}\">{name}</text>");
            }
        }

        text.Append("</g>\n");
    }

    /// <summary>A name cut to a number of cells. Of a category the column's name is cut, as others begin alike.</summary>
    private static string ShortName(string name, int cells)
    {
        var line = LabelText.OneLine(name);
        var own = line.LastIndexOf(" = ", StringComparison.Ordinal);
        var room = own < 0 ? 0 : cells - LabelText.Cells(line[own..]);
        return LabelText.Cells(line) > cells && room > 1
            ? LabelText.OneLine(line[..own], room) + line[own..]
            : LabelText.OneLine(line, cells);
    }

    private static string Tooltip(NetworkSnapshot network, DrawnNeuron neuron, int precision)
    {
        if (neuron.Layer == 0)
        {
            return network.InputName(neuron.Neuron);
        }

        var layer = network.Layers[neuron.Layer - 1];
        var name = $"neuron {NumberText.Count(neuron.Neuron + 1)}, {layer.Activation}";
        return layer.Biases.Count > 0
            ? $"{name}\nbias {NumberText.Rounded(layer.Biases[neuron.Neuron], precision)}"
            : name;
    }

    private static void AppendHeaders(StringBuilder text, NetworkSnapshot network, Geometry geometry)
    {
        for (var l = 0; l < network.Sizes.Count; l++)
        {
            var (x, y) = geometry.Header(l);
            var what = l == 0 ? "inputs" : network.Layers[l - 1].Activation.ToString();
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"head\" x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(y)}\">{NumberText.Count(network.Sizes[l])}</text>");
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid soft\" x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(y + 15)}\">{what}</text>\n");
        }
    }

    private static void AppendLegend(StringBuilder text, Geometry geometry, double largest, RenderOptions options)
    {
        var y = geometry.Height - 14;
        var (line, mid) = (NumberText.Place(y - 4), NumberText.Place(y));
        var x = SvgText.Margin;
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"w p\" stroke-width=\"3\" d=\"M{NumberText.Place(x)},{line}h22\"/><text class=\"soft\" x=\"{NumberText.Place(x + 28)}\" y=\"{mid}\">positive</text>");
        text.Append(CultureInfo.InvariantCulture, $"<path class=\"w m\" stroke-width=\"3\" d=\"M{NumberText.Place(x + 100)},{line}h22\"/><text class=\"soft\" x=\"{NumberText.Place(x + 128)}\" y=\"{mid}\">negative</text>");
        text.Append(CultureInfo.InvariantCulture, $"<text class=\"soft\" id=\"largest\" x=\"{NumberText.Place(x + 200)}\" y=\"{mid}\">largest |w| {NumberText.Rounded(largest, options.Precision)}</text>\n");
    }

    /// <summary>Where the circles are.</summary>
    internal sealed class Geometry
    {
        private readonly Dictionary<(int, int), DrawnNeuron> _places = [];
        private readonly double _headers;

        private Geometry(NetworkSnapshot network, GraphDirection direction, bool isNarrow, bool hasLegend)
        {
            HasLegend = hasLegend;
            NameCells = isNarrow ? 14 : 24;
            IsAcross = direction == GraphDirection.LeftToRight;
            var names = Enumerable.Range(0, network.Sizes[0]).Select(network.InputName).ToArray();
            var outputs = Enumerable.Range(0, network.Sizes[^1]).Select(network.OutputName).ToArray();
            var (before, after) = (NameWidth(names, NameCells), NameWidth(outputs, NameCells));
            TextRoom = IsAcross ? (before, after, HeaderHeight - 16, Step) : null;
            var top = SvgText.Margin + SvgText.HeadingHeight(network.Title, null);
            var rows = network.Sizes.Max(size => ShownNeurons.Of(size).Length);

            // From top to bottom names stand side by side, so the widest sets the distance.
            var step = IsAcross ? Step : Math.Max(Step, Math.Max(before, after) + 12);
            var breadth = (rows - 1) * step;
            var distance = isNarrow ? NarrowLayerDistance : Math.Clamp(LayerDistanceByBreadth * breadth, LeastLayerDistance, LargestLayerDistance);
            var layers = (network.Sizes.Count - 1) * distance;
            var first = IsAcross ? SvgText.Margin + before + Radius + 8 : SvgText.Margin + 90 + (Math.Max(before, after) / 2);
            var second = IsAcross ? top + HeaderHeight + Radius : top + Radius + 24;
            _headers = IsAcross ? top + 12 : SvgText.Margin + 30;
            for (var l = 0; l < network.Sizes.Count; l++)
            {
                var shown = ShownNeurons.Of(network.Sizes[l]);
                for (var i = 0; i < shown.Length; i++)
                {
                    var along = l * distance;
                    var across = (breadth / 2) + ((i - ((shown.Length - 1) / 2.0)) * step);
                    _places[(l, shown[i])] = IsAcross
                        ? new DrawnNeuron(l, shown[i], first + along, second + across)
                        : new DrawnNeuron(l, shown[i], first + across, second + along);
                }
            }

            Width = Math.Max(
                first + (IsAcross ? layers + Radius + 8 + after : breadth + Radius + (after / 2)) + SvgText.Margin,
                Math.Max(SvgText.HeadingWidth(network.Title, null) + (2 * SvgText.Margin), hasLegend ? LegendWidth : 0));
            Height = second + (IsAcross ? breadth : layers + 24) + Radius + (hasLegend ? LegendHeight : 0) + 14;
        }

        public bool IsAcross { get; }

        public bool HasLegend { get; }

        /// <summary>The most cells of a name.</summary>
        public int NameCells { get; }

        /// <summary>The widths of names before and behind the network, the height of text above it, and the distance of names; null where names stand side by side.</summary>
        public (double Before, double Behind, double Above, double Distance)? TextRoom { get; }

        public double Width { get; }

        public double Height { get; }

        public IEnumerable<DrawnNeuron> Neurons => _places.Values;

        /// <summary>The geometries that have the largest text in at least one of several places, without repetition.</summary>
        /// <param name="network">The network.</param>
        /// <param name="direction">From inputs to outputs; null for the better one.</param>
        /// <param name="hasLegend">Whether the legend stands in the drawing.</param>
        /// <param name="places">The sizes of the places.</param>
        public static IReadOnlyList<Geometry> BestFor(
            NetworkSnapshot network, GraphDirection? direction, bool hasLegend, params IReadOnlyList<DrawingPlace> places)
        {
            Geometry[] all =
            [
                .. DrawingShapes.Directions(direction).SelectMany(wanted => new[]
                {
                    new Geometry(network, wanted, isNarrow: false, hasLegend),
                    new Geometry(network, wanted, isNarrow: true, hasLegend),
                }),
            ];
            return DrawingShapes.BestFor(all, geometry => (geometry.Width, geometry.Height), places);
        }

        public DrawnNeuron Of(int layer, int neuron) => _places[(layer, neuron)];

        public (double X, double Y) Header(int layer)
        {
            var any = _places.Values.First(place => place.Layer == layer);
            return IsAcross ? (any.X, _headers) : (SvgText.Margin + 32, any.Y - 2);
        }

        private static double NameWidth(IEnumerable<string> names, int cells) =>
            names.Max(name => LabelText.Cells(LabelText.OneLine(name, cells))) * SvgText.CharacterWidth;
    }
}
