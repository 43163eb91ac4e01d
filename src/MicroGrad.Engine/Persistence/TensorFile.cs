using System.Buffers.Binary;
using System.Text.Json;

namespace MicroGrad.Persistence;

/// <summary>
/// The safetensors format, which PyTorch and others read: the length of a JSON header in 8 bytes, the header, then the
/// tensors. Ours are 64-bit.
/// </summary>
public static class TensorFile
{
    /// <summary>The most bytes of a header.</summary>
    internal const int MaximumHeader = 100_000_000;

    /// <summary>The member of the header that is no tensor.</summary>
    internal const string MetadataName = "__metadata__";

    private const int LengthSize = 8;

    /// <summary>The file of tensors, with a model's description.</summary>
    /// <param name="tensors">The tensors, each of a name of its own.</param>
    /// <param name="descriptionName">The name of the description in the metadata.</param>
    /// <param name="description">The description, in UTF-8; empty for none.</param>
    /// <exception cref="GradException">A number is not finite (id <c>NotFinite</c>), or the header is too large (id <c>ModelTooLarge</c>).</exception>
    internal static byte[] Write(IReadOnlyList<Tensor> tensors, string descriptionName = "", ReadOnlySpan<byte> description = default)
    {
        var header = JsonHeader(tensors, descriptionName, description);
        if (header.Length > MaximumHeader)
        {
            throw new GradException("ModelTooLarge", $"The header of the file would take {header.Length} bytes, of at most {MaximumHeader}.");
        }

        // The tensors begin at a multiple of 8, so that readers can map them; the format pads with spaces.
        var padded = (header.Length + 7) / 8 * 8;
        var file = new byte[LengthSize + padded + tensors.Sum(tensor => tensor.Numbers.Length) * sizeof(double)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)padded);
        header.CopyTo(file, LengthSize);
        file.AsSpan(LengthSize + header.Length, padded - header.Length).Fill((byte)' ');
        var place = LengthSize + padded;
        foreach (var number in tensors.SelectMany(tensor => tensor.Numbers))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(place), JsonText.RequireFinite(number));
            place += sizeof(double);
        }

        return file;
    }

    /// <summary>What is in a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="descriptionName">The name of a description in the metadata.</param>
    /// <param name="read">Gets the tensors, as they lie in the file, and the description, or null where there is none.</param>
    /// <exception cref="GradException">The file is not right (id <c>InvalidModelFile</c>).</exception>
    internal static T Read<T>(ReadOnlyMemory<byte> file, string descriptionName, Func<List<Tensor>, string?, T> read)
    {
        var header = HeaderOf(file.Span, file.Length);
        var data = file[(LengthSize + header)..];
        return JsonText.Read(file.Slice(LengthSize, header), root => read(
            ReadTensors(root, data.Span),
            root.TryGetProperty(MetadataName, out var metadata) && metadata.TryGetProperty(descriptionName, out var text) ? text.ReadText() : null));
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

    private static byte[] JsonHeader(IReadOnlyList<Tensor> tensors, string descriptionName, ReadOnlySpan<byte> description)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataName);
            writer.WriteString("format", "pt");
            if (!description.IsEmpty)
            {
                writer.WriteString(descriptionName, description);
            }

            writer.WriteEndObject();
            var start = 0L;
            foreach (var tensor in tensors)
            {
                var end = start + tensor.Numbers.Length * sizeof(double);
                WriteEntry(writer, tensor, start, end);
                start = end;
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter writer, Tensor tensor, long start, long end)
    {
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", "F64");
        writer.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(start);
        writer.WriteNumberValue(end);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static List<Tensor> ReadTensors(JsonElement header, ReadOnlySpan<byte> data)
    {
        // The tensors lie side by side and fill the file, as the format demands. None can be read twice, so that a file with
        // any header takes no more memory than its size allows.
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
