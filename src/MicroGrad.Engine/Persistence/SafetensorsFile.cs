using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MicroGrad.Persistence;

/// <summary>
/// A model's weights in the safetensors format, which PyTorch and others read: the length of a JSON header in 8 bytes,
/// the header, then the tensors. Ours are 64-bit, named layers.0.weight (outputs × inputs) and layers.0.bias, and the
/// header's metadata describes the model.
/// </summary>
/// <remarks>
/// Other programs know nothing of a scaling. It is folded into the first and the last layer, so that the network of the
/// tensors takes and gives the user's units; the description keeps these two layers as they were, so that reading gives
/// the model back to the bit.
/// </remarks>
internal static class SafetensorsFile
{
    private const string MetadataName = "__metadata__";
    private const string DescriptionName = "micrograd";
    private const int LengthSize = 8;
    private const int MaximumHeader = 100_000_000;

    /// <summary>The file of a model.</summary>
    /// <exception cref="GradException">
    /// A weight is not finite (id <c>NotFinite</c>), or the scaled layers are larger than a header (id <c>ModelTooLarge</c>).
    /// </exception>
    public static byte[] Write(Mlp model)
    {
        var layers = LayerWeights.Of(model);
        var data = new List<double>();
        var header = JsonHeader(ModelFile.WriteDescription(model), LayerWeights.Fold(layers, model.Schema?.Scaling), data);
        if (header.Length > MaximumHeader)
        {
            throw new GradException(
                "ModelTooLarge",
                $"The first and the last layer are scaled, and as part of the header they take {header.Length} bytes of at most {MaximumHeader}. JSON holds such a model.");
        }

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

    /// <summary>The model in a file. One of another program has no description; its layers are those of <see cref="StateDictionary"/>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="activation">The hidden activation of a file without description; null where it is not known.</param>
    /// <param name="outputActivation">The output activation of a file without description.</param>
    /// <param name="layerOrder">The layers of a file without description in their order; empty to go by names and sizes.</param>
    /// <exception cref="GradException">
    /// The file is not right (id <c>InvalidModelFile</c> and those of <see cref="StateDictionary.Layers"/>), or does not tell
    /// what applies between its layers (id <c>ActivationMissing</c>).
    /// </exception>
    public static Mlp Read(
        ReadOnlyMemory<byte> file, Activation? activation, Activation outputActivation, IReadOnlyList<string> layerOrder)
    {
        var header = HeaderOf(file.Span, file.Length);
        var data = file[(LengthSize + header)..];
        return JsonText.Read(file.Slice(LengthSize, header), root =>
        {
            var description = root.TryGetProperty(MetadataName, out var metadata) && metadata.TryGetProperty(DescriptionName, out var text)
                ? text.ReadText()
                : null;
            if (description is not null && layerOrder.Count > 0)
            {
                throw new GradException("UnusedOption", "An order of layers was given, but the file tells the order itself.");
            }

            var layers = StateDictionary.Layers(ReadTensors(root, data.Span), layerOrder);
            return description is not null ? ModelFile.ReadDescription(Encoding.UTF8.GetBytes(description), layers)
                : layers.Count == 1 || activation is not null ? LayerWeights.BuildModel(layers, activation ?? outputActivation, outputActivation)
                : throw new GradException("ActivationMissing", $"The file has {layers.Count} layers, and does not name the activation between them.");
        });
    }

    /// <summary>Refuses by its beginning a file whose header can't be right.</summary>
    /// <exception cref="GradException">Id <c>InvalidModelFile</c>.</exception>
    public static void CheckBeginning(ReadOnlySpan<byte> beginning)
    {
        var length = HeaderOf(beginning, long.MaxValue);
        FileBeginning.CheckHeader(beginning.Slice(LengthSize, Math.Min(length, beginning.Length - LengthSize)));
    }

    /// <summary>The length of the header.</summary>
    private static int HeaderOf(ReadOnlySpan<byte> file, long fileLength)
    {
        if (file.Length < LengthSize)
        {
            throw JsonText.Invalid("it is too short for a safetensors file");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        return length <= (ulong)Math.Min(MaximumHeader, fileLength - LengthSize)
            ? (int)length
            : throw JsonText.Invalid($"its header claims {length} bytes");
    }

    private static byte[] JsonHeader(byte[] description, IReadOnlyList<LayerWeights> layers, List<double> data)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataName);
            writer.WriteString("format", "pt");
            writer.WriteString(DescriptionName, description.AsSpan());
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

    private static List<Tensor> ReadTensors(JsonElement header, ReadOnlySpan<byte> data)
    {
        // The tensors lie side by side and fill the file, as the format asks: none can be read twice, so that a file of
        // any header takes no more memory than its own size is worth.
        var tensors = new List<Tensor>();
        var end = 0L;
        foreach (var (entry, start) in header.EnumerateObject().Where(entry => entry.Name != MetadataName)
            .Select(entry => (entry, Tensor.Place(entry).Start)).OrderBy(tensor => tensor.Start))
        {
            if (start != end)
            {
                throw JsonText.Invalid($"the tensor '{entry.Name}' does not begin where the one before it ends");
            }

            tensors.Add(Tensor.Read(entry, data, out end));
        }

        return end == data.Length ? tensors : throw JsonText.Invalid("its tensors do not fill it");
    }
}
