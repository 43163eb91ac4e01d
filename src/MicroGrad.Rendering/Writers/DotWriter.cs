using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>Writes Graphviz's language: records for values and a small node for each operation, as the classic drawing does.</summary>
internal static class DotWriter
{
    public static string Write(GraphSnapshot graph, RenderOptions options)
    {
        var scale = GradientScale.Of(graph);
        var text = Begin([graph.Title, graph.Note, options.ColorByGradient ? scale.Describe(options.Precision) : null], options);
        var isAcross = options.Direction != GraphDirection.TopToBottom;
        foreach (var node in graph.Nodes)
        {
            options.Stopping.ThrowIfCancellationRequested();
            var fields = string.Join(" | ", NodeText.Fields(node, options.Precision).Select(field => LabelText.DotField(field.Text)));
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Index} [shape=record, label=\"{(isAcross ? $"{{ {fields} }}" : fields)}\"");
            if (options.ColorByGradient)
            {
                text.Append(CultureInfo.InvariantCulture, $", style=filled, fillcolor=\"{scale.Color(node.Grad)}\"");
            }

            text.Append("];\n");
            if (node.Op.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  n{node.Index}op [label=\"{LabelText.Dot(node.Op)}\"];\n");
            }
        }

        foreach (var (from, to) in NodeText.Edges(graph))
        {
            options.Stopping.ThrowIfCancellationRequested();
            text.Append(CultureInfo.InvariantCulture, $"  {from} -> {to};\n");
        }

        return text.Append("}\n").ToString();
    }

    public static string Write(NetworkSnapshot network, RenderOptions options)
    {
        var text = Begin([network.Title], options);
        text.Append("  node [shape=circle, fixedsize=true, width=0.35, label=\"\"];\n  edge [arrowhead=none];\n  ranksep=1.2;\n  splines=line;\n");
        var largest = WeightScale.Largest(network);
        for (var l = 0; l < network.Sizes.Count; l++)
        {
            var shown = ShownNeurons.Of(network.Sizes[l]);

            // Invisible edges keep the neurons in order; without them, Graphviz would reorder them for fewer crossings.
            text.Append(CultureInfo.InvariantCulture, $"  {{ rank=same; {string.Join(" -> ", shown.Select(neuron => ShownNeurons.Address(l, neuron)))}{(shown.Length > 1 ? " [style=invis]" : "")}; }}\n");
            foreach (var neuron in shown)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {ShownNeurons.Address(l, neuron)} [{NetworkLabel(network, l, neuron, options.Precision)}];\n");
            }
        }

        foreach (var (layer, neuron, input, weight) in WeightScale.ShownEdges(network))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {ShownNeurons.Address(layer, input)} -> {ShownNeurons.Address(layer + 1, neuron)} [color=\"{WeightScale.Color(weight)}\", penwidth={NumberText.Place(WeightScale.Width(weight, largest))}{(weight < 0 ? ", style=dashed" : "")}, tooltip=\"{NumberText.Rounded(weight, options.Precision)}\"];\n");
        }

        return text.Append("}\n").ToString();
    }

    private static StringBuilder Begin(string?[] headings, RenderOptions options)
    {
        var text = new StringBuilder("digraph {\n");
        text.Append(options.Direction != GraphDirection.TopToBottom ? "  rankdir=LR;\n" : "  rankdir=TB;\n");
        var heading = string.Join("\n", headings.Where(line => !string.IsNullOrEmpty(line)));
        if (heading.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  labelloc=t;\n  label=\"{LabelText.Dot(heading)}\";\n");
        }

        return text;
    }

    /// <summary>A box with its name inside, as Graphviz would write a name beside a circle, over its edges.</summary>
    private static string Named(string name) =>
        $"shape=box, style=rounded, fixedsize=false, height=0.35, label=\"{LabelText.Dot(name)}\"";

    private static string NetworkLabel(NetworkSnapshot network, int layer, int neuron, int precision)
    {
        if (neuron < 0)
        {
            return $"shape=plaintext, fixedsize=false, label=\"{ShownNeurons.HiddenText(network.Sizes[layer])}\"";
        }

        if (layer == 0)
        {
            return Named(network.InputName(neuron));
        }

        var own = network.Layers[layer - 1];
        var bias = own.Biases.Count > 0 ? $" b {NumberText.Rounded(own.Biases[neuron], precision)}" : string.Empty;
        var name = layer == network.Sizes.Count - 1 ? Named(network.OutputName(neuron)) + ", " : string.Empty;
        return $"{name}tooltip=\"{own.Activation}{bias}\"";
    }
}
