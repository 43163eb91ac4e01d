using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>Writes Mermaid flowcharts.</summary>
internal static class MermaidWriter
{
    public static string Write(GraphSnapshot graph, RenderOptions options)
    {
        var scale = GradientScale.Of(graph);
        var text = Begin([graph.Title, graph.Note, options.ColorByGradient ? scale.Describe(options.Precision) : null], options);
        foreach (var node in graph.Nodes)
        {
            options.Stopping.ThrowIfCancellationRequested();
            var parts = string.Join("<br/>", NodeText.Fields(node, options.Precision).Select(field => LabelText.Mermaid(field.Text)));
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Index}[\"{parts}\"]\n");
            if (node.Op.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  n{node.Index}op((\"{LabelText.Mermaid(node.Op)}\"))\n");
            }
        }

        foreach (var (from, to) in NodeText.Edges(graph))
        {
            options.Stopping.ThrowIfCancellationRequested();
            text.Append(CultureInfo.InvariantCulture, $"  {from} --> {to}\n");
        }

        if (options.ColorByGradient)
        {
            foreach (var node in graph.Nodes)
            {
                options.Stopping.ThrowIfCancellationRequested();
                text.Append(CultureInfo.InvariantCulture, $"  style n{node.Index} fill:{scale.Color(node.Grad)},color:#111827\n");
            }
        }

        return text.ToString();
    }

    public static string Write(NetworkSnapshot network, RenderOptions options)
    {
        var text = Begin([network.Title], options);
        for (var l = 0; l < network.Sizes.Count; l++)
        {
            var heading = l == 0 ? "inputs" : $"{network.Layers[l - 1].Activation}".ToLowerInvariant();
            text.Append(CultureInfo.InvariantCulture, $"  subgraph l{l}[\"{heading}\"]\n");
            foreach (var neuron in ShownNeurons.Of(network.Sizes[l]))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {ShownNeurons.Address(l, neuron)}((\"{Label(network, l, neuron)}\"))\n");
            }

            text.Append("  end\n");
        }

        var largest = WeightScale.Largest(network);
        var styles = new StringBuilder();
        var edges = 0;
        foreach (var (layer, neuron, input, weight) in WeightScale.ShownEdges(network))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {ShownNeurons.Address(layer, input)} --- {ShownNeurons.Address(layer + 1, neuron)}\n");
            styles.Append(
                CultureInfo.InvariantCulture,
                $"  linkStyle {edges++} stroke:{WeightScale.Color(weight)},stroke-width:{NumberText.Place(WeightScale.Width(weight, largest))}px{(weight < 0 ? ",stroke-dasharray:7 3" : "")}\n");
        }

        return text.Append(styles).ToString();
    }

    private static StringBuilder Begin(string?[] headings, RenderOptions options)
    {
        var text = new StringBuilder();
        var heading = string.Join(" – ", headings.Where(line => !string.IsNullOrEmpty(line)));
        if (heading.Length > 0)
        {
            // The head is YAML, which can read JSON's quoted text.
            var quoted = System.Text.Json.JsonSerializer.Serialize(LabelText.OneLine(heading));
            text.Append(CultureInfo.InvariantCulture, $"---\ntitle: {quoted}\n---\n");
        }

        return text.Append(options.Direction != GraphDirection.TopToBottom ? "flowchart LR\n" : "flowchart TB\n");
    }

    private static string Label(NetworkSnapshot network, int layer, int neuron)
    {
        if (neuron < 0)
        {
            return ShownNeurons.HiddenText(network.Sizes[layer]);
        }

        return layer == 0 ? LabelText.Mermaid(network.InputName(neuron))
            : layer == network.Sizes.Count - 1 ? LabelText.Mermaid(network.OutputName(neuron))
            : " ";
    }
}
