using System.Text.Json;
using MicroGrad.Persistence;

namespace MicroGrad.Engine.Tests;

public sealed class ForeignWeightsTests
{
    public static TheoryData<string[], string[]> Orders => new()
    {
        { ["net.0", "net.10", "net.2"], ["net.0", "net.2", "net.10"] },
        { ["fc1", "fc10", "fc2"], ["fc1", "fc2", "fc10"] },
        { ["b.0.fc2", "b.1.fc1", "b.0.fc1"], ["b.0.fc1", "b.0.fc2", "b.1.fc1"] },
        { ["l.9", "l.123456789012345678901234567890"], ["l.9", "l.123456789012345678901234567890"] },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Layers_whose_names_differ_in_numbers_come_in_the_order_of_these(string[] names, string[] expected)
    {
        // Square layers, which any order fits; a layer's bias tells which it is.
        var layers = Read([.. names.SelectMany(name => Layer(name, 2, 2, Array.IndexOf(expected, name)))]);

        Assert.Equal(Enumerable.Range(0, names.Length).Select(place => (double)place), layers.Select(layer => layer.Biases![0]));
    }

    [Fact]
    public void Layers_of_other_names_go_where_their_sizes_fit()
    {
        var layers = Read([.. Layer("fc1", 5, 2, 0), .. Layer("fc2", 3, 5, 1), .. Layer("out", 1, 3, 2)]);

        Assert.Equal([0.0, 1, 2], layers.Select(layer => layer.Biases![0]));
    }

    [Theory]
    [InlineData("decoder 8×3, encoder 3×8")]
    [InlineData("final 3×3, hidden 3×3, input 3×3")]
    [InlineData("fc1 3×2, fc10 3×3, fc2 3×3, out 1×3")]
    [InlineData("a.1 2×2, b.1 2×2")]
    [InlineData("fc1 2×2, fc01 2×2")]
    [InlineData("b.0.down 1×4, b.0.up 4×1, b.1.down 1×4, b.1.up 4×1")]
    public void An_order_that_names_and_sizes_do_not_tell_is_refused(string layers)
    {
        var error = Refused("LayerOrderUnknown", [], [.. layers.Split(", ").SelectMany(Parse)]);

        Assert.Contains(layers.Split(' ')[0], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_is_given_counts()
    {
        Tensor[] tensors = [.. Layer("decoder", 8, 3, 1), .. Layer("encoder", 3, 8, 0)];

        Assert.Equal([0.0, 1], StateDictionary.Layers(tensors, ["encoder", "decoder"]).Select(layer => layer.Biases![0]));
        Assert.Equal([1.0, 0], StateDictionary.Layers(tensors, ["decoder.weight", "encoder.weight"]).Select(layer => layer.Biases![0]));
    }

    [Theory]
    [InlineData("encoder")]
    [InlineData("encoder", "decoder", "encoder")]
    [InlineData("encoder", "encoder")]
    [InlineData("encoder", "other")]
    public void An_order_that_does_not_name_each_layer_once_is_refused(params string[] order) =>
        Refused("InvalidLayerOrder", order, [.. Layer("decoder", 8, 3, 1), .. Layer("encoder", 3, 8, 0)]);

    [Fact]
    public void An_order_in_which_sizes_do_not_fit_is_refused() =>
        Refused("InvalidLayerOrder", ["b", "a"], [.. Layer("a", 3, 2, 0), .. Layer("b", 1, 3, 0)]);

    [Theory]
    [InlineData("0.weight", 4, 1, 3, 3)]
    [InlineData("1.weight", 4)]
    [InlineData("0.beta", 4)]
    [InlineData("running_mean", 4)]
    [InlineData("1.bias", 4)]
    [InlineData("scale")]
    public void A_tensor_of_no_dense_layer_is_refused_by_its_name(string name, params int[] shape)
    {
        var tensors = Layer("0", 4, 2, 0).Where(tensor => tensor.Name != name).Append(Ones(name, shape)).ToArray();

        Assert.Contains($"'{name}'", Refused("UnknownTensor", [], tensors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bias_of_another_size_is_refused() =>
        Refused("UnknownTensor", [], Layer("0", 4, 2, 0)[0], Ones("0.bias", 3));

    [Fact]
    public void A_bias_that_one_layer_lacks_is_refused_by_its_name()
    {
        var error = Refused("MissingBias", [], Layer("0", 4, 2, 0)[0], Layer("2", 1, 4, 0)[0], Layer("2", 1, 4, 0)[1]);

        Assert.Contains("'0.bias'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_biases_has_none() =>
        Assert.All(Read([Layer("0", 4, 2, 0)[0], Layer("2", 1, 4, 0)[0]]), layer => Assert.Null(layer.Biases));

    [Fact]
    public void A_single_layer_needs_no_stem() =>
        Assert.Equal([1.0, 1], Assert.Single(Read([Ones("weight", 1, 2), Ones("bias", 1)])).Weights[0]);

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x38, 0x00, 0x3d, 0x00, 0xc0 })]
    [InlineData("BF16", new byte[] { 0x00, 0x3f, 0xa0, 0x3f, 0x00, 0xc0 })]
    public void Half_precision_is_widened_exactly(string type, byte[] numbers)
    {
        // 0.5, 1.25 and -2.
        var header = $"{{\"0.bias\":{{\"dtype\":\"{type}\",\"shape\":[1],\"data_offsets\":[0,2]}},\"0.weight\":{{\"dtype\":\"{type}\",\"shape\":[1,2],\"data_offsets\":[2,6]}}}}";
        byte[] file = [.. SavedModel.Pack(header), .. numbers];

        var model = SafetensorsFile.Read(file, default, []);

        Assert.Equal([1.25, -2, 0.5], model.CopyParameters());
    }

    [Fact]
    public void A_file_of_several_layers_has_to_be_told_what_applies_between_them()
    {
        var file = SavedModel.Pack(
            "{\"0.weight\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]},\"1.weight\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[8,16]}}", 1, 2);

        Assert.Equal("ActivationMissing", Assert.Throws<GradException>(() => SafetensorsFile.Read(file, default, [])).ErrorId);
        Assert.Equal(Activation.Relu, SafetensorsFile.Read(file, new GivenActivations(Activation.Relu), []).HiddenActivation);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_tensors_of_a_scaled_model_give_PyTorchs_answers_in_the_users_units_and_the_model_comes_back_to_the_bit(bool hasBias)
    {
        var figures = ReferenceFile.Load("scaledtarget.json");
        var model = Scaled(figures, hasBias);
        var file = SafetensorsFile.Write(model);
        var layers = TensorsOf(file);

        Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"], layers.Keys);
        foreach (var (row, expected) in figures.GetProperty("X").Rows().Zip(figures.GetProperty("predictions").Numbers()))
        {
            var hidden = Dense(layers, 0, row).Select(Math.Tanh).ToArray();
            Close.Equal(hasBias ? expected : model.Predict(row)[0], Dense(layers, 1, hidden)[0], Close.Run);
        }

        var again = SafetensorsFile.Read(file, default, []);
        Assert.Equal(model.CopyParameters(), again.CopyParameters());
        Assert.Equal(hasBias, again.HasBias);
        Assert.Equal(model.Schema!.Targets, again.Schema!.Targets);
        Assert.Equal(model.Schema.Features, again.Schema.Features);
    }

    [Fact]
    public void Weights_that_were_changed_behind_a_description_are_refused()
    {
        var file = SafetensorsFile.Write(Scaled(ReferenceFile.Load("scaledtarget.json"), hasBias: true));
        BitConverter.GetBytes(0.125).CopyTo(file, file.Length - 8);

        var error = Assert.Throws<GradException>(() => SafetensorsFile.Read(file, default, []));

        Assert.Equal("InvalidModelFile", error.ErrorId);
        Assert.Contains("changed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"format\":\"MicroGrad.Mlp\",\"layerSizes\":[", "1,")]
    [InlineData("{\"layers\":[", "{\"weights\":[[1]],\"biases\":[0]},")]
    [InlineData("{\"model\":{\"layers\":[", "{},")]
    public void Millions_of_layers_are_refused_by_the_beginning_of_their_file(string start, string layer)
    {
        var beginning = System.Text.Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat(layer, 2000)));

        Assert.Equal("InvalidModelFile", Assert.Throws<GradException>(() => FileBeginning.CheckJson(beginning)).ErrorId);
        FileBeginning.CheckJson(beginning.AsSpan(0, beginning.Length / 3));
    }

    [Fact]
    public void Millions_of_tensors_are_refused_by_the_beginning_of_their_header()
    {
        var header = "{" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"\"{i}.weight\":{{\"shape\":[1,1]}},"));

        Assert.Equal("InvalidModelFile", Assert.Throws<GradException>(() => TensorFile.CheckBeginning(SavedModel.Pack(header))).ErrorId);
        TensorFile.CheckBeginning(SavedModel.Pack(header[..10_000]));
        Assert.Throws<GradException>(() => TensorFile.CheckBeginning([1, 2, 3]));
        Assert.Throws<GradException>(() => TensorFile.CheckBeginning(BitConverter.GetBytes(long.MaxValue)));
    }

    [Fact]
    public void A_files_wide_tables_are_not_taken_for_layers()
    {
        var features = string.Concat(Enumerable.Repeat("{\"name\":\"x\"},", 5000));

        FileBeginning.CheckJson(System.Text.Encoding.UTF8.GetBytes("{\"schema\":{\"features\":[" + features));
    }

    private static List<LayerWeights> Read(params Tensor[] tensors) => StateDictionary.Layers(tensors, []);

    private static GradException Refused(string id, string[] order, params Tensor[] tensors)
    {
        var error = Assert.Throws<GradException>(() => StateDictionary.Layers(tensors, order));
        Assert.Equal(id, error.ErrorId);
        return error;
    }

    private static Tensor[] Layer(string name, int outputs, int inputs, double bias) =>
        [Ones($"{name}.weight", outputs, inputs), new Tensor($"{name}.bias", [outputs], [.. Enumerable.Repeat(bias, outputs)])];

    private static Tensor[] Parse(string layer)
    {
        var parts = layer.Split(' ', '×');
        return Layer(parts[0], int.Parse(parts[1], null), int.Parse(parts[2], null), 0);
    }

    private static Tensor Ones(string name, params int[] shape) =>
        new(name, shape, [.. Enumerable.Repeat(1.0, shape.Aggregate(1, (product, size) => product * size))]);

    private static Mlp Scaled(JsonElement figures, bool hasBias)
    {
        var model = new Mlp(3, [8, 1], hasBias: hasBias);
        var (w1, b1) = (figures.GetProperty("finalW1").Rows(), figures.GetProperty("finalb1").Numbers());
        var (w2, b2) = (figures.GetProperty("finalW2").Rows(), figures.GetProperty("finalb2").Numbers());
        model.SetParameters(
        [
            .. w1.Zip(b1, (weights, bias) => hasBias ? weights.Append(bias) : weights).SelectMany(p => p),
            .. w2.Zip(b2, (weights, bias) => hasBias ? weights.Append(bias) : weights).SelectMany(p => p),
        ]);
        var scaling = figures.GetProperty("scaling");
        var (means, deviations) = (scaling.GetProperty("featureMeans").Numbers(), scaling.GetProperty("featureDeviations").Numbers());
        model.Schema = new ModelSchema(
            [.. means.Select((mean, i) => new FeatureColumn($"x{i}") { Mean = mean, Scale = deviations[i] })],
            [new PredictedColumn("price") { Mean = scaling.GetProperty("targetMean").GetDouble(), Scale = scaling.GetProperty("targetDeviation").GetDouble() }],
            TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError);
        return model;
    }

    /// <summary>The tensors of a file as another program sees them, in the order of their data.</summary>
    private static Dictionary<string, double[]> TensorsOf(byte[] file)
    {
        var length = (int)BitConverter.ToInt64(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        return header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__")
            .OrderBy(entry => Tensor.Place(entry).Start)
            .ToDictionary(entry => entry.Name, entry => Tensor.Read(entry, file.AsSpan(8 + length), out _).Numbers);
    }

    private static double[] Dense(Dictionary<string, double[]> layers, int layer, double[] x)
    {
        var bias = layers[$"layers.{layer}.bias"];
        return [.. layers[$"layers.{layer}.weight"].Chunk(x.Length).Select((weights, n) => weights.Zip(x, (w, value) => w * value).Sum() + bias[n])];
    }
}
