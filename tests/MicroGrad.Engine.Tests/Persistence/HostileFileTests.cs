using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MicroGrad.Persistence;

namespace MicroGrad.Engine.Tests;

/// <summary>
/// Files that are damaged, or made to do harm: each is refused by an error with an id and at a cost that its size sets, or
/// is still a model.
/// </summary>
public sealed class HostileFileTests
{
    private static readonly string[] Refusals =
        ["InvalidModelFile", "UnknownTensor", "MissingBias", "LayerOrderUnknown", "ActivationMissing", "UnknownFileVersion", "CheckpointMismatch", "UnknownCategory", "MissingValue", "TrainingDiverged"];

    private static readonly string[] HostileValues =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e308", "1e999", "-1e999", "2147483648", "9223372036854775808",
        "123456789012345678901234567890", "\"\"", "\"NaN\"", "\"Infinity\"", "\"99\"", "\"\\ud800\"", "\"\\u0000\"",
        "[]", "[[]]", "[null]", "[-1]", "[0]", "{}", "{\"\":{}}", "[0,9223372036854775807]",
        "\"$(throw)\"", "\"System.Diagnostics.Process, System\"",
    ];

    public static TheoryData<string> Kinds => SavedModel.Kinds;

    public static TheoryData<string, string> WrongTexts => new()
    {
        { "nothing", "" },
        { "a NUL", "\0" },
        { "NaN, which JSON does not have", "{\"format\":NaN}" },
        { "a comment", "{/* */}" },
        { "two values", "{} {}" },
        { "a list left open", "[" },
        { "text left open", "\"" },
        { "a number", "1" },
        { "a number of many digits", new string('9', 20_000) },
        { "nothing but blanks", new string(' ', 20_000) },
        { "lists in lists", new string('[', 20_000) },
        { "objects in objects", string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) },
        { "a list of many numbers", $"[{string.Join(',', Enumerable.Repeat(0, 20_000))}]" },
        { "a list of as many objects", $"[{string.Join(',', Enumerable.Repeat("{}", 50_000))}]" },
    };

    public static TheoryData<string, string> LyingHeaders => new()
    {
        { "a size beyond all", Tensor("[2147483647,2147483647]", "[0,16]") },
        { "sizes whose product overflows", Tensor("[2147483647,2147483647,2147483647]", "[0,16]") },
        { "sizes whose product overflows to what is there", Tensor("[65536,65536,65536,65536]", "[0,0]") },
        { "a size that no number holds", Tensor("[9223372036854775808,1]", "[0,16]") },
        { "a negative size", Tensor("[-1,-2]", "[0,16]") },
        { "sizes of which one is 0 and one is huge", Tensor("[0,2147483647]", "[0,0]") },
        { "sizes of which one is huge and one is 0", Tensor("[2147483647,0]", "[0,0]") },
        { "an end beyond the file", Tensor("[1,3]", "[0,24]") },
        { "an end of gigabytes", Tensor("[1,1000000000]", "[0,8000000000]") },
        { "a start beyond the file", Tensor("[1,2]", "[9223372036854775792,9223372036854775807]") },
        { "a negative start", Tensor("[1,2]", "[-16,0]") },
        { "an end before its start", Tensor("[1,2]", "[16,0]") },
        { "offsets that overflow", Tensor("[1,2]", "[-9223372036854775808,9223372036854775807]") },
        { "a scalar", "{\"0.weight\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}" },
        { "a tensor twice", "{\"0.weight\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]},\"0.weight\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[8,16]}}" },
        { "a description of a model that is not there", $"{{\"__metadata__\":{{\"micrograd\":\"{{\\\"format\\\":\\\"MicroGrad.Mlp\\\",\\\"version\\\":1}}\"}},{Tensor("[1,2]", "[0,16]")[1..]}" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_whole_file_is_read(string kind) => Assert.Null(SavedModel.Outcome(kind, SavedModel.FileOf(kind)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_ends_anywhere_too_early_is_refused(string kind)
    {
        var file = SavedModel.FileOf(kind);
        for (var length = 0; length < SavedModel.LengthNeeded(kind); length++)
        {
            Assert.Equal("InvalidModelFile", SavedModel.Outcome(kind, file.AsMemory(0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_with_a_flipped_bit_is_refused_or_still_a_model_whichever_byte_it_is_in(string kind)
    {
        var whole = SavedModel.FileOf(kind);
        var random = new System.Random(20);
        var refused = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            var file = (byte[])whole.Clone();
            file[at] ^= (byte)(1 << random.Next(8));
            refused += RequireRefusalOrModel(kind, file, $"byte {at}") ? 1 : 0;
        }

        Assert.InRange(refused, whole.Length / 5, whole.Length - 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_with_bytes_that_are_no_text_is_refused_or_still_a_model(string kind)
    {
        var whole = SavedModel.FileOf(kind);
        var random = new System.Random(21);
        foreach (var value in new byte[] { 0, 0x7f, 0x80, 0xc0, 0xed, 0xff })
        {
            for (var i = 0; i < 100; i++)
            {
                var file = (byte[])whole.Clone();
                var at = random.Next(file.Length);
                file[at] = value;
                RequireRefusalOrModel(kind, file, $"{value} at byte {at}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_in_which_any_one_value_is_something_else_or_missing_is_refused_or_still_a_model(string kind)
    {
        var whole = SavedModel.JsonOf(kind);
        var paths = PathsIn(whole).ToArray();
        Assert.True(paths.Length > 15);
        foreach (var path in paths)
        {
            foreach (var value in HostileValues)
            {
                // A mark in the tree, so that the text can hold what no tree does: numbers beyond all, half a character.
                var marked = Replace(whole, path, JsonValue.Create("<mark>")).Replace("\"\\u003Cmark\\u003E\"", value, StringComparison.Ordinal);
                RequireRefusalOrModel(kind, SavedModel.WithJson(kind, marked), $"{value} at {string.Join('/', path)}");
            }

            RequireRefusalOrModel(kind, SavedModel.WithJson(kind, Replace(whole, path, null)), $"nothing at {string.Join('/', path)}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_name_that_stands_twice_is_refused_since_programs_differ_in_which_they_take(string kind)
    {
        var whole = SavedModel.JsonOf(kind);
        var text = whole.ToJsonString();
        var first = whole.AsObject().First();
        var twice = $"{{{JsonSerializer.Serialize(first.Key)}:{first.Value!.ToJsonString()},{text[1..]}";

        Assert.Equal("InvalidModelFile", SavedModel.Outcome(kind, SavedModel.WithJson(kind, twice)));
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        foreach (var kind in new[] { SavedModel.Json, SavedModel.Checkpoint, SavedModel.Resumed })
        {
            Assert.Null(SavedModel.Outcome(kind, (byte[])[0xef, 0xbb, 0xbf, .. SavedModel.FileOf(kind)]));
        }
    }

    [Fact]
    public void Text_that_is_not_in_UTF_8_is_refused()
    {
        var text = Encoding.UTF8.GetString(SavedModel.FileOf(SavedModel.Json));
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Json, encoding.GetBytes(text)));
        }
    }

    [Theory]
    [MemberData(nameof(WrongTexts))]
    public void What_is_no_model_is_refused_at_a_cost_that_its_size_sets(string name, string text)
    {
        Assert.NotEmpty(name);
        foreach (var kind in new[] { SavedModel.Json, SavedModel.Checkpoint, SavedModel.Resumed })
        {
            Assert.Equal("InvalidModelFile", SavedModel.Outcome(kind, text));
        }

        Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Safetensors, SavedModel.Pack(text)));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData((1UL << 63) - 1)]
    [InlineData(1UL << 32)]
    [InlineData((1UL << 32) - 8)]
    [InlineData(int.MaxValue)]
    [InlineData(1UL << 24)]
    public void A_header_that_claims_more_than_there_is_is_refused(ulong claimed)
    {
        var file = SavedModel.FileOf(SavedModel.Safetensors);
        BitConverter.GetBytes(claimed).CopyTo(file, 0);

        Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Safetensors, file));
    }

    [Theory]
    [MemberData(nameof(LyingHeaders))]
    public void A_header_that_lies_is_refused(string name, string header)
    {
        Assert.NotEmpty(name);
        Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Safetensors, SavedModel.Pack(header, 1, 2)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_weight_that_is_no_finite_number_is_refused(double weight)
    {
        var file = SavedModel.FileOf(SavedModel.Safetensors);
        BitConverter.GetBytes(weight).CopyTo(file, file.Length - 8);
        Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Safetensors, file));

        byte[] single = [.. SavedModel.Pack("{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}"), .. BitConverter.GetBytes((float)weight)];
        Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Safetensors, single));
    }

    [Fact]
    public void Tensors_laid_over_one_another_take_no_more_memory_than_the_file_is_worth()
    {
        // A thousand tensors over the same 80 kB would be 80 MB.
        var tensors = Enumerable.Range(0, 1000).Select(i => $"\"{i}.weight\":{{\"dtype\":\"F64\",\"shape\":[1,10000],\"data_offsets\":[0,80000]}}");

        Assert.Equal(
            "InvalidModelFile",
            SavedModel.Outcome(SavedModel.Safetensors, SavedModel.Pack($"{{{string.Join(',', tensors)}}}", new double[10_000])));
    }

    [Theory]
    [InlineData("inputCount", "2000000000")]
    [InlineData("layerSizes", "[2000000000, 2]")]
    [InlineData("layerSizes", "[1e300, 2]")]
    [InlineData("layerSizes", "[2, 2, 2000000000]")]
    public void Sizes_are_those_of_the_weights_that_are_there(string name, string claimed)
    {
        var model = SavedModel.JsonOf(SavedModel.Json).AsObject();
        model[name] = JsonNode.Parse(claimed);

        Assert.Equal("InvalidModelFile", SavedModel.Outcome(SavedModel.Json, model.ToJsonString()));
    }

    [Fact]
    public void Many_layers_and_wide_layers_cost_what_their_text_is_worth()
    {
        var layer = "{\"weights\":[[1]],\"biases\":[0]}";
        foreach (var (sizes, inputs, layers) in new[]
        {
            (string.Join(',', Enumerable.Repeat(1, Mlp.MaximumLayerCount)), 1, string.Join(',', Enumerable.Repeat(layer, Mlp.MaximumLayerCount))),
            ("1", 20_000, $"{{\"weights\":[[{string.Join(',', Enumerable.Repeat(1, 20_000))}]],\"biases\":[0]}}"),
            ("20000", 1, $"{{\"weights\":[{string.Join(',', Enumerable.Repeat("[1]", 20_000))}],\"biases\":[{string.Join(',', Enumerable.Repeat(0, 20_000))}]}}"),
        })
        {
            var text = "{\"format\":\"MicroGrad.Mlp\",\"version\":1,\"inputCount\":" + inputs + ",\"layerSizes\":[" + sizes
                + "],\"activation\":\"Tanh\",\"outputActivation\":\"Tanh\",\"hasBias\":true,\"layers\":[" + layers + "]}";

            Assert.Null(SavedModel.Outcome(SavedModel.Json, text));
        }
    }

    [Fact]
    public void A_message_about_a_huge_value_is_short()
    {
        var text = $"{{\"format\":\"MicroGrad.Mlp\",\"version\":1,\"inputCount\":1,\"layerSizes\":[1],\"activation\":\"{new string('x', 20_000)}\",\"hasBias\":false,\"layers\":[{{\"weights\":[[1]]}}]}}";

        var error = Assert.Throws<GradException>(() => ModelFile.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Equal("InvalidModelFile", error.ErrorId);
        Assert.InRange(error.Message.Length, 20, 1000);
    }

    private static string Tensor(string shape, string offsets) =>
        $"{{\"0.weight\":{{\"dtype\":\"F64\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}";

    /// <summary>Whether the file was refused.</summary>
    private static bool RequireRefusalOrModel(string kind, byte[] file, string change)
    {
        string? id;
        try
        {
            id = SavedModel.Outcome(kind, file);
        }
        catch (Exception error) when (error is not GradException)
        {
            throw new InvalidOperationException($"A {kind} with {change} changed was not refused in words.", error);
        }

        Assert.True(id is null || Refusals.Contains(id), $"a {kind} with {change} changed gave {id}");
        return id is not null;
    }

    /// <summary>The ways to all values within a value, one for each kind of place in a list.</summary>
    private static IEnumerable<object[]> PathsIn(JsonNode? node, params object[] way)
    {
        if (way.Length > 0)
        {
            yield return way;
        }

        var children = node switch
        {
            JsonObject branch => branch.Select(entry => (Key: (object)entry.Key, entry.Value)),
            JsonArray list => list.Select((entry, i) => (Key: (object)i, Value: entry)).Take(2),
            _ => [],
        };
        foreach (var (key, value) in children)
        {
            foreach (var path in PathsIn(value, [.. way, key]))
            {
                yield return path;
            }
        }
    }

    /// <summary>The text of a tree with another value at a place; with null, without the place.</summary>
    private static string Replace(JsonNode whole, object[] path, JsonNode? value)
    {
        var copy = whole.DeepClone();
        var parent = path[..^1].Aggregate(copy, (node, key) => (key is int i ? node[i] : node[(string)key])!);
        switch (path[^1], value)
        {
            case (int i, null):
                parent.AsArray().RemoveAt(i);
                break;
            case (string name, null):
                parent.AsObject().Remove(name);
                break;
            case (int i, _):
                parent[i] = value;
                break;
            case (string name, _):
                parent[name] = value;
                break;
        }

        return copy.ToJsonString();
    }
}
