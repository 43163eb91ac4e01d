using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace MicroGrad.Persistence;

/// <summary>
/// A model's weights in the safetensors format, which PyTorch and others read: the length of a JSON header in 8 bytes,
/// the header, then the tensors. Ours are 64-bit, named layers.0.weight (outputs × inputs) and layers.0.bias, and the
/// header's metadata describes the model.
/// </summary>
internal static class SafetensorsFile
{
    private const string MetadataName = "__metadata__";
    private const string DescriptionName = "micrograd";
    private const int LengthSize = 8;
    private const int MaximumHeader = 100_000_000;

    /// <summary>The file of a model.</summary>
    /// <exception cref="GradException">A weight is not finite (id <c>NotFinite</c>).</exception>
    public static byte[] Write(Mlp model)
    {
        var layers = LayerWeights.Of(model);
        var data = new List<double>();
        var header = JsonHeader(model, layers, data);

        // The tensors begin at a multiple of 8, so that readers can map them; the format pads with spaces.
        var padded = (header.Length + 7) / 8 * 8;
        var file = new byte[LengthSize + padded + data.Count * sizeof(double)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        header.CopyTo(file, LengthSize);
        file.AsSpan(LengthSize + header.Length, padded - header.Length).Fill((byte)' ');
        for (var i = 0; i < data.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(LengthSize + padded + i * sizeof(double)), JsonText.RequireFinite(data[i]));
        }

        return file;
    }

    /// <summary>
    /// The model in a file. A file of another program has no description: its layers are the tensors of two dimensions in
    /// the order of their data, each with the tensor of one dimension that has its name but for the ending.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="activation">The hidden activation of a file without description.</param>
    /// <param name="outputActivation">The output activation of a file without description.</param>
    /// <exception cref="GradException">The file is not right (id <c>InvalidModelFile</c>).</exception>
    public static Mlp Read(ReadOnlyMemory<byte> file, Activation activation, Activation outputActivation)
    {
        if (file.Length < LengthSize)
        {
            throw JsonText.Invalid("it is too short for a safetensors file");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length > (ulong)Math.Min(MaximumHeader, file.Length - LengthSize))
        {
            throw JsonText.Invalid($"its header claims {length} bytes");
        }

        var data = file[(LengthSize + (int)length)..];
        return JsonText.Read(file.Slice(LengthSize, (int)length), header =>
        {
            var layers = ReadLayers(header, data.Span);
            return header.TryGetProperty(MetadataName, out var metadata)
                && metadata.TryGetProperty(DescriptionName, out var description)
                ? ModelFile.ReadDescription(System.Text.Encoding.UTF8.GetBytes(description.ReadText()), layers)
                : LayerWeights.BuildModel(layers, activation, outputActivation);
        });
    }

    private static byte[] JsonHeader(Mlp model, IReadOnlyList<LayerWeights> layers, List<double> data)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataName);
            writer.WriteString("format", "pt");
            writer.WriteString(DescriptionName, ModelFile.WriteDescription(model).AsSpan());
            writer.WriteEndObject();
            for (var l = 0; l < layers.Count; l++)
            {
                var weights = layers[l].Weights;
                WriteTensor(writer, $"layers.{l.ToString(CultureInfo.InvariantCulture)}.weight", [weights.Length, weights[0].Length], data, [.. weights.SelectMany(w => w)]);
                if (layers[l].Biases is { } biases)
                {
                    WriteTensor(writer, $"layers.{l.ToString(CultureInfo.InvariantCulture)}.bias", [biases.Length], data, biases);
                }
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter writer, string name, int[] shape, List<double> data, double[] numbers)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", "F64");
        writer.WriteStartArray("shape");
        foreach (var size in shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue((long)data.Count * sizeof(double));
        data.AddRange(numbers);
        writer.WriteNumberValue((long)data.Count * sizeof(double));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static List<LayerWeights> ReadLayers(JsonElement header, ReadOnlySpan<byte> data)
    {
        // The tensors lie side by side and fill the file, as the format asks: none can be read twice, so that a file of
        // any header takes no more memory than its own size is worth.
        var tensors = new List<(string Name, int[] Shape, double[] Numbers)>();
        var end = 0L;
        foreach (var (entry, start) in header.EnumerateObject().Where(entry => entry.Name != MetadataName)
            .Select(entry => (entry, Start: StartOf(entry))).OrderBy(tensor => tensor.Start))
        {
            if (start != end)
            {
                throw JsonText.Invalid($"the tensor '{entry.Name}' does not begin where the one before it ends");
            }

            (end, var shape, var numbers) = ReadTensor(entry, data);
            tensors.Add((entry.Name, shape, numbers));
        }

        if (end != data.Length)
        {
            throw JsonText.Invalid("its tensors do not fill it");
        }

        var biases = tensors.Where(t => t.Shape.Length == 1).ToDictionary(t => t.Name, t => t.Numbers, StringComparer.Ordinal);
        var layers = new List<LayerWeights>();
        foreach (var (name, shape, numbers) in NaturalOrder(tensors.Where(t => t.Shape.Length == 2)))
        {
            var weights = numbers.Chunk(Math.Max(1, shape[1])).ToArray();
            var stem = name.EndsWith("weight", StringComparison.Ordinal) ? name[..^"weight".Length] : name + ".";
            layers.Add(new LayerWeights(weights, biases.GetValueOrDefault(stem + "bias")));
        }

        return layers;
    }

    /// <summary>Layers by the number in their names where all have one (other programs sort tensors by their own ways), else by place.</summary>
    private static IEnumerable<(string Name, int[] Shape, double[] Numbers)> NaturalOrder(
        IEnumerable<(string Name, int[] Shape, double[] Numbers)> tensors)
    {
        var list = tensors.ToList();
        return list.All(t => NumberIn(t.Name) is not null) ? list.OrderBy(t => NumberIn(t.Name)) : list;

        static int? NumberIn(string name) =>
            name.Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null)
                .FirstOrDefault(n => n is not null);
    }

    private static long StartOf(JsonProperty entry) => entry.Value.GetProperty("data_offsets")[0].GetInt64();

    private static (long End, int[] Shape, double[] Numbers) ReadTensor(JsonProperty entry, ReadOnlySpan<byte> data)
    {
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()).ToArray();
        var offsets = entry.Value.GetProperty("data_offsets").EnumerateArray().Select(e => e.GetInt64()).ToArray();
        var size = entry.Value.GetProperty("dtype").GetString() switch
        {
            "F64" => sizeof(double),
            "F32" => sizeof(float),
            var other => throw JsonText.Invalid($"the tensor '{entry.Name}' has the type {other}, and only F64 and F32 are read"),
        };

        var count = shape.Aggregate(1L, (product, s) => s < 0 ? throw JsonText.Invalid("a size is negative") : checked(product * s));
        if (offsets is not [var start, var end] || start < 0 || end > data.Length || end - start != checked(count * size))
        {
            throw JsonText.Invalid($"the tensor '{entry.Name}' does not lie where the header says");
        }

        var numbers = new double[count];
        var bytes = data[(int)start..(int)end];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = size == sizeof(double)
                ? BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * size)..])
                : BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * size)..]);
            if (!double.IsFinite(numbers[i]))
            {
                throw JsonText.Invalid($"the tensor '{entry.Name}' has a number that is not finite");
            }
        }

        return (end, shape, numbers);
    }
}
