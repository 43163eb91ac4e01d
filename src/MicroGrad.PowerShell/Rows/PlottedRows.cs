using MicroGrad.Data;
using MicroGrad.Networks;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The rows of a plot as the model reads them, and the data to plot.</summary>
internal sealed class PlottedRows
{
    private readonly Mlp _model;
    private readonly SampleTable _table;
    private readonly ModelSchema _schema;

    /// <exception cref="GradException">There is no row, or they do not fit the model (ids of <see cref="MlpMeasurement"/>).</exception>
    public PlottedRows(Mlp model, SampleTable table)
    {
        _model = model;
        _table = table;
        _schema = SchemaLearner.KnownOrLearnt(model, table, AllRows);
        _schema.RequireOneAnswer("A plot of rows");
    }

    /// <summary>What suits the model: a boundary between classes, or between two numbers over two inputs; else predictions.</summary>
    public MlpPlotKind Kind =>
        _schema.HasClasses
        || (_model.InputCount == 2 && _table.Targets.Count == 1 && _table.Targets[0].Classes().Count == 2)
            ? MlpPlotKind.DecisionBoundary
            : MlpPlotKind.Predictions;

    private int[] AllRows => [.. Enumerable.Range(0, _table.Count)];

    /// <summary>A point for each row. Where the columns are not two, there is no point: the renderer refuses such a model.</summary>
    public IReadOnlyList<PlotRow> Points()
    {
        if (_table.Layout.Features.Count != 2)
        {
            return [];
        }

        var points = new PlotRow[_table.Count];
        for (var row = 0; row < points.Length; row++)
        {
            var target = _table.Targets[0];
            points[row] = new PlotRow(At(row, 0), At(row, 1), target.ClassAt(row));
        }

        return points;
    }

    /// <summary>All targets, and a prediction for each.</summary>
    /// <exception cref="GradException">The targets are classes (id <c>NotNumeric</c>).</exception>
    public (double[] Targets, double[] Predictions) Predictions()
    {
        if (_schema.Encoding != TargetEncoding.Numbers)
        {
            throw new GradException(
                "NotNumeric",
                $"The model decides between classes ({MessageText.Shorten(_schema.Classes)}), and only predicted numbers can be plotted against their targets. "
                + "Leave -Kind out for a decision boundary, or see the confusion matrix of Measure-Mlp.");
        }

        var samples = _schema.Encode(_table, AllRows, _model.OutputCount);
        var outputs = new NetworkRunner(_model).Outputs(samples.Inputs);
        _schema.Scaling?.UnscaleOutputs(outputs);
        return (_table.TargetNumbers(AllRows), outputs);
    }

    private double At(int row, int feature)
    {
        var number = _table.Features[feature].Values[row];
        return double.IsNaN(number) ? _schema.Features[feature].Fill ?? number : number;
    }
}
