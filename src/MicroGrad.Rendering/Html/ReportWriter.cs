using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Html;

/// <summary>Writes a model's report: one page without scripts, to read on a screen, on a phone or on paper.</summary>
public sealed class ReportWriter
{
    private const int Precision = 4;

    private const string Css = """
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1180px;padding:20px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
        h1{font-size:26px;margin:0 0 4px;overflow-wrap:anywhere}
        h2{font-size:18px;margin:30px 0 8px}
        h3{font-size:15px;margin:18px 0 6px}
        p,li,td,th,code{overflow-wrap:anywhere}
        .soft{color:var(--soft)}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:4px 14px 4px 0;border-bottom:1px solid var(--grid)}
        th{font-weight:600;color:var(--soft)}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
        .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,340px),1fr));column-gap:30px}
        .facts div{display:flex;justify-content:space-between;gap:14px;border-bottom:1px solid var(--grid);padding:4px 0}
        .facts dt{color:var(--soft)}
        .facts dd{margin:0;text-align:right;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
        dl{margin:0}
        figure{margin:0;break-inside:avoid}
        figcaption{font-weight:600;margin:0 0 6px}
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,540px),1fr));gap:26px}
        svg{display:block;max-width:100%;height:auto}
        svg.small{display:none}
        pre{margin:6px 0;padding:10px 12px;background:var(--box);border:1px solid var(--grid);border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        @media (max-width:600px){body{padding:14px}svg.large{display:none}svg.small{display:block}
        .stack thead{display:none}.stack tr{display:block;padding:6px 0;border-bottom:1px solid var(--grid)}.stack td,.stack td.n{display:flex;justify-content:space-between;gap:14px;text-align:right;border:0;padding:2px 0}.stack td:first-child{font-weight:600}
        .stack td::before{content:attr(data-name);color:var(--soft);text-align:left;font-weight:400;flex:0 0 auto;max-width:45%}}
        @media print{@page{margin:15mm}body{max-width:none;padding:0}h2,h3{break-after:avoid}tr{break-inside:avoid}}

        """;

    // One drawing for screens and paper and one for phones, as wide as the page is there.
    private static readonly PlotOptions Large = new() { Width = 540, Height = 370 };
    private static readonly PlotOptions Small = new() { Width = 350, Height = 330 };

    private readonly StringBuilder _text = new();
    private readonly List<string> _unsaid = [];
    private readonly ModelReport _report;
    private readonly Mlp _model;

    private ReportWriter(ModelReport report) => (_report, _model) = (report, report.Model);

    /// <summary>Writes the page.</summary>
    public static string Write(ModelReport report)
    {
        var writer = new ReportWriter(report);
        var title = !string.IsNullOrEmpty(report.Title) ? report.Title
            : report.Model.Schema is { } schema ? $"A model of {string.Join(", ", schema.TargetNames)}"
            : "A model without training";
        writer.AppendBody(title);
        return HtmlPage.WritePlain(title, Css + Chart.Css, writer._text.ToString());
    }

    private void AppendBody(string title)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<main>\n<h1>{LabelText.Xml(LabelText.OneLine(title, 200))}</h1>\n");
        _text.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{LabelText.Xml(Summary())}</p>\n");
        AppendMeasures();
        AppendFigures();
        AppendModel();
        AppendColumns();
        AppendTraining();
        AppendCommands();
        AppendUnsaid();
        _text.Append("</main>\n");
    }

    private string Summary()
    {
        var kind = _model.Schema switch
        {
            null => "It was not trained on rows, so its inputs and outputs have no names.",
            { HasClasses: true } schema => $"It decides between {schema.Classes.Count} classes from {Columns(schema.Features.Count)}.",
            { Encoding: TargetEncoding.Labels } schema => $"It gives {schema.TargetNames.Count} labels from {Columns(schema.Features.Count)}.",
            { Quantiles.Count: > 0 } schema => $"It predicts {schema.Quantiles.Count} quantile{(schema.Quantiles.Count == 1 ? "" : "s")} from {Columns(schema.Features.Count)}.",
            { } schema => $"It predicts {schema.TargetNames.Count} number{(schema.TargetNames.Count == 1 ? "" : "s")} from {Columns(schema.Features.Count)}.",
        };
        return _report.Measurement is { } measured ? $"{kind} Measured on {NumberText.Count(measured.Count)} rows." : kind;

        static string Columns(int count) => $"{count} column{(count == 1 ? "" : "s")}";
    }

    private void AppendMeasures()
    {
        if (_report.Measurement is not { } measured)
        {
            _unsaid.Add("How well the model does, where it errs and what its columns are worth: the report was written without rows to measure it on.");
            return;
        }

        Heading("Measures");
        Facts(
            ("rows", NumberText.Count(measured.Count)),
            ("loss", Text(measured.Loss)),
            (measured.ByLabel.Count > 0 ? "accuracy, mean of labels" : "accuracy", Text(measured.Accuracy)),
            ("rows with all labels right", Text(measured.ExactMatch)),
            ("balanced accuracy", Text(measured.BalancedAccuracy)),
            ("AUC", Text(measured.AUC)),
            ("average precision", Text(measured.AveragePrecision)),
            ("log loss", Text(measured.LogLoss)),
            ("Brier score", Text(measured.Brier)),
            ("Cohen's kappa", Text(measured.Kappa)),
            ("Matthews correlation", Text(measured.Matthews)),
            (measured.ByLabel.Count > 0 ? "F1, mean of labels" : "F1, mean of classes", Text(measured.Macro?.F1)),
            ("share between the outer quantiles", measured.ByQuantile.Count > 1 ? Text(measured.Coverage) : null),
            ("pinball loss", Text(measured.PinballLoss)),
            ("mean absolute error", Text(measured.MAE)),
            ("root mean squared error", Text(measured.RMSE)),
            ("R2", Text(measured.R2)),
            ("median absolute error", Text(measured.MedianAE)),
            ("mean absolute percentage error", measured.MAPE is { } share ? $"{NumberText.Rounded(100 * share, 2)}%" : null),
            ("explained variance", Text(measured.ExplainedVariance)));
        if (measured.ByClass.Count > 0)
        {
            Subheading("By class");
            Table(
                ["class", "rows", "precision", "recall", "F1", "AUC"],
                firstNumber: 1,
                measured.ByClass.Select(one => new[]
                {
                    one.Class, NumberText.Count(one.Count), Text(one.Precision)!, Text(one.Recall)!, Text(one.F1)!, Text(one.AUC) ?? "none",
                }));
        }

        AppendLabelsAndQuantiles(measured);
    }

    private void AppendLabelsAndQuantiles(MlpMeasurement measured)
    {
        if (measured.ByLabel.Count > 0)
        {
            Subheading("By label");
            Table(
                ["label", "rows that have it", "accuracy", "precision", "recall", "F1", "AUC"],
                firstNumber: 1,
                measured.ByLabel.Select(one => new[]
                {
                    one.Label, NumberText.Count(one.Count), Text(one.Accuracy)!, Text(one.Precision)!, Text(one.Recall)!, Text(one.F1)!, Text(one.AUC) ?? "none",
                }));
        }

        if (measured.ByQuantile.Count > 0)
        {
            Subheading("By quantile");
            Table(
                ["quantile", "share of rows up to it", "pinball loss"],
                firstNumber: 1,
                measured.ByQuantile.Select(one => new[] { NumberText.Exact(one.Quantile), Text(one.Coverage)!, Text(one.PinballLoss)! }));
        }
    }

    private void AppendFigures()
    {
        var figures = _report.Figures.ToList();
        if (_report.History.Count > 0)
        {
            figures.Insert(0, ("Loss over the epochs of the training", LossPlot.Of(_report.History, Precision)));
        }
        else
        {
            _unsaid.Add("How the loss went over the epochs: a model keeps the last one alone, and the results of the training were not given.");
        }

        if (figures.Count == 0)
        {
            return;
        }

        Heading("Pictures");
        _text.Append("<div class=\"figures\">\n");
        foreach (var (caption, figure) in figures)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{LabelText.Xml(caption)}</figcaption>\n");
            _text.Append(Chart.Write(figure, Large, isInPage: true).Replace("<svg ", "<svg class=\"large\" ", StringComparison.Ordinal));
            _text.Append(Chart.Write(figure, Small, isInPage: true).Replace("<svg ", "<svg class=\"small\" ", StringComparison.Ordinal));
            _text.Append("</figure>\n");
        }

        _text.Append("</div>\n");
    }

    private void AppendModel()
    {
        Heading("Network");
        Facts(
            ("layers", string.Join(" → ", _model.Sizes)),
            ("parameters", NumberText.Count(_model.ParameterCount)),
            ("hidden activation", _model.Layers.Count > 1 ? _model.HiddenActivation.ToString() : null),
            ("output activation", _model.OutputActivation.ToString()),
            ("biases", _model.HasBias ? "yes" : "no"));
    }

    private void AppendColumns()
    {
        if (_model.Schema is not { } schema)
        {
            _unsaid.Add("What its inputs and outputs mean: the model was not trained on rows.");
            return;
        }

        Heading("Columns");
        Table(
            ["column", "kind", "inputs", "how it is read", "in the place of a missing value"],
            firstNumber: int.MaxValue,
            schema.Features.Select(column => new[]
            {
                column.Name, column.Kind.ToString(), NumberText.Count(column.Width), Reading(column), Filling(column),
            }));
        Subheading("What is predicted");
        Table(
            ["column", "values"],
            firstNumber: int.MaxValue,
            schema.Targets.Select(target => new[]
            {
                target.Name,
                schema.HasClasses ? $"{schema.Classes.Count} classes: {MessageText.Shorten(schema.Classes)}"
                : schema.Quantiles.Count > 0 ? $"the quantiles {string.Join(", ", schema.Quantiles.Select(NumberText.Exact))} of a number{Units(target)}"
                : schema.Encoding == TargetEncoding.Labels ? "a label, true or false"
                : $"a number{Units(target)}",
            }));

        static string Units(PredictedColumn target) => target is not { Mean: 0, Scale: 1 }
            ? $", trained as its distance to {NumberText.Rounded(target.Mean, Precision)} in units of {NumberText.Rounded(target.Scale, Precision)}"
            : string.Empty;
    }

    private static string Reading(FeatureColumn column) => column switch
    {
        { Categories: { } categories } => $"an input for each of {categories.Count} categories: {MessageText.Shorten(categories)}",
        { DateParts.Count: > 0 } => $"{string.Join(", ", column.DateParts)}, counted from {column.Origin.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        { Mean: 0, Scale: 1 } => "as it is",
        _ => $"its distance to {NumberText.Rounded(column.Mean, Precision)} in units of {NumberText.Rounded(column.Scale, Precision)}",
    };

    private static string Filling(FeatureColumn column) => column switch
    {
        { Fill: null } => "nothing: the row is refused or left out",
        { Categories: not null } => "none of the categories",
        { Fill: { } fill } => NumberText.Rounded(fill, Precision),
    };

    private void AppendTraining()
    {
        if (_model.Training is not { } training)
        {
            _unsaid.Add("How it was trained: the model keeps no record of a training.");
            return;
        }

        Heading("Last training");
        Facts(
            ("epochs", NumberText.Count(training.Epoch)),
            ("rows trained on", NumberText.Count(training.Rows)),
            ("rows validated on", training.ValidationRows > 0 ? NumberText.Count(training.ValidationRows) : null),
            ("loss function", _model.Schema is null ? null : _model.Schema.Loss?.ToString() ?? "one of the user's own"),
            ("optimizer", training.Optimizer.ToString()),
            ("first learning rate", NumberText.Exact(training.LearningRate)),
            ("rows in a step", training.BatchSize == 0 ? "all" : NumberText.Count(training.BatchSize)),
            ("seed of the training", training.Seed),
            ("loss of the last epoch", NumberText.Rounded(training.Loss, Precision)),
            ("accuracy of the last epoch", Text(training.Accuracy)),
            ("validation loss", Text(training.ValidationLoss)),
            ("validation accuracy", Text(training.ValidationAccuracy)),
            ("dropout", _model.Dropout > 0 ? NumberText.Exact(_model.Dropout) : null),
            ("other settings", training.Settings.Length > 0 ? training.Settings : "the defaults"));
        _unsaid.Add("The split of the rows: the model keeps how many it was trained and validated on, not which these were, nor which were kept apart to test it.");
        _unsaid.Add("The command that trained it, and the seed of the first weights: the model does not keep them.");
    }

    private void AppendCommands()
    {
        if (string.IsNullOrWhiteSpace(_report.Command))
        {
            return;
        }

        Heading("Command");
        _text.Append(CultureInfo.InvariantCulture, $"<p>This page was written by:</p>\n<pre>{LabelText.Xml(_report.Command.Trim())}</pre>\n");
    }

    private void AppendUnsaid()
    {
        Heading("What this page can't say");
        _text.Append("<ul>\n");
        foreach (var sentence in _unsaid)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<li>{LabelText.Xml(sentence)}</li>\n");
        }

        _text.Append("</ul>\n");
    }

    private void Heading(string text) => _text.Append(CultureInfo.InvariantCulture, $"<h2>{LabelText.Xml(text)}</h2>\n");

    private void Subheading(string text) => _text.Append(CultureInfo.InvariantCulture, $"<h3>{LabelText.Xml(text)}</h3>\n");

    /// <summary>Names and values; those without a value are left out.</summary>
    private void Facts(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        _text.Append("<dl class=\"facts\">\n");
        foreach (var (name, value) in facts)
        {
            if (value is not null)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<div><dt>{LabelText.Xml(name)}</dt><dd>{LabelText.Xml(value)}</dd></div>\n");
            }
        }

        _text.Append("</dl>\n");
    }

    /// <summary>A table, which becomes a list of its rows on a phone.</summary>
    private void Table(string[] names, int firstNumber, IEnumerable<string[]> rows)
    {
        _text.Append("<table class=\"stack\">\n<thead><tr>");
        foreach (var (i, name) in names.Index())
        {
            _text.Append(CultureInfo.InvariantCulture, $"<th{Kind(i)}>{LabelText.Xml(name)}</th>");
        }

        _text.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            _text.Append("<tr>");
            foreach (var (i, cell) in row.Index())
            {
                _text.Append(CultureInfo.InvariantCulture, $"<td{Kind(i)} data-name=\"{LabelText.Xml(names[i])}\">{LabelText.Xml(cell)}</td>");
            }

            _text.Append("</tr>\n");
        }

        _text.Append("</tbody>\n</table>\n");

        string Kind(int column) => column >= firstNumber ? " class=\"n\"" : string.Empty;
    }

    private static string? Text(double? figure) => figure is { } number ? NumberText.Rounded(number, Precision) : null;
}
