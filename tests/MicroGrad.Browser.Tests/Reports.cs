using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;
using MicroGrad.Training;

namespace MicroGrad.Browser.Tests;

/// <summary>Reports of models with columns of all kinds and long names.</summary>
internal static class Reports
{
    /// <summary>A report with everything that one can have.</summary>
    public static ModelReport Whole()
    {
        var table = new TableBuilder(CellFormat.Invariant);
        var (size, kind, target) = (table.AddFeature("A column with a rather long name of many words", null), table.AddFeature("Kind", ColumnKind.Category), table.AddTarget("Class"));
        for (var row = 0; row < 60; row++)
        {
            table.CellOf(size).Add(row * 37 % 60);
            table.CellOf(kind).Add($"a long category of the number {row % 4}");
            table.CellOf(target).Add($"class {row * 37 % 60 / 20}");
            table.EndRows(row + 1);
        }

        var rows = table.Build(new TableRules());
        var model = new Mlp(5, [6, 3]);
        var all = Enumerable.Range(0, rows.Count).ToArray();
        model.Schema = SchemaLearner.Learn(model, rows, all, LossKind.CrossEntropy);
        var history = Examples.History(model, 20);
        model.Training = new TrainingRecord
        {
            Epoch = 20,
            Rows = 60,
            Loss = 0.5,
            Accuracy = 0.75,
            Optimizer = OptimizerKind.Adam,
            LearningRate = 0.01,
            BatchSize = 32,
            Seed = "12345678901234567890",
        };
        var measured = MlpMeasurement.Of(model, rows);
        var importance = new PermutationImportance(model, model.Schema, model.Schema.Encode(rows, all, 3), CancellationToken.None).Measure(2, 1);
        return new ModelReport
        {
            Model = model,
            History = history,
            Measurement = measured,
            Figures = [("Where classes are confused", ConfusionPlot.Of(measured.ConfusionMatrix!)), ("What the columns are worth", ImportancePlot.Of([.. importance]))],
            Command = "$model | Export-Mlp ./a/rather/long/path/to/a/report/of/a/model/report.html -Data (Import-Csv ./rows.csv) -History $epochs",
        };
    }
}
