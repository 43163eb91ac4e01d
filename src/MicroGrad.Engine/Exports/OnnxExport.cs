using System.Globalization;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>
/// A model as an ONNX file over 64-bit numbers. Its inputs are the columns by their names, text for categories, or one matrix
/// "features" where all columns are numbers; its outputs "label" and "probabilities", or "prediction". A number that is
/// missing is NaN, a category that is missing is empty text; where there is no answer to a row, numbers are NaN and a label
/// is empty (NaN where labels are numbers).
/// </summary>
internal static class OnnxExport
{
    // The first set of operators in which text can be compared, and the version of the file format that goes with it.
    private const int OperatorSet = 19;
    private const int FormatVersion = 9;

    private const string Features = "features";

    /// <summary>The file of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What the graph is called.</param>
    /// <exception cref="GradException">
    /// A weight is not finite (id <c>NotFinite</c>), or two columns have one name (id <c>DuplicateColumn</c>).
    /// </exception>
    public static byte[] Write(Mlp model, string name)
    {
        var plan = InferencePlan.Of(model);
        string[] columns = [.. plan.Columns.Select(column => column.Name)];
        var graph = new OnnxGraph(columns);
        var outputs = Layers(graph, plan, Inputs(graph, plan));
        if (plan.IsClassification)
        {
            AddClasses(graph, plan, outputs);
        }
        else
        {
            graph.Named("Identity", "prediction", [outputs]);
            graph.Output("prediction", OnnxGraph.Element.Double, plan.OutputCount);
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
        yield return Entry("targets", plan.Targets);
        if (plan.IsClassification)
        {
            yield return Entry("classes", plan.Classes);
        }

        static ProtobufMessage Entry(string key, IEnumerable<string> names) =>
            new ProtobufMessage().Add(1, key).Add(2, System.Text.Json.JsonSerializer.Serialize(names));
    }

    /// <summary>The inputs of the first layer, as a matrix.</summary>
    private static string Inputs(OnnxGraph graph, InferencePlan plan)
    {
        var areNumbers = plan.Columns.All(column => column.Categories is null);
        var columns = new List<string>();
        var matrix = areNumbers && plan.Columns.Count > 1 ? graph.Input(Features, OnnxGraph.Element.Double, plan.Columns.Count) : null;
        for (var c = 0; c < plan.Columns.Count; c++)
        {
            var column = plan.Columns[c];
            if (column.Categories is { } categories)
            {
                columns.AddRange(CategoryColumns(graph, column, [.. categories]));
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

    /// <summary>An input a category: 1 at the row's own, 0 elsewhere, NaN where the text is none of them.</summary>
    private static IEnumerable<string> CategoryColumns(OnnxGraph graph, FeatureColumn column, string[] categories)
    {
        var text = graph.Input(column.Name, OnnxGraph.Element.Text, 1);
        var ones = Array.ConvertAll(categories, category => Is(category));
        var known = ones.Aggregate((sum, one) => graph.Node("Add", [sum, one]));
        if (column.Fill is not null)
        {
            known = graph.Node("Add", [known, Is(string.Empty)]);
        }

        // 1 where the text is known, which changes nothing as a divisor; else 0, and 0 / 0 is NaN.
        return ones.Select(one => graph.Node("Div", [graph.Node("Mul", [one, known]), known]));

        string Is(string category) =>
            graph.Node("Cast", [graph.Node("Equal", [text, graph.Texts(category)])], OnnxGraph.ToDouble());
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

        return plan.OutputScaling is { } scaling ? Matrix(graph, graph.Add(scaling, Columns(graph, x, plan.OutputCount))) : x;
    }

    private static void AddClasses(OnnxGraph graph, InferencePlan plan, string outputs)
    {
        var columns = Columns(graph, outputs, plan.OutputCount);
        var best = plan.OutputCount == 1
            ? graph.Node("Cast", [graph.Node("Greater", [outputs, graph.Number(0)])], OnnxGraph.ToLong())
            : graph.Node("ArgMax", [outputs], OnnxGraph.Attribute("axis", 1), OnnxGraph.Attribute("keepdims", 1));

        // A place beyond the classes is for rows without an answer.
        var sum = columns.Aggregate((soFar, column) => graph.Node("Add", [soFar, column]));
        var place = graph.Node("Where", [graph.Node("IsNaN", [sum]), graph.Longs(plan.Classes.Count), best]);
        place = graph.Node("Squeeze", [place, graph.Longs(1)]);
        var classes = plan.ClassKind == ClassKind.Number
            ? graph.Numbers([.. plan.Classes.Select(label => double.Parse(label, CultureInfo.InvariantCulture)), double.NaN], plan.Classes.Count + 1)
            : graph.Texts([.. plan.Classes, string.Empty]);
        graph.Named("Gather", "label", [classes, place]);
        graph.Output("label", plan.ClassKind == ClassKind.Number ? OnnxGraph.Element.Double : OnnxGraph.Element.Text, width: null);
        if (plan.Probabilities is { } probabilities)
        {
            graph.Named("Concat", "probabilities", graph.Add(probabilities, columns), OnnxGraph.Attribute("axis", 1));
            graph.Output("probabilities", OnnxGraph.Element.Double, plan.Classes.Count);
        }
    }

    private static string[] Columns(OnnxGraph graph, string matrix, int count) => count == 1
        ? [matrix]
        : [.. Enumerable.Range(0, count).Select(i => graph.Node("Gather", [matrix, graph.Longs(i)], OnnxGraph.Attribute("axis", 1)))];

    private static string Matrix(OnnxGraph graph, string[] columns) =>
        columns.Length == 1 ? columns[0] : graph.Node("Concat", columns, OnnxGraph.Attribute("axis", 1));
}
