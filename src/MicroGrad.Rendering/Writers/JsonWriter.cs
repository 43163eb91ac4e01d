using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MicroGrad.Rendering;

/// <summary>Writes snapshots as JSON: all digits of all numbers, NaN and the infinities as strings.</summary>
internal static class JsonWriter
{
    /// <summary>Grows when a reader of an older version would misread the file.</summary>
    private const int Version = 1;

    public static string Write(GraphSnapshot graph) => Document("MicroGrad.Graph", graph.Title, json =>
    {
        json.WriteNumber("root", graph.Nodes.Count - 1);
        json.WriteStartArray("nodes");
        foreach (var node in graph.Nodes)
        {
            json.WriteStartObject();
            json.WriteNumber("index", node.Index);
            json.WriteString("label", node.Label);
            json.WriteString("op", node.Op);
            Number(json, "data", node.Data);
            Number(json, "grad", node.Grad);
            json.WriteBoolean("isLeaf", node.IsLeaf);
            json.WriteStartArray("inputs");
            foreach (var input in node.Inputs)
            {
                json.WriteNumberValue(input);
            }

            json.WriteEndArray();
            Numbers(json, "localDerivatives", node.LocalDerivatives);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string Write(NetworkSnapshot network) => Document("MicroGrad.Network", network.Title, json =>
    {
        json.WriteStartArray("sizes");
        foreach (var size in network.Sizes)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        Strings(json, "inputs", network.InputNames);
        Strings(json, "outputs", network.OutputNames);
        Strings(json, "classes", network.Classes);
        json.WriteStartArray("layers");
        foreach (var layer in network.Layers)
        {
            json.WriteStartObject();
            json.WriteString("activation", layer.Activation.ToString());
            json.WriteStartArray("weights");
            foreach (var weights in layer.Weights)
            {
                Numbers(json, null, weights);
            }

            json.WriteEndArray();
            Numbers(json, "biases", layer.Biases);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>A number, or the name of what JSON has no number for.</summary>
    internal static void Value(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(NumberText.Exact(value));
        }
    }

    internal static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Value(json, value);
    }

    internal static void Numbers(Utf8JsonWriter json, string? name, IEnumerable<double> values)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            Value(json, value);
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static string Document(string kind, string? title, Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",

            // The text goes to a file of its own, not into a page: only what JSON itself asks for is escaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteString("format", kind);
            json.WriteNumber("version", Version);
            json.WriteString("title", title);
            body(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
