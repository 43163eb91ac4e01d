using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MicroGrad.Exports.Tests;

/// <summary>ONNX files answer in ONNX Runtime as the model does here, to 1e-12.</summary>
public sealed class OnnxTests
{
    public static TheoryData<string> Cases => [.. ExportCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Runtime_answers_as_the_model_does(string name)
    {
        var one = ExportCase.All.Single(candidate => candidate.Name == name);
        using var session = new InferenceSession(OnnxExport.Write(one.Plan, one.Name));
        using var results = session.Run(Inputs(session, one));
        var expected = one.Expected();
        var byName = results.ToDictionary(result => result.Name);
        if (byName.TryGetValue("prediction", out var prediction))
        {
            var numbers = prediction.AsTensor<double>();
            Assert.Equal([one.Rows.Length, one.Model.OutputCount], numbers.Dimensions.ToArray());
            for (var r = 0; r < expected.Length; r++)
            {
                var row = expected[r].Quantiles ?? (expected[r].Value is double number ? [number] : (double[])expected[r].Value);
                for (var i = 0; i < row.Length; i++)
                {
                    ScriptRun.AssertClose(row[i], numbers[r, i], $"{name}, row {r + 1}");
                }
            }

            return;
        }

        if (one.Labels.Count > 0)
        {
            // Inputs are called label and probabilities too.
            var (answers, shares) = (results[0].AsTensor<double>(), results[1].AsTensor<double>());
            for (var r = 0; r < expected.Length; r++)
            {
                for (var l = 0; l < one.Labels.Count; l++)
                {
                    Assert.Equal(((object[])expected[r].Value)[l] is true or 1.0 ? 1 : 0, answers[r, l]);
                    ScriptRun.AssertClose(expected[r].Probabilities![l], shares[r, l], $"{name}, row {r + 1}");
                }
            }

            return;
        }

        object[] labels = one.Model.Schema!.HasNumericClasses
            ? [.. byName["label"].AsTensor<double>().Cast<object>()]
            : [.. byName["label"].AsTensor<string>()];
        Assert.Equal(expected.Select(answer => answer.Value is bool truth ? $"{truth}" : answer.Value), labels);
        Assert.Equal(expected[0].Probability is not null, byName.TryGetValue("probabilities", out var probabilities));
        for (var r = 0; r < expected.Length && probabilities is not null; r++)
        {
            var place = one.Model.Classes.ToList().IndexOf(Convert.ToString(labels[r], CultureInfo.InvariantCulture)!);
            ScriptRun.AssertClose(expected[r].Probability!.Value, probabilities.AsTensor<double>()[r, place], $"{name}, row {r + 1}");
        }
    }

    private static NamedOnnxValue[] Inputs(InferenceSession session, ExportCase one)
    {
        var rows = one.Rows.Length;
        if (session.InputMetadata.TryGetValue("features", out var matrix))
        {
            Assert.Equal([-1, one.Columns.Count], matrix.Dimensions);
            return [NamedOnnxValue.CreateFromTensor("features", new DenseTensor<double>(one.Rows.SelectMany(row => row.Select((cell, c) => Number(one.Typed(cell, c)))).ToArray(), [rows, one.Columns.Count]))];
        }

        Assert.Equal(one.Columns.Select(column => column.Name), session.InputNames);
        return
        [
            .. one.Columns.Select((column, c) => column.Kind == ColumnKind.Date
                ? NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<long>(one.Rows.Select(row => Microseconds(one.Typed(row[c], c))).ToArray(), [rows, 1]))
                : column.Kind != ColumnKind.Category
                ? NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<double>(one.Rows.Select(row => Number(one.Typed(row[c], c))).ToArray(), [rows, 1]))
                : NamedOnnxValue.CreateFromTensor(
                    column.Name,
                    new DenseTensor<string>(one.Rows.Select(row => Convert.ToString(one.Typed(row[c], c), CultureInfo.InvariantCulture) ?? string.Empty).ToArray(), [rows, 1]))),
        ];
    }

    private static long Microseconds(object? cell) => cell is DateTime date ? (date.Ticks - DateTime.UnixEpoch.Ticks) / 10 : long.MinValue;

    private static double Number(object? cell) => cell is null ? double.NaN : Convert.ToDouble(cell, CultureInfo.InvariantCulture);
}
