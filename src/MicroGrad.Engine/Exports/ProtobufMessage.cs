using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MicroGrad.Exports;

/// <summary>A message in the binary form of Protocol Buffers: numbered fields, each a whole number or bytes with their length.</summary>
internal sealed class ProtobufMessage
{
    private const int VarintType = 0;
    private const int BytesType = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtobufMessage Add(int field, long number)
    {
        WriteVarint(((ulong)field << 3) | VarintType);
        WriteVarint((ulong)number);
        return this;
    }

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> bytes)
    {
        WriteVarint(((ulong)field << 3) | BytesType);
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    public ProtobufMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public ProtobufMessage Add(int field, ProtobufMessage message) => Add(field, message._bytes.WrittenSpan);

    /// <summary>A field for each element.</summary>
    public ProtobufMessage Add(int field, IEnumerable<ProtobufMessage> messages)
    {
        foreach (var message in messages)
        {
            Add(field, message);
        }

        return this;
    }

    /// <inheritdoc cref="Add(int, IEnumerable{ProtobufMessage})"/>
    public ProtobufMessage Add(int field, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Add(field, text);
        }

        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Numbers side by side, the lowest byte of each first.</summary>
    public static byte[] Bytes(ReadOnlySpan<double> numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(double)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
        }

        return bytes;
    }

    private void WriteVarint(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            _bytes.Write([(byte)(number | 0x80)]);
        }

        _bytes.Write([(byte)number]);
    }
}
