using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>Writes snapshots as JSON: all digits of all numbers, NaN and the infinities as strings.</summary>
internal static class JsonWriter
{
    /// <summary>The version of the format, which changes when older readers would misread a file.</summary>
    private const int Version = 1;

    public static string Write(GraphSnapshot graph, CancellationToken stopping) => Document("MicroGrad.Graph", graph.Title, json =>
    {
        json.WriteNumber("root", graph.Nodes.Count - 1);
        Array(json, "nodes", graph.Nodes, node =>
        {
            stopping.ThrowIfCancellationRequested();
            json.WriteStartObject();
            json.WriteNumber("index", node.Index);
            json.WriteString("name", node.Name);
            json.WriteString("label", node.Label);
            json.WriteString("op", node.Op);
            Number(json, "data", node.Data);
            Number(json, "grad", node.Grad);
            json.WriteBoolean("isLeaf", node.IsLeaf);
            Integers(json, "inputs", node.Inputs);
            Numbers(json, "localDerivatives", node.LocalDerivatives);
            json.WriteEndObject();
        });
    });

    public static string Write(NetworkSnapshot network, CancellationToken stopping) => Document("MicroGrad.Network", network.Title, json =>
    {
        Integers(json, "sizes", network.Sizes);
        Strings(json, "inputs", network.InputNames);
        Strings(json, "outputs", network.OutputNames);
        Strings(json, "classes", network.Classes);
        Array(json, "layers", network.Layers, layer =>
        {
            json.WriteStartObject();
            json.WriteString("activation", layer.Activation.ToString());
            Array(json, "weights", layer.Weights, weights =>
            {
                stopping.ThrowIfCancellationRequested();
                Numbers(json, null, weights);
            });
            Numbers(json, "biases", layer.Biases);
            json.WriteEndObject();
        });
    });

    /// <summary>A number, or the name of NaN or an infinity, which JSON lacks.</summary>
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

    /// <summary>A property that is a number, or null.</summary>
    internal static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        if (value is { } number)
        {
            Value(json, number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>An array of numbers; without a name, an element of another array.</summary>
    internal static void Numbers(Utf8JsonWriter json, string? name, IEnumerable<double> values) =>
        Array(json, name, values, value => Value(json, value));

    internal static void Integers(Utf8JsonWriter json, string? name, IEnumerable<int> values) =>
        Array(json, name, values, json.WriteNumberValue);

    internal static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values) =>
        Array(json, name, values, json.WriteStringValue);

    /// <summary>An array whose elements are written one by one.</summary>
    internal static void Array<T>(Utf8JsonWriter json, string? name, IEnumerable<T> values, Action<T> write)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            write(value);
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

            // The text is a file and no part of a page, so only JSON's own characters are escaped.
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

        return VisibleText.InJson(Encoding.UTF8.GetString(stream.ToArray())) + "\n";
    }
}
