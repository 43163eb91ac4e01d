using System.Text;
using System.Text.Json;

namespace MicroGrad.Persistence;

/// <summary>
/// Refuses a file by its beginning, before all of it is read: one that is no model, or has too many layers. The beginning
/// may end anywhere.
/// </summary>
public static class FileBeginning
{
    // A weight and a bias for each layer, and the metadata.
    private const int MaximumHeaderEntries = 2 * Mlp.MaximumLayerCount + 1;

    // Objects of a JSON file have fewer than 20 members; everything numerous is in lists.
    private const int MaximumMembers = 100;

    // The reader refuses deeper nesting.
    private const int DeepestByDefault = 64;

    /// <summary>Checks the beginning of a JSON file.</summary>
    /// <exception cref="GradException">It can't be right (id <c>InvalidModelFile</c>).</exception>
    public static void CheckJson(ReadOnlySpan<byte> beginning)
    {
        var text = beginning.StartsWith(Encoding.UTF8.Preamble) ? beginning[Encoding.UTF8.Preamble.Length..] : beginning;
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            throw JsonText.Invalid("it does not begin as JSON does");
        }

        RequireFew(text, isHeader: false, Mlp.MaximumLayerCount, "layers");
    }

    /// <summary>Checks the beginning of the JSON header of a safetensors file, in which each member is a tensor.</summary>
    /// <exception cref="GradException">It can't be right (id <c>InvalidModelFile</c>).</exception>
    internal static void CheckHeader(ReadOnlySpan<byte> beginning) => RequireFew(beginning, isHeader: true, MaximumHeaderEntries, "tensors");

    private static void RequireFew(ReadOnlySpan<byte> json, bool isHeader, int most, string what)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        var (depth, count, isNamed) = (isHeader ? 0 : -1, 0, false);
        Span<int> members = stackalloc int[DeepestByDefault + 2];
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    members[reader.CurrentDepth + 1] = 0;
                }
                else if (!isHeader && reader.TokenType == JsonTokenType.PropertyName && ++members[reader.CurrentDepth] > MaximumMembers)
                {
                    throw JsonText.Invalid($"an object in it has more than {MaximumMembers} members");
                }

                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName when depth < 0:
                        isNamed = reader.ValueTextEquals("layers"u8) || reader.ValueTextEquals("layerSizes"u8);
                        break;
                    case JsonTokenType.StartArray when isNamed:
                        (depth, count, isNamed) = (reader.CurrentDepth, 0, false);
                        break;
                    case JsonTokenType.EndArray when reader.CurrentDepth == depth:
                        depth = -1;
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.Number when reader.CurrentDepth == depth + 1 && ++count > most:
                        throw JsonText.Invalid($"it has more than {most} {what}");
                    default:
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // The full reader reports what is wrong.
        }
    }
}
