using MicroGrad.Operations;

namespace MicroGrad;

/// <summary>
/// The functions of networks over lists of values. Each result takes a few nodes, whatever the lengths of the lists.
/// </summary>
internal static class ListFunctions
{
    /// <summary>weights · inputs + bias: one weighted sum for each row of weights, over one list of inputs.</summary>
    public static GradValue[] Linear(GradValue[] inputs, GradValue[][] weights, GradValue[]? bias)
    {
        GradException.ThrowIfNull(weights, "a list of rows of weights");
        var shared = new ValueList(GradValue.Checked(inputs));
        var biases = bias is null ? null : GradValue.Checked(bias);
        if (biases is not null && biases.Length != weights.Length)
        {
            throw new GradException(
                "LengthMismatch", $"There are {weights.Length} rows of weights, but {biases.Length} biases.");
        }

        var data = new double[inputs.Length];
        ValueList.CopyData(shared.Values, data);
        var outputs = new GradValue[weights.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            var row = GradValue.Checked(weights[i]);
            if (row.Length != inputs.Length)
            {
                throw new GradException(
                    "LengthMismatch",
                    $"Row {i + 1} of the weights has {row.Length} values, but there are {inputs.Length} inputs.");
            }

            var parameters = biases is null ? row : [.. row, biases[i]];
            outputs[i] = new GradValue(
                WeightedSum.Instance, new ValueList(parameters), shared, WeightedSum.Value(parameters, data));
        }

        return outputs;
    }

    /// <summary>a + b, place by place.</summary>
    public static GradValue[] Add(GradValue[] left, GradValue[] right)
    {
        GradException.ThrowIfNull(left, "a list of values or numbers");
        GradException.ThrowIfNull(right, "a list of values or numbers");
        return left.Length == right.Length
            ? [.. left.Zip(right, (a, b) => a + b)]
            : throw new GradException(
                "LengthMismatch",
                $"A sum needs two lists of one length, but these have {left.Length} and {right.Length} values.");
    }

    /// <summary>Each value times one factor.</summary>
    public static GradValue[] Scale(GradValue[] values, GradValue factor)
    {
        GradException.ThrowIfNull(values, "a list of values or numbers");
        return Array.ConvertAll(values, value => value * factor);
    }

    /// <summary>x / sqrt(mean of x^2 + epsilon) (Zhang and Sennrich 2019), without a gain.</summary>
    public static GradValue[] RmsNorm(GradValue[] values, double epsilon)
    {
        GradException.ThrowIfNull(values, "a list of values or numbers");
        if (values.Length == 0)
        {
            return [];
        }

        var factor = (GradValue.Dot(values, values) / values.Length + epsilon).Pow(-0.5);
        return Scale(values, factor);
    }

    /// <summary>-ln softmax(logits)[index], as logsumexp(logits) - logits[index]: right at any size of logit.</summary>
    public static GradValue CrossEntropy(GradValue[] logits, int index)
    {
        GradException.ThrowIfNull(logits, "a list of values or numbers");
        return index >= 0 && index < logits.Length
            ? GradValue.LogSumExp(logits) - logits[index]
            : throw OutOfRange(index, logits.Length);
    }

    /// <summary>The same with a place that is a value itself.</summary>
    public static GradValue CrossEntropy(GradValue[] logits, GradValue index) => GradValue.LogSumExp(logits) - Gather(logits, index);

    /// <summary>The value at a place that is a value itself.</summary>
    public static GradValue Gather(GradValue[] values, GradValue index)
    {
        GradException.ThrowIfNull(index, "a value or a number");
        var copy = GradValue.Checked(values);
        return double.IsNaN(index.RawData) || Operations.Gather.IsPlace(index.RawData, copy.Length)
            ? new GradValue(Operations.Gather.Instance, copy, [index])
            : throw OutOfRange(index.RawData, copy.Length);
    }

    /// <summary>The row at a place that is a value itself.</summary>
    public static GradValue[] GatherRow(GradValue[][] rows, GradValue index)
    {
        GradException.ThrowIfNull(rows, "a list of rows of values");
        if (rows.Length == 0)
        {
            throw OutOfRange(index.RawData, 0);
        }

        var width = rows[0].Length;
        if (Array.Exists(rows, row => row.Length != width))
        {
            throw new GradException("LengthMismatch", "The rows to choose from are of different lengths.");
        }

        return [.. Enumerable.Range(0, width).Select(column => Gather(Array.ConvertAll(rows, row => row[column]), index))];
    }

    /// <summary>The error of a place that is not there.</summary>
    public static GradException OutOfRange(double index, int count, string list = "list", string elements = "values") => new(
        "IndexOutOfRange",
        FormattableString.Invariant($"The index is {index}, but the {list} has {count} {elements}: it must be a whole number from 0 to {count - 1}."));
}
