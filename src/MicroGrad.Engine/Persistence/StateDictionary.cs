using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MicroGrad.Persistence;

/// <summary>
/// Dense layers in the named tensors of another program: each is a weight (outputs × inputs) and mostly a bias under one
/// stem, such as fc1.weight and fc1.bias. Other tensors are refused, and so is an order that names and sizes leave open: a
/// guess would give a wrong model in silence.
/// </summary>
internal static partial class StateDictionary
{
    private const string Weight = "weight";
    private const string Bias = "bias";

    // Orders of more layers than this are not tried.
    private const int MaximumUnnumbered = 8;

    /// <summary>The layers, from the first to the last.</summary>
    /// <param name="tensors">All tensors of the file.</param>
    /// <param name="order">The stems of all layers in their order, or empty to go by names and sizes.</param>
    /// <exception cref="GradException">
    /// A tensor belongs to no dense layer, a bias is missing, or the order is not told or wrong (ids <c>UnknownTensor</c>,
    /// <c>MissingBias</c>, <c>LayerOrderUnknown</c>, <c>InvalidLayerOrder</c>, <c>InvalidModelFile</c>).
    /// </exception>
    public static List<LayerWeights> Layers(IReadOnlyList<Tensor> tensors, IReadOnlyList<string> order)
    {
        var byStem = DenseLayers(tensors);
        if (byStem.Count == 0)
        {
            throw JsonText.Invalid("it has no weights");
        }

        RequireAllOrNoBiases(byStem);
        var stems = order.Count > 0 ? Given(byStem, order) : Told(byStem);
        return [.. stems.Select(stem => byStem[stem])];
    }

    private static Dictionary<string, LayerWeights> DenseLayers(IReadOnlyList<Tensor> tensors)
    {
        var weights = tensors.Where(tensor => EndsWith(tensor.Name, Weight)).ToDictionary(tensor => Stem(tensor.Name), StringComparer.Ordinal);
        var biases = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (EndsWith(tensor.Name, Weight))
            {
                if (tensor.Shape.Length != 2)
                {
                    throw Unknown(tensor, "weights of a dense layer have two sizes, outputs × inputs");
                }

                continue;
            }

            if (!EndsWith(tensor.Name, Bias))
            {
                throw Unknown(tensor, "a dense layer has a weight and a bias, and nothing else");
            }

            if (!weights.TryGetValue(Stem(tensor.Name), out var own))
            {
                throw Unknown(tensor, "there is no weight of that name");
            }

            if (tensor.Shape is not [var size] || size != own.Shape[0])
            {
                throw Unknown(tensor, $"a bias of '{own.Name}' ({own.ShapeText}) has the size {own.Shape[0]}");
            }

            biases.Add(Stem(tensor.Name), tensor);
        }

        return weights.ToDictionary(
            pair => pair.Key,
            pair => new LayerWeights([.. pair.Value.Numbers.Chunk(Math.Max(1, pair.Value.Shape[1]))], biases.GetValueOrDefault(pair.Key)?.Numbers),
            StringComparer.Ordinal);
    }

    private static void RequireAllOrNoBiases(Dictionary<string, LayerWeights> byStem)
    {
        var without = byStem.Where(pair => pair.Value.Biases is null).Select(pair => pair.Key).ToArray();
        if (without.Length > 0 && without.Length < byStem.Count)
        {
            throw new GradException(
                "MissingBias",
                $"The tensor '{Join(without[0], Bias)}' is missing, and other layers have a bias. All layers of a network here have one, or none; a bias of zeros is none.");
        }
    }

    private static List<string> Given(Dictionary<string, LayerWeights> byStem, IReadOnlyList<string> order)
    {
        List<string> stems = [.. order.Select(name => byStem.ContainsKey(name) ? name : EndsWith(name, Weight) ? Stem(name) : name)];
        var unknown = stems.FirstOrDefault(stem => !byStem.ContainsKey(stem));
        if (unknown is not null || stems.Count != byStem.Count || stems.Distinct(StringComparer.Ordinal).Count() != stems.Count)
        {
            throw new GradException(
                "InvalidLayerOrder",
                (unknown is not null ? $"'{unknown}' is no layer of the file" : $"The order names {stems.Count} layers, each of the file's {byStem.Count} once is expected")
                + $"; there are {MessageText.Shorten(byStem.Keys)}.");
        }

        return Chains(byStem, stems)
            ? stems
            : throw new GradException("InvalidLayerOrder", $"In the order {MessageText.Shorten(stems)} the outputs of a layer are not as many as the inputs of the next.");
    }

    /// <summary>
    /// Layers whose names differ only in a number are ordered by it. Otherwise the sizes decide, if they fit in one order
    /// only.
    /// </summary>
    private static List<string> Told(Dictionary<string, LayerWeights> byStem)
    {
        var isNumbered = byStem.Keys.Select(stem => Digits().Replace(stem, "#")).Distinct(StringComparer.Ordinal).Count() == 1;
        List<string> numbered = [.. byStem.Keys.Order(Comparer<string>.Create(CompareNumbers))];
        if (isNumbered && numbered.Zip(numbered.Skip(1)).All(pair => CompareNumbers(pair.First, pair.Second) != 0))
        {
            return Chains(byStem, numbered) ? numbered : throw JsonText.Invalid("the sizes of its layers do not fit together");
        }

        return byStem.Count <= MaximumUnnumbered && Orders(byStem, [], [.. byStem.Keys]).Take(2).ToArray() is [var only]
            ? only
            : throw new GradException(
                "LayerOrderUnknown",
                $"Neither the names nor the sizes of the layers tell one order: {MessageText.Shorten([.. byStem.Select(pair => $"{pair.Key} ({pair.Value.Weights.Length} × {pair.Value.Weights.FirstOrDefault()?.Length ?? 0})")])}.");
    }

    private static IEnumerable<List<string>> Orders(Dictionary<string, LayerWeights> byStem, List<string> begun, List<string> left)
    {
        if (left.Count == 0)
        {
            yield return begun;
        }

        foreach (var next in left)
        {
            List<string> longer = [.. begun, next];
            if (Chains(byStem, longer))
            {
                foreach (var order in Orders(byStem, longer, [.. left.Where(other => other != next)]))
                {
                    yield return order;
                }
            }
        }
    }

    private static bool Chains(Dictionary<string, LayerWeights> byStem, List<string> stems) =>
        stems.Zip(stems.Skip(1)).All(pair => byStem[pair.Second].Weights is [var first, ..] && first.Length == byStem[pair.First].Weights.Length);

    private static int CompareNumbers(string left, string right) =>
        Digits().Matches(left).Zip(Digits().Matches(right), (a, b) => Number(a).CompareTo(Number(b))).FirstOrDefault(order => order != 0);

    private static BigInteger Number(Match digits) => BigInteger.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool EndsWith(string name, string kind) =>
        name == kind || name.EndsWith("." + kind, StringComparison.Ordinal);

    /// <summary>What the names of a layer's tensors have in common; empty where they are only weight and bias.</summary>
    private static string Stem(string name) => name.LastIndexOf('.') is var dot && dot < 0 ? string.Empty : name[..dot];

    private static string Join(string stem, string kind) => stem.Length == 0 ? kind : $"{stem}.{kind}";

    private static GradException Unknown(Tensor tensor, string expected) => new(
        "UnknownTensor", $"The tensor '{tensor.Name}' ({tensor.ShapeText}) belongs to no dense layer: {expected}.");

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
