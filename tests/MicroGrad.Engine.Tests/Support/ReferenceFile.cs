using System.Text.Json;

namespace MicroGrad.Engine.Tests;

/// <summary>The figures computed by systems that this project did not write.</summary>
internal static class ReferenceFile
{
    public static JsonElement Load(string name)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reference", name)));
        return document.RootElement.Clone();
    }

    public static double[] Numbers(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];

    public static double[][] Rows(this JsonElement list) => [.. list.EnumerateArray().Select(row => row.Numbers())];

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    /// <summary>Every number below an element, in the order of the file.</summary>
    public static IEnumerable<double> Flatten(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flatten) : [element.GetDouble()];

    /// <summary>
    /// Parameters stored as weights[neuron][input], biases[neuron], weights, biases, … in the order of
    /// <see cref="Mlp.Parameters"/>.
    /// </summary>
    public static double[] ByNeuron(this JsonElement layers)
    {
        var parts = layers.EnumerateArray().ToArray();
        return
        [
            .. Enumerable.Range(0, parts.Length / 2).SelectMany(l =>
                parts[2 * l].Rows().Zip(parts[2 * l + 1].Numbers(), (weights, bias) => weights.Append(bias)).SelectMany(p => p)),
        ];
    }
}
