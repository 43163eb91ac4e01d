using System.Globalization;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>
/// A model as an ONNX file over 64-bit numbers. Its inputs are the columns by their names, text for categories, or one matrix
/// "features" where all columns are numbers; its outputs "label" and "probabilities", or "prediction". A date is the microseconds
/// since the beginning of 1970 by the local clock. A number that is missing is NaN, a category that is missing is empty text, a
/// date that is missing the smallest whole number; where there is no answer to a row, numbers are NaN and a label is empty (NaN
/// where labels are numbers). Of several labels each is 1 or 0.
/// </summary>
internal static class OnnxExport
{
    // The first set of operators in which text can be compared, and the version of the file format that goes with it.
    private const int OperatorSet = 19;
    private const int FormatVersion = 9;

    private const string Features = "features";

    // A date's input counts from 1970, as dates of other programs do; its smallest number is what they have for none.
    private const long MissingDate = long.MinValue;
    private static readonly long SinceEpoch = (long)-ClockTime.Of(DateTime.UnixEpoch);

    /// <summary>The file of a model.</summary>
    /// <param name="plan">What the model does to a row.</param>
    /// <param name="name">What the graph is called.</param>
    public static byte[] Write(InferencePlan plan, string name)
    {
        string[] columns = [.. plan.Columns.Select(column => column.Name)];
        var graph = new OnnxGraph(columns);
        var outputs = Layers(graph, plan, Inputs(graph, plan));
        if (plan.HasClasses)
        {
            AddClasses(graph, plan, outputs);
        }
        else if (plan.HasLabels)
        {
            AddLabels(graph, plan, outputs);
        }
        else
        {
            graph.Output("Identity", "prediction", [outputs], OnnxGraph.Element.Double, plan.OutputCount);
        }

        return new ProtobufMessage()
            .Add(1, FormatVersion)
            .Add(2, "MicroGrad for PowerShell")
            .Add(3, typeof(OnnxExport).Assembly.GetName().Version!.ToString(3))
            .Add(7, graph.ToMessage(name))
            .Add(8, new ProtobufMessage().Add(1, string.Empty).Add(2, OperatorSet))
            .Add(14, Metadata(plan))
            .ToArray();
    }

    private static IEnumerable<ProtobufMessage> Metadata(InferencePlan plan)
    {
        yield return Entry("columns", plan.Columns.Select(column => column.Name));
        yield return Entry("kinds", plan.Columns.Select(column => column.Kind.ToString()));
        yield return Entry("targets", plan.Targets.Select(target => target.Name));
        if (plan.HasClasses)
        {
            yield return Entry("classes", plan.Classes);
        }

        if (plan.Quantiles.Count > 0)
        {
            yield return Entry("quantiles", plan.Quantiles);
        }

        if (plan.Threshold is { } threshold)
        {
            yield return Entry("threshold", threshold);
        }

        static ProtobufMessage Entry<T>(string key, T value) =>
            new ProtobufMessage().Add(1, key).Add(2, System.Text.Json.JsonSerializer.Serialize(value));
    }

    /// <summary>The inputs of the first layer, as a matrix.</summary>
    private static string Inputs(OnnxGraph graph, InferencePlan plan)
    {
        var areNumbers = plan.Columns.All(column => column.Kind is ColumnKind.Number or ColumnKind.Boolean);
        var columns = new List<string>();
        var matrix = areNumbers && plan.Columns.Count > 1 ? graph.Input(Features, OnnxGraph.Element.Double, plan.Columns.Count) : null;
        for (var c = 0; c < plan.Columns.Count; c++)
        {
            var column = plan.Columns[c];
            if (column.Kind is ColumnKind.Category or ColumnKind.Date)
            {
                columns.AddRange(column.Kind == ColumnKind.Date ? DateColumns(graph, column) : CategoryColumns(graph, column, [.. column.Categories!]));
                continue;
            }

            var cell = matrix is null
                ? graph.Input(column.Name, OnnxGraph.Element.Double, 1)
                : graph.Node("Gather", [matrix, graph.Longs(c)], OnnxGraph.Attribute("axis", 1));
            columns.Add(column.Fill is { } fill
                ? graph.Node("Where", [graph.Node("IsNaN", [cell]), graph.Number(fill), cell])
                : cell);
        }

        return Matrix(graph, plan.InputScaling is { } scaling ? graph.Add(scaling, columns) : [.. columns]);
    }

    /// <summary>One input for each category: 1 at the row's own, 0 elsewhere, NaN where the text is none of them.</summary>
    private static IEnumerable<string> CategoryColumns(OnnxGraph graph, FeatureColumn column, string[] categories)
    {
        var text = graph.Input(column.Name, OnnxGraph.Element.Text, 1);
        var ones = Array.ConvertAll(categories, category => Is(category));
        var known = ones.Aggregate((sum, one) => graph.Node("Add", [sum, one]));
        if (column.Fill is not null)
        {
            known = graph.Node("Add", [known, Is(string.Empty)]);
        }

        // The divisor is 1 where the text is known; else it is 0, and 0 / 0 is NaN.
        return ones.Select(one => graph.Node("Div", [graph.Node("Mul", [one, known]), known]));

        string Is(string category) =>
            graph.Node("Cast", [graph.Node("Equal", [text, graph.Texts(category)])], OnnxGraph.ToDouble());
    }

    /// <summary>The inputs of a date; those of a missing one are replaced, or NaN.</summary>
    private static IEnumerable<string> DateColumns(OnnxGraph graph, FeatureColumn column)
    {
        var time = graph.Input(
            column.Name, OnnxGraph.Element.Long, 1, $"Microseconds since 1970-01-01T00:00:00 by the local clock; {MissingDate} where the date is missing.");
        var isMissing = graph.Node("Equal", [time, graph.Long(MissingDate)]);
        var present = graph.Node("Where", [isMissing, graph.Long(SinceEpoch), time]);
        var number = graph.Node("Cast", [graph.Node("Sub", [present, graph.Long(SinceEpoch)])], OnnxGraph.ToDouble());
        var fill = InferencePlan.FillOf(column);
        return graph.Add(InferencePlan.InputsOf(column), [number])
            .Select((input, i) => graph.Node("Where", [isMissing, graph.Number(fill?[i] ?? double.NaN), input]));
    }

    private static string Layers(OnnxGraph graph, InferencePlan plan, string x)
    {
        foreach (var layer in plan.Layers)
        {
            var (weights, biases) = layer.Weights;
            var transposed = new double[layer.InputCount * layer.OutputCount];
            for (var n = 0; n < weights.Length; n++)
            {
                for (var i = 0; i < layer.InputCount; i++)
                {
                    transposed[i * layer.OutputCount + n] = weights[n][i];
                }
            }

            x = graph.Node("MatMul", [x, graph.Numbers(transposed, layer.InputCount, layer.OutputCount)]);
            x = biases is null ? x : graph.Node("Add", [x, graph.Numbers(biases, layer.OutputCount)]);
            x = layer.Activation is { } activation ? graph.Add(activation, [x])[0] : x;
        }

        return plan.Answers is { } answers ? Matrix(graph, graph.Add(answers, Columns(graph, x, plan.OutputCount))) : x;
    }

    private static void AddClasses(OnnxGraph graph, InferencePlan plan, string outputs)
    {
        var columns = Columns(graph, outputs, plan.OutputCount);
        var probabilities = plan.Probabilities is { } program ? graph.Add(program, columns) : [];
        var best = plan.OutputCount == 1 || plan.Threshold is not null
            ? graph.Node("Cast", [Decision(graph, plan, outputs, probabilities.ElementAtOrDefault(1))], OnnxGraph.ToLong())
            : graph.Node("ArgMax", [outputs], OnnxGraph.Attribute("axis", 1), OnnxGraph.Attribute("keepdims", 1));

        // The place beyond the classes is for rows without an answer.
        var sum = columns.Aggregate((soFar, column) => graph.Node("Add", [soFar, column]));
        var place = graph.Node("Where", [graph.Node("IsNaN", [sum]), graph.Longs(plan.Classes.Count), best]);
        place = graph.Node("Squeeze", [place, graph.Longs(1)]);
        var classes = plan.ClassKind == ClassKind.Number
            ? graph.Numbers([.. plan.Classes.Select(label => double.Parse(label, CultureInfo.InvariantCulture)), double.NaN], plan.Classes.Count + 1)
            : graph.Texts([.. plan.Classes, string.Empty]);
        graph.Output("Gather", "label", [classes, place], plan.ClassKind == ClassKind.Number ? OnnxGraph.Element.Double : OnnxGraph.Element.Text, width: null);
        AddProbabilities(graph, probabilities);
    }

    private static void AddLabels(OnnxGraph graph, InferencePlan plan, string outputs)
    {
        var columns = Columns(graph, outputs, plan.OutputCount);
        var probabilities = graph.Add(plan.Probabilities!, columns);
        var labels = columns.Select((output, l) =>
        {
            var answer = graph.Node("Cast", [Decision(graph, plan, output, probabilities[l])], OnnxGraph.ToDouble());
            return graph.Node("Where", [graph.Node("IsNaN", [output]), graph.Number(double.NaN), answer]);
        });
        graph.Output("Concat", "label", [.. labels], OnnxGraph.Element.Double, plan.OutputCount, OnnxGraph.Attribute("axis", 1));
        AddProbabilities(graph, probabilities);
    }

    /// <summary>Whether an output means the second of two classes, or a label.</summary>
    private static string Decision(OnnxGraph graph, InferencePlan plan, string output, string? probability) => plan.Threshold is { } threshold
        ? graph.Node("GreaterOrEqual", [probability!, graph.Number(threshold)])
        : graph.Node("Greater", [output, graph.Number(0)]);

    private static void AddProbabilities(OnnxGraph graph, string[] probabilities)
    {
        if (probabilities.Length > 0)
        {
            graph.Output("Concat", "probabilities", probabilities, OnnxGraph.Element.Double, probabilities.Length, OnnxGraph.Attribute("axis", 1));
        }
    }

    private static string[] Columns(OnnxGraph graph, string matrix, int count) => count == 1
        ? [matrix]
        : [.. Enumerable.Range(0, count).Select(i => graph.Node("Gather", [matrix, graph.Longs(i)], OnnxGraph.Attribute("axis", 1)))];

    private static string Matrix(OnnxGraph graph, string[] columns) =>
        columns.Length == 1 ? columns[0] : graph.Node("Concat", columns, OnnxGraph.Attribute("axis", 1));
}
