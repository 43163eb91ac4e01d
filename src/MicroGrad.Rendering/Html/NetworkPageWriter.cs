using System.Text;

namespace MicroGrad.Rendering;

/// <summary>Writes a network as a page: its architecture, and with a history its weights and loss epoch by epoch.</summary>
internal static class NetworkPageWriter
{
    /// <summary>The most numbers in a page; a longer history is shown in even steps.</summary>
    private const int MaximumNumbers = 1_000_000;

    private const string Speeds = """
        <option value="400">slow</option><option value="120" selected>normal</option><option value="30">fast</option>
        """;

    private const string Css = """
        .w.on{stroke-opacity:1!important;stroke-width:3.2px}
        .lit .weights .w:not(.on){stroke-opacity:.07!important}
        [data-node].self .c,[data-node]:focus-visible .c{stroke-width:3.5}
        [data-node].input .c{stroke:var(--third);stroke-width:3}
        [data-node].user .c{stroke:var(--fifth);stroke-width:3}
        #curve svg{width:100%;height:auto}

        """;

    public static string Write(NetworkSnapshot network, RenderOptions options, IReadOnlyList<TrainingSnapshot> history)
    {
        var title = !string.IsNullOrEmpty(network.Title) ? network.Title
            : history.Count > 0 ? "Training, epoch by epoch"
            : "Network";
        var edges = WeightScale.ShownEdges(network).Select(edge => (edge.Layer, edge.Neuron, edge.Input)).ToArray();
        var neurons = Neurons(network);
        var frames = Thin(history, edges.Length + neurons.Length);
        var plain = network with { Title = null };
        var geometry = SvgNetworkWriter.Geometry.Of(plain, options);

        var body = new StringBuilder(HtmlPage.Header(title, frames.Count > 1, Speeds));
        body.Append("<main>\n<div id=\"view\">\n").Append(HtmlPage.SvgBegin(geometry.Width, geometry.Height, title));
        SvgNetworkWriter.AppendBody(body, plain, geometry, options, isAddressed: true);
        body.Append("</svg>\n</div>\n<aside>\n");
        if (history.Count > 0)
        {
            var chart = new PlotOptions { Width = 350, Height = 250, Precision = options.Precision };
            body.Append("<h2>This epoch</h2><table id=\"epoch\" class=\"facts\"></table>\n<h2>Loss</h2><div id=\"curve\">");
            body.Append(LossChart.Write([.. history.Select(frame => frame.Result)], chart, isInPage: true, hasCursor: true));
            body.Append("</div>\n");
            if (frames.Count < history.Count)
            {
                body.Append(FormattableString.Invariant($"<p class=\"muted\">{frames.Count} of {history.Count} epochs can be shown.</p>\n"));
            }
        }
        else
        {
            body.Append("<p class=\"muted\">Point at a neuron to see its bias and weights.</p>\n");
        }

        body.Append("<div id=\"node\" hidden><h2>Under the pointer</h2><table id=\"facts\" class=\"facts\"></table></div>\n</aside>\n</main>\n");
        return HtmlPage.Write(
            title,
            SvgNetworkWriter.Css + Chart.Css + Css,
            body.ToString(),
            Data(network, options, frames, edges, neurons),
            "view.js",
            "training.js");
    }

    private static (int Layer, int Neuron)[] Neurons(NetworkSnapshot network) =>
    [
        .. Enumerable.Range(1, network.Layers.Count).SelectMany(
            l => ShownNeurons.Of(network.Sizes[l]).Where(n => n >= 0).Select(n => (l, n))),
    ];

    private static List<TrainingSnapshot> Thin(IReadOnlyList<TrainingSnapshot> history, int numbers)
    {
        var most = Math.Max(2, MaximumNumbers / Math.Max(1, numbers));
        if (history.Count <= most)
        {
            return [.. history];
        }

        return [.. Enumerable.Range(0, most).Select(i => history[(int)((long)i * (history.Count - 1) / (most - 1))])];
    }

    private static string Data(
        NetworkSnapshot network,
        RenderOptions options,
        List<TrainingSnapshot> frames,
        (int Layer, int Neuron, int Input)[] edges,
        (int Layer, int Neuron)[] neurons) => HtmlPage.Json(json =>
    {
        json.WriteNumber("precision", options.Precision);
        Integers("sizes", network.Sizes);
        json.WriteStartArray("activations");
        foreach (var layer in network.Layers)
        {
            json.WriteStringValue(layer.Activation.ToString());
        }

        json.WriteEndArray();
        json.WriteStartArray("inputs");
        for (var i = 0; i < network.Sizes[0]; i++)
        {
            json.WriteStringValue(network.InputName(i));
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var (layer, neuron, input) in edges)
        {
            Integers(null, [layer, neuron, input]);
        }

        json.WriteEndArray();
        json.WriteStartArray("neurons");
        foreach (var (layer, neuron) in neurons)
        {
            Integers(null, [layer, neuron]);
        }

        json.WriteEndArray();
        json.WriteStartArray("frames");
        if (frames.Count == 0)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", 0);
            JsonWriter.Numbers(json, "weights", edges.Select(e => network.Layers[e.Layer].Weights[e.Neuron][e.Input]));
            JsonWriter.Numbers(json, "biases", neurons.SelectMany(n => network.Layers[n.Layer - 1].Biases.Skip(n.Neuron).Take(1)));
            json.WriteEndObject();
        }

        var offsets = Offsets(network);
        foreach (var frame in frames)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", frame.Result.Epoch);
            JsonWriter.Number(json, "loss", frame.Result.Loss);
            Optional("validationLoss", frame.Result.ValidationLoss);
            Optional("accuracy", frame.Result.Accuracy);
            Optional("validationAccuracy", frame.Result.ValidationAccuracy);
            JsonWriter.Numbers(json, "weights", edges.Select(e => frame.Parameters[At(e.Layer, e.Neuron) + e.Input]));
            JsonWriter.Numbers(json, "biases", neurons
                .Where(n => network.Layers[n.Layer - 1].Biases.Count > 0)
                .Select(n => frame.Parameters[At(n.Layer - 1, n.Neuron) + network.Sizes[n.Layer - 1]]));
            json.WriteEndObject();
        }

        json.WriteEndArray();

        int At(int layer, int neuron) => offsets[layer] + (neuron * ParametersOf(network, layer));

        void Integers(string? name, IReadOnlyList<int> values)
        {
            if (name is not null)
            {
                json.WritePropertyName(name);
            }

            json.WriteStartArray();
            foreach (var value in values)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        void Optional(string name, double? value)
        {
            if (value is { } number)
            {
                JsonWriter.Number(json, name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    });

    /// <summary>The parameters of one neuron of a layer: its weights, and its bias where it has one.</summary>
    private static int ParametersOf(NetworkSnapshot network, int layer) =>
        network.Sizes[layer] + (network.Layers[layer].Biases.Count > 0 ? 1 : 0);

    /// <summary>Where each layer's parameters begin among all.</summary>
    private static int[] Offsets(NetworkSnapshot network)
    {
        var offsets = new int[network.Layers.Count];
        for (var l = 1; l < offsets.Length; l++)
        {
            offsets[l] = offsets[l - 1] + (network.Sizes[l] * ParametersOf(network, l - 1));
        }

        return offsets;
    }
}
