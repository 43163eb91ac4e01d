using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MicroGrad.Data;

namespace MicroGrad.Persistence;

/// <summary>What all JSON files of the project share: how they are laid out, and how wrong ones are refused.</summary>
public static class JsonText
{
    // A valid file is at most 6 levels deep; deeper nesting is an attack.
    private const int MaximumDepth = 16;

    private const int MaximumReasonLength = 300;

    // Programs disagree about what a duplicate name means.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };

    /// <summary>Indented text for people, lists of numbers on one line.</summary>
    internal static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            write(writer);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>A list of numbers, each in the shortest form that reads back the same, on one line.</summary>
    /// <exception cref="GradException">A number is not finite (id <c>NotFinite</c>).</exception>
    internal static void WriteNumbers(this Utf8JsonWriter writer, ReadOnlySpan<double> numbers) =>
        writer.WriteRawValue(NumbersText(numbers));

    /// <summary>A list of such lists, each on its own line: the writer does not indent raw text.</summary>
    /// <exception cref="GradException">A number is not finite (id <c>NotFinite</c>).</exception>
    internal static void WriteNumberLists(this Utf8JsonWriter writer, string name, IEnumerable<double[]> lists) =>
        writer.WriteLists(name, lists.Select(list => NumbersText(list)));

    /// <summary>Lists of figures, as <see cref="WriteFigure"/> writes one.</summary>
    internal static void WriteFigureLists(this Utf8JsonWriter writer, string name, IEnumerable<double[]> lists) =>
        writer.WriteLists(name, lists.Select(list => ListText(list, number => double.IsFinite(number) ? Cell.Text(number) : $"\"{Cell.Text(number)}\"")));

    /// <summary>Refuses a number that no file holds.</summary>
    /// <exception cref="GradException">It is not finite (id <c>NotFinite</c>).</exception>
    internal static double RequireFinite(double number) => double.IsFinite(number)
        ? number
        : throw new GradException(
            "NotFinite", $"A number of the model is {Cell.Text(number)}. Train it to finite weights before it is written.");

    internal static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    internal static void WriteOptional(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    /// <summary>A figure of a training's history, which may be infinite or NaN. JSON has no such numbers, so these are text.</summary>
    public static void WriteFigure(this Utf8JsonWriter writer, string name, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteString(name, Cell.Text(number));
        }
    }

    /// <summary>Reads what <see cref="WriteFigure"/> wrote.</summary>
    public static double ReadFigure(this JsonElement element) =>
        element.ValueKind != JsonValueKind.String ? element.ReadFinite()
        : double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && !double.IsFinite(number) && Cell.Text(number) == element.GetString() ? number
        : throw Invalid($"'{element.GetString()}' is no number");

    /// <summary>Reads a file, with one error for anything that is wrong in it.</summary>
    /// <exception cref="GradException">The text is not what it should be (id <c>InvalidModelFile</c>).</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutByteOrderMark(utf8), Strict);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException
            or IndexOutOfRangeException or FormatException or OverflowException or ArgumentException)
        {
            throw Invalid(error.Message, error);
        }
    }

    /// <summary>The error for a file that is damaged, or none of these.</summary>
    /// <param name="what">What is wrong. It may quote the file, which can hold text of any length.</param>
    /// <param name="cause">The parser's error, where it found out.</param>
    public static GradException Invalid(string what, Exception? cause = null)
    {
        var reason = what.Length > MaximumReasonLength ? string.Concat(what.AsSpan(0, MaximumReasonLength), "…") : what.TrimEnd('.');
        return new GradException(
            "InvalidModelFile",
            $"The file is damaged, or none that this module wrote: {reason}.",
            cause);
    }

    /// <summary>Refuses another kind of file, or one of a version that is not known.</summary>
    public static void RequireFormat(JsonElement root, string format, int version)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var found) || found.GetString() != format)
        {
            throw Invalid($"its format is not '{format}'");
        }

        var number = root.GetProperty("version").GetInt32();
        if (number != version)
        {
            throw new GradException(
                "UnknownFileVersion",
                $"The file has version {number} of its format, and this module reads version {version}. Update the module.");
        }
    }

    internal static T ReadEnum<T>(this JsonElement element)
        where T : struct, Enum =>
        element.GetString() is { } name && Enum.GetNames<T>().Contains(name, StringComparer.Ordinal)
            ? Enum.Parse<T>(name)
            : throw Invalid($"'{element.GetString()}' is no {typeof(T).Name}");

    internal static string[] ReadStrings(this JsonElement element) => [.. element.EnumerateArray().Select(ReadText)];

    /// <summary>Reads a text.</summary>
    /// <param name="element">The element.</param>
    /// <exception cref="GradException">There is null (id <c>InvalidModelFile</c>).</exception>
    public static string ReadText(this JsonElement element) => element.GetString() ?? throw Invalid("a text is missing");

    internal static double[] ReadNumbers(this JsonElement element) => element.ReadList(ReadFinite);

    /// <summary>Reads a list of figures.</summary>
    internal static double[] ReadFigures(this JsonElement element) => element.ReadList(ReadFigure);

    /// <summary>Reads a number.</summary>
    /// <param name="element">The element.</param>
    /// <exception cref="GradException">It is not finite (id <c>InvalidModelFile</c>).</exception>
    public static double ReadFinite(this JsonElement element)
    {
        var number = element.GetDouble();
        return double.IsFinite(number) ? number : throw Invalid($"{element.GetRawText()} is no finite number");
    }

    internal static double? ReadOptional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found.ReadFinite() : null;

    /// <summary>Some editors begin a file with a byte order mark.</summary>
    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;

    private static double[] ReadList(this JsonElement element, Func<JsonElement, double> read)
    {
        var numbers = new double[element.GetArrayLength()];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            numbers[i++] = read(item);
        }

        return numbers;
    }

    private static void WriteLists(this Utf8JsonWriter writer, string name, IEnumerable<string> lists)
    {
        writer.WriteStartArray(name);
        var line = "\n" + new string(' ', 2 * writer.CurrentDepth);
        foreach (var list in lists)
        {
            writer.WriteRawValue(line + list);
        }

        writer.WriteEndArray();
    }

    private static string NumbersText(ReadOnlySpan<double> numbers) => ListText(numbers, number => Cell.Text(RequireFinite(number)));

    private static string ListText(ReadOnlySpan<double> numbers, Func<double, string> format)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < numbers.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(format(numbers[i]));
        }

        return text.Append(']').ToString();
    }
}
