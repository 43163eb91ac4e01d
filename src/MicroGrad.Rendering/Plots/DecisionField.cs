using System.Globalization;
using MicroGrad.Data;
using MicroGrad.Networks;

namespace MicroGrad.Rendering.Plots;

/// <summary>
/// The decisions of a model of two inputs over a rectangle: for each class and each point, the lead of its output over
/// the others. The model decides for the class whose lead is above 0.
/// </summary>
public sealed class DecisionField
{
    private readonly Mlp _model;
    private readonly FeaturePlane _plane;

    private DecisionField(Mlp model, IReadOnlyList<PlotRow> rows, FeaturePlane plane)
    {
        (_model, _plane) = (model, plane);
        Classes = ClassesOf(model, rows);

        // A single output decides between two classes at 0. Outputs from 0 to 1 to which no loss gave a meaning decide
        // in the middle.
        var isHalf = model.OutputCount == 1 && model.Schema is null or { Encoding: TargetEncoding.Numbers }
            && (model.OutputActivation == Activation.Sigmoid || (Classes.Count == 2 && Classes[0] == "0" && Classes[1] == "1"));
        Threshold = isHalf ? 0.5 : 0;
        X = Axis.Over(rows.Select(row => row.X), room: 0.08);
        Y = Axis.Over(rows.Select(row => row.Y), room: 0.08);
    }

    /// <summary>The classes; where a model has one output, larger outputs mean the second one.</summary>
    internal IReadOnlyList<string> Classes { get; }

    /// <summary>The single output at which the decision changes.</summary>
    internal double Threshold { get; }

    internal Axis X { get; }

    internal Axis Y { get; }

    internal string XName => _plane.XName;

    internal string YName => _plane.YName;

    /// <summary>Where the other columns of a wider model are held; empty for a model of two inputs.</summary>
    internal string Others => _plane.Others;

    /// <summary>How many classes outputs can mean.</summary>
    internal int DecidedCount => Math.Max(2, _model.OutputCount);

    /// <summary>What a model decides over a plane of its inputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows to show; they set the range. At least one.</param>
    /// <param name="plane">Which inputs of a wider model the plane has; null for a model of two.</param>
    /// <exception cref="GradException">
    /// The model does not have two inputs and there is no plane, there is no row, or there is one output for more than two classes
    /// (ids <c>NotTwoInputs</c>, <c>EmptyData</c>, <c>TooManyClasses</c>).
    /// </exception>
    public static DecisionField Of(Mlp model, IReadOnlyList<PlotRow> rows, FeaturePlane? plane = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        model.Schema?.RequireOneAnswer("A decision boundary");
        plane ??= FeaturePlane.Of(model);
        if (rows.Count == 0)
        {
            throw new GradException("EmptyData", "There is no row to plot; give at least one, so that the range is known.");
        }

        var field = new DecisionField(model, rows, plane);
        return model.OutputCount > 1 || field.Classes.Count <= 2
            ? field
            : throw new GradException(
                "TooManyClasses",
                $"The model has one output, which tells two classes apart, but the rows have {field.Classes.Count} different targets. "
                + "Plot predictions against targets, or give the model an output for each class.");
    }

    /// <summary>The place of a row's class among the classes; -1 where it is none of them.</summary>
    internal int ClassOf(PlotRow row)
    {
        for (var i = 0; i < Classes.Count; i++)
        {
            if (string.Equals(Classes[i], row.Class, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Leads over a grid: [class][row * columns + column], rows from the smallest y.</summary>
    internal double[][] Leads(int columns, int rows)
    {
        var inputs = new double[columns * rows * _model.InputCount];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var point = inputs.AsSpan(((r * columns) + c) * _model.InputCount, _model.InputCount);
                _plane.Inputs.CopyTo(point);
                point[_plane.X] = X.Min + ((X.Max - X.Min) * c / Math.Max(1, columns - 1));
                point[_plane.Y] = Y.Min + ((Y.Max - Y.Min) * r / Math.Max(1, rows - 1));
            }
        }

        var count = columns * rows;
        var outputs = new NetworkRunner(_model).Predict(inputs);
        var leads = new double[DecidedCount][];
        for (var k = 0; k < leads.Length; k++)
        {
            leads[k] = new double[count];
            for (var i = 0; i < count; i++)
            {
                leads[k][i] = Lead(outputs.AsSpan(i * _model.OutputCount, _model.OutputCount), k);
            }
        }

        return leads;
    }

    private double Lead(ReadOnlySpan<double> outputs, int k)
    {
        if (outputs.Length == 1)
        {
            return k == 1 ? outputs[0] - Threshold : Threshold - outputs[0];
        }

        var other = double.NegativeInfinity;
        for (var i = 0; i < outputs.Length; i++)
        {
            other = i == k ? other : Math.Max(other, outputs[i]);
        }

        return outputs[k] - other;
    }

    /// <remarks>Where a model was not trained for classes: numbers in rising order, text in the order of the rows.</remarks>
    private static IReadOnlyList<string> ClassesOf(Mlp model, IReadOnlyList<PlotRow> rows)
    {
        if (model.Classes.Count > 0)
        {
            return model.Classes;
        }

        var names = rows.Where(row => row.Class is not null).Select(row => row.Class!).Distinct(StringComparer.Ordinal).ToArray();
        return names.All(name => TryNumber(name, out _))
            ? [.. names.OrderBy(name => TryNumber(name, out var number) ? number : 0)]
            : names;

        static bool TryNumber(string text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
