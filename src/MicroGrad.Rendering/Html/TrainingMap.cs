using System.Text;
using System.Text.Json;
using MicroGrad.Data;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Html;

/// <summary>
/// A plane of a network's two inputs in the page of its training: the decisions and the outputs of neurons there, which the
/// page computes from the parameters of the epoch shown.
/// </summary>
internal sealed class TrainingMap
{
    private readonly Mlp _model;
    private readonly IReadOnlyList<PlotRow> _rows;
    private readonly DecisionField _field;

    /// <param name="model">The network.</param>
    /// <param name="rows">The rows to show; they set the range.</param>
    /// <exception cref="GradException">Those of <see cref="DecisionField.Of"/>.</exception>
    public TrainingMap(Mlp model, IReadOnlyList<PlotRow> rows)
    {
        (_model, _rows) = (model, rows);
        _field = DecisionField.Of(model, rows);
    }

    /// <summary>How many numbers each epoch adds to the page.</summary>
    public int Count => _model.ParameterCount;

    public void AppendBody(StringBuilder body)
    {
        body.Append("<h2>Decision</h2><canvas id=\"map\" width=\"480\" height=\"480\" role=\"img\" aria-label=\"What the network decides over its two inputs\"></canvas>\n<p class=\"muted\">");
        // With a single output, the first class has the colour of negative numbers.
        var first = _model.OutputCount == 1 ? 1 : 0;
        for (var k = 0; k < _field.Classes.Count; k++)
        {
            body.Append(FormattableString.Invariant($"<i class=\"k k{(k ^ first) % 6}\"></i> {LabelText.Xml(LabelText.OneLine(_field.Classes[k], 24))} "));
        }

        body.Append(FormattableString.Invariant($"<br>{Range(_field.XName, _field.X)} across, {Range(_field.YName, _field.Y)} up; in the circles, what the neurons give there</p>\n"));
    }

    public void WriteData(Utf8JsonWriter json)
    {
        var scaling = UnitScaling.Of(_model.Schema);
        json.WriteStartObject("map");
        JsonWriter.Numbers(json, "x", [_field.X.Min, _field.X.Max]);
        JsonWriter.Numbers(json, "y", [_field.Y.Min, _field.Y.Max]);
        JsonWriter.Numbers(json, "inputs", (scaling?.Inputs ?? [(0, 1), (0, 1)]).SelectMany(input => new[] { input.Mean, input.Scale }));
        JsonWriter.Numbers(json, "answers", (scaling?.Outputs ?? []).SelectMany(output => new[] { output.Mean, output.Scale }));
        JsonWriter.Number(json, "threshold", _field.Threshold);
        json.WriteBoolean("hasBias", _model.Layers[0].Neurons[0].Bias is not null);
        JsonWriter.Array(json, "points", _rows, row => JsonWriter.Numbers(json, null, [row.X, row.Y, _field.ClassOf(row)]));
        json.WriteEndObject();
    }

    private static string Range(string name, Axis axis) => FormattableString.Invariant(
        $"{LabelText.Xml(LabelText.OneLine(name, 24))} from {NumberText.Rounded(axis.Min, 2)} to {NumberText.Rounded(axis.Max, 2)}");
}
