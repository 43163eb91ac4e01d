using System.Buffers.Binary;
using System.Text.Json;

namespace MicroGrad.Persistence;

/// <summary>A named array of numbers in a safetensors file, widened to doubles, which is exact for every type that is read.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Numbers">The numbers, the last size running fastest.</param>
internal sealed record Tensor(string Name, int[] Shape, double[] Numbers)
{
    /// <summary>Reads a tensor by its entry in the header, and returns the end of its data.</summary>
    /// <exception cref="GradException">It is not where the entry says, or of a type that is not read (id <c>InvalidModelFile</c>).</exception>
    public static Tensor Read(JsonProperty entry, ReadOnlySpan<byte> data, out long end)
    {
        var shape = entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()).ToArray();
        var type = entry.Value.GetProperty("dtype").GetString();
        var size = type switch
        {
            "F64" => sizeof(double),
            "F32" => sizeof(float),
            "F16" or "BF16" => sizeof(ushort),
            _ => throw JsonText.Invalid($"the tensor '{entry.Name}' has the type {type}, and F64, F32, F16 and BF16 are read"),
        };

        var count = shape.Aggregate(1L, (product, s) => s < 0 ? throw JsonText.Invalid("a size is negative") : checked(product * s));
        var (start, stop) = Place(entry);
        if (start < 0 || stop > data.Length || stop - start != checked(count * size))
        {
            throw JsonText.Invalid($"the tensor '{entry.Name}' does not lie where the header says");
        }

        end = stop;
        var numbers = new double[count];
        var bytes = data[(int)start..(int)stop];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(type!, bytes.Slice(i * size, size));
            if (!double.IsFinite(numbers[i]))
            {
                throw JsonText.Invalid($"the tensor '{entry.Name}' has a number that is not finite");
            }
        }

        return new Tensor(entry.Name, shape, numbers);
    }

    /// <summary>Where an entry says that its data begin and end.</summary>
    public static (long Start, long End) Place(JsonProperty entry)
    {
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        return offsets is [var start, var end] ? (start, end) : throw JsonText.Invalid($"the tensor '{entry.Name}' has no place");
    }

    /// <summary>The sizes as messages show them.</summary>
    public string ShapeText => Shape.Length == 0 ? "a single number" : string.Join(" × ", Shape.Take(8)) + (Shape.Length > 8 ? " …" : "");

    private static double Number(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F64" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),

        // The upper half of a single.
        _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
    };
}
