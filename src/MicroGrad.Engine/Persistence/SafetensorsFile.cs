using System.Globalization;
using System.Text;

namespace MicroGrad.Persistence;

/// <summary>
/// A model's weights in a <see cref="TensorFile"/>, named layers.0.weight (outputs × inputs) and layers.0.bias; the
/// header's metadata describes the model.
/// </summary>
/// <remarks>
/// Other programs have no scaling. It is folded into the first and the last layer, so that the network of the tensors takes
/// and gives the user's units. The description keeps these two layers as they were, so that reading restores the model to
/// the bit.
/// </remarks>
public static class SafetensorsFile
{
    private const string DescriptionName = "micrograd";

    /// <summary>The file of a model.</summary>
    /// <exception cref="GradException">
    /// A weight is not finite (id <c>NotFinite</c>), or the scaled layers are larger than a header (id <c>ModelTooLarge</c>).
    /// </exception>
    public static byte[] Write(Mlp model)
    {
        var description = ModelFile.WriteDescription(model);
        if (description.Length > TensorFile.MaximumHeader)
        {
            throw new GradException(
                "ModelTooLarge",
                $"The scaled first and last layers take {description.Length} bytes of the header, which holds at most {TensorFile.MaximumHeader}. JSON holds such a model.");
        }

        var tensors = LayerWeights.Fold(LayerWeights.Of(model), model.Schema?.Scaling).SelectMany(TensorsOf);
        return TensorFile.Write([.. tensors], DescriptionName, description);
    }

    /// <summary>The model in a file. A file of another program has no description; its layers are those of <see cref="StateDictionary"/>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="activations">The activations of a file without description.</param>
    /// <param name="layerOrder">The layers of a file without description in their order; empty to go by names and sizes.</param>
    /// <exception cref="GradException">
    /// The file is not right (id <c>InvalidModelFile</c> and those of <see cref="StateDictionary.Layers"/>), or does not tell
    /// what applies between its layers (id <c>ActivationMissing</c>), or tells what was given otherwise (id <c>UnusedOption</c>).
    /// </exception>
    public static Mlp Read(ReadOnlyMemory<byte> file, GivenActivations activations, IReadOnlyList<string> layerOrder)
    {
        return TensorFile.Read(file, DescriptionName, (tensors, description) =>
        {
            if (description is not null && layerOrder.Count > 0)
            {
                throw new GradException("UnusedOption", "An order of layers was given, but the file tells the order itself.");
            }

            var layers = StateDictionary.Layers(tensors, layerOrder);
            if (description is not null)
            {
                var model = ModelFile.ReadDescription(Encoding.UTF8.GetBytes(description), layers);
                activations.RequireAgreement(model);
                return model;
            }

            var output = activations.Output ?? Activation.Identity;
            return layers.Count == 1 || activations.Hidden is not null
                ? LayerWeights.BuildModel(layers, activations.Hidden ?? output, output)
                : throw new GradException("ActivationMissing", $"The file has {layers.Count} layers, and does not name the activation between them.");
        });
    }

    private static IEnumerable<Tensor> TensorsOf(LayerWeights layer, int place)
    {
        var name = $"layers.{place.ToString(CultureInfo.InvariantCulture)}";
        yield return new($"{name}.weight", [layer.Weights.Length, layer.Weights[0].Length], [.. layer.Weights.SelectMany(row => row)]);
        if (layer.Biases is { } biases)
        {
            yield return new($"{name}.bias", [biases.Length], biases);
        }
    }
}
