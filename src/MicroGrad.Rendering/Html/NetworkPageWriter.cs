using System.Text;
using System.Text.Json;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Html;

/// <summary>Writes a network as a page: its architecture, and with a history its weights and loss epoch by epoch.</summary>
internal static class NetworkPageWriter
{
    /// <summary>The most numbers in a page. Of a longer history, epochs at even distances are shown.</summary>
    private const int MaximumNumbers = 1_000_000;

    private const string Speeds = """
        <option value="400">slow</option><option value="120" selected>normal</option><option value="30">fast</option>
        """;

    private const string Legend = """
        <p id="legend"><span><svg aria-hidden="true"><path class="w p" stroke-width="3" d="M0,4h26"/></svg> positive</span><span><svg aria-hidden="true"><path class="w m" stroke-width="3" d="M0,4h26"/></svg> negative</span><span id="largest"></span></p>

        """;

    private const string Css = """
        .lit .weights .w:not(.on){stroke-opacity:.2}
        [data-node].self .c,[data-node]:focus-visible .c{stroke-width:3.5}
        [data-node].input .c{stroke:var(--third);stroke-width:3}
        [data-node].user .c{stroke:var(--fifth);stroke-width:3}
        #curve svg{width:100%;height:auto}
        .big #curve{max-width:520px}
        #map{display:block;width:100%;max-width:260px;height:auto;border:1px solid var(--line)}
        .big #map{max-width:520px}
        .gives{clip-path:circle(50%);pointer-events:none}
        .k{display:inline-block;width:.75em;height:.75em;border-radius:50%}
        .k0{background:var(--plus)}.k1{background:var(--minus)}.k2{background:var(--third)}.k3{background:var(--fourth)}.k4{background:var(--fifth)}.k5{background:var(--rootline)}

        """;

    // The room beside the figures on a laptop, and on a phone.
    private static readonly DrawingPlace[] Places = [new(900, 620), new(390, 330)];

    public static string Write(
        NetworkSnapshot network, RenderOptions options, IReadOnlyList<EpochResult> history, TrainingMap? map = null)
    {
        var title = !string.IsNullOrEmpty(network.Title) ? network.Title
            : history.Count > 0 ? "Training, epoch by epoch"
            : "Network";
        var shown = new ShownParts(network);
        var frames = Thin(history, shown.Edges.Length + shown.Neurons.Length + (map?.Count ?? 0));
        var plain = network with { Title = null };
        var geometries = SvgNetworkWriter.Geometry.BestFor(plain, options.Direction, hasLegend: false, Places);

        var body = new StringBuilder(HtmlPage.Header(title, frames.Count > 1));
        body.Append("<main>\n").Append(HtmlPage.View(geometries.Select(geometry => Drawing(plain, geometry, title, options)), Legend)).Append("<aside>\n");
        map?.AppendBody(body);
        AppendHistory(body, history, frames.Count, options);
        body.Append("<div id=\"node\" hidden><h2>Under the pointer</h2><table id=\"facts\" class=\"facts\"></table></div>\n</aside>\n</main>\n");
        body.Append(frames.Count > 1 ? HtmlPage.Player(Speeds) : string.Empty);
        return HtmlPage.Write(
            title,
            SvgNetworkWriter.Css + Chart.Css + Css,
            body.ToString(),
            Data(network, options, frames, shown, map),
            ["view.js", .. map is null ? Array.Empty<string>() : [PageAssets.Formulas], "training-map.js", "training.js"]);
    }

    private static string Drawing(NetworkSnapshot network, SvgNetworkWriter.Geometry geometry, string name, RenderOptions options)
    {
        var text = new StringBuilder(SvgText.BeginInPage(
            geometry.Width,
            geometry.Height,
            name,
            textRoom: geometry.TextRoom is var (before, behind, above, distance) ? FormattableString.Invariant($"{before:0.##} {behind:0.##} {above:0.##} {distance:0.##}") : null));
        SvgNetworkWriter.AppendBody(text, network, geometry, options, isAddressed: true);
        return text.Append("</svg>\n").ToString();
    }

    private static void AppendHistory(StringBuilder body, IReadOnlyList<EpochResult> history, int frameCount, RenderOptions options)
    {
        if (history.Count == 0)
        {
            body.Append("<p class=\"muted\">Point at a neuron to see its bias and weights.</p>\n");
            return;
        }

        var chart = new PlotOptions { Width = 320, Height = 240, Precision = options.Precision };
        body.Append("<h2>This epoch</h2><table id=\"epoch\" class=\"facts\"></table>\n<h2>Loss</h2><div id=\"curve\">");
        body.Append(Chart.Write(LossPlot.Of(history, options.Precision, hasCursor: true), chart, isInPage: true));
        body.Append("</div>\n");
        if (frameCount < history.Count)
        {
            body.Append(FormattableString.Invariant($"<p class=\"muted\">{frameCount} of {history.Count} epochs can be shown.</p>\n"));
        }
    }

    private static IReadOnlyList<EpochResult> Thin(IReadOnlyList<EpochResult> history, int numbers)
    {
        var most = Math.Max(2, MaximumNumbers / Math.Max(1, numbers));
        return history.Count <= most
            ? history
            : [.. Enumerable.Range(0, most).Select(i => history[(int)((long)i * (history.Count - 1) / (most - 1))])];
    }

    private static string Data(
        NetworkSnapshot network, RenderOptions options, IReadOnlyList<EpochResult> frames, ShownParts shown, TrainingMap? map) => HtmlPage.Json(json =>
    {
        json.WriteNumber("precision", options.Precision);
        map?.WriteData(json);
        WriteNetwork(json, network);
        WriteShownParts(json, shown);
        WriteFrames(json, network, frames, shown, map);
    });

    private static void WriteNetwork(Utf8JsonWriter json, NetworkSnapshot network)
    {
        JsonWriter.Integers(json, "sizes", network.Sizes);
        JsonWriter.Strings(json, "activations", network.Layers.Select(layer => layer.Activation.ToString()));
        JsonWriter.Strings(json, "inputs", Enumerable.Range(0, network.Sizes[0]).Select(network.InputName));
    }

    private static void WriteShownParts(Utf8JsonWriter json, ShownParts shown)
    {
        JsonWriter.Array(json, "edges", shown.Edges, edge => JsonWriter.Integers(json, null, [edge.Layer, edge.Neuron, edge.Input]));
        JsonWriter.Array(json, "neurons", shown.Neurons, neuron => JsonWriter.Integers(json, null, [neuron.Layer, neuron.Neuron]));
    }

    private static void WriteFrames(
        Utf8JsonWriter json, NetworkSnapshot network, IReadOnlyList<EpochResult> frames, ShownParts shown, TrainingMap? map)
    {
        json.WriteStartArray("frames");
        foreach (var frame in frames)
        {
            json.WriteStartObject();
            WriteResult(json, frame);
            WriteParameters(json, frame.Parameters!, network, shown);
            if (map is not null)
            {
                JsonWriter.Numbers(json, "parameters", frame.Parameters!);
            }

            json.WriteEndObject();
        }

        if (frames.Count == 0)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", 0);
            WriteParameters(json, network.Parameters, network, shown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, EpochResult result)
    {
        json.WriteNumber("epoch", result.Epoch);
        JsonWriter.Number(json, "loss", result.Loss);
        JsonWriter.Number(json, "validationLoss", result.ValidationLoss);
        JsonWriter.Number(json, "accuracy", result.Accuracy);
        JsonWriter.Number(json, "validationAccuracy", result.ValidationAccuracy);
    }

    private static void WriteParameters(
        Utf8JsonWriter json, IReadOnlyList<double> parameters, NetworkSnapshot network, ShownParts shown)
    {
        JsonWriter.Numbers(json, "weights", shown.Edges.Select(edge => parameters[network.ParameterAt(edge.Layer, edge.Neuron, edge.Input)]));
        JsonWriter.Numbers(json, "biases", shown.Neurons
            .Where(neuron => network.Layers[neuron.Layer - 1].Biases.Count > 0)
            .Select(neuron => parameters[network.ParameterAt(neuron.Layer - 1, neuron.Neuron, network.Sizes[neuron.Layer - 1])]));
    }

    /// <summary>The connections and neurons that the drawing shows; connections count layers from the first hidden one, neurons from the inputs.</summary>
    private sealed class ShownParts(NetworkSnapshot network)
    {
        public (int Layer, int Neuron, int Input)[] Edges { get; } =
            [.. WeightScale.ShownEdges(network).Select(edge => (edge.Layer, edge.Neuron, edge.Input))];

        public (int Layer, int Neuron)[] Neurons { get; } =
        [
            .. Enumerable.Range(1, network.Layers.Count).SelectMany(
                l => ShownNeurons.Of(network.Sizes[l]).Where(n => n >= 0).Select(n => (l, n))),
        ];
    }
}
