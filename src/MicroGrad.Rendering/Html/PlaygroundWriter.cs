using System.Globalization;
using System.Text;
using System.Text.Json;
using MicroGrad.Data;
using MicroGrad.Persistence;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Writers;
using MicroGrad.Training;

namespace MicroGrad.Rendering.Html;

/// <summary>Writes a page in which a model trains on rows, beginning with its own weights.</summary>
public static class PlaygroundWriter
{
    private const int MostClasses = 9;

    /// <summary>The most rows in the picture for readers without scripts.</summary>
    private const int MostDrawnRows = 300;

    /// <summary>The shares of rows that the page can hold out, besides the one it starts with.</summary>
    private static readonly double[] Shares = [0.1, 0.2, 0.3, 0.4, 0.5];

    /// <summary>Writes the page.</summary>
    /// <param name="model">The model, with the schema of these rows.</param>
    /// <param name="table">The rows.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="GradException">There are more classes than the page has signs for (id <c>TooManyClasses</c>), or labels (id <c>LabelsNotSupported</c>).</exception>
    public static string Write(Mlp model, SampleTable table, PlaygroundOptions options)
    {
        var schema = model.Schema!;
        schema.RequireOneAnswer("The playground");
        if (model.Dropout > 0)
        {
            throw new GradException("DropoutNotSupported", FormattableString.Invariant($"The model drops {model.Dropout} of its units in training, which the playground does not. Make one without dropout."));
        }

        if (schema.Classes.Count > MostClasses)
        {
            throw new GradException(
                "TooManyClasses", $"The target has {schema.Classes.Count} classes; the page has signs and colours for {MostClasses}.");
        }

        var title = options.Title ?? $"Predicting {string.Join(", ", schema.TargetNames)}";
        var body = PageAssets.Read("playground.html") + WithoutScripts(model, table, options);
        return HtmlPage.WritePacked(
            title,
            PageAssets.Read("playground.css"),
            body,
            Data(model, table, options, title),
            "playground-data.js",
            "playground-random.js",
            PageAssets.Formulas,
            "playground-functions.js",
            "playground-arithmetic.js",
            "playground-state.js",
            "playground-map.js",
            "playground-drawing.js",
            "playground-controls.js",
            "playground.js");
    }

    private static string Data(Mlp model, SampleTable table, PlaygroundOptions options, string title) => HtmlPage.Json(json =>
    {
        var schema = model.Schema!;
        var rows = options.Rows ?? [.. Enumerable.Range(0, table.Count)];
        var classes = ClassesOf(schema, table);
        json.WriteString("title", title);
        json.WritePropertyName("model");
        ModelFile.Write(json, model);

        json.WriteStartObject("rows");
        JsonWriter.Array(json, "features", Enumerable.Range(0, schema.Features.Count), f => JsonWriter.Numbers(json, null, rows.Select(r => FeatureAt(schema, table, r, f))));
        JsonWriter.Array(json, "missing", Enumerable.Range(0, schema.Features.Count), f => JsonWriter.Integers(json, null, Enumerable.Range(0, rows.Count).Where(i => IsFilled(schema, table, rows[i], f))));
        if (classes is not null)
        {
            JsonWriter.Integers(json, "classes", rows.Select(r => Array.IndexOf(classes, ClassAt(table, r))));
        }

        if (!table.Targets.Any(target => target.AreClasses))
        {
            JsonWriter.Array(json, "targets", rows, r => JsonWriter.Numbers(json, null, table.Targets.Select(target => target.NumberAt(r))));
        }

        json.WriteEndObject();
        WriteMeanings(json, model, table, classes);
        WriteSettings(json, model, options);
        WriteSplits(json, table, options, rows);
        json.WriteStartObject("command");
        json.WriteString("rows", options.RowArguments);
        json.WriteBoolean("isScaled", options.IsScaled);
        json.WriteEndObject();
        JsonWriter.Number(json, "sampledFrom", rows.Count < table.Count ? table.Count : null);
        JsonWriter.Strings(json, "controls", Enum.GetNames<PlaygroundControl>());
        JsonWriter.Strings(json, "hide", options.Hidden.Select(control => control.ToString()));
    });

    /// <summary>The names of outputs and classes, and the losses that fit the target.</summary>
    private static void WriteMeanings(Utf8JsonWriter json, Mlp model, SampleTable table, string[]? classes)
    {
        var schema = model.Schema!;
        var isNumbers = !table.Targets.Any(target => target.AreClasses);
        if (classes is null)
        {
            json.WriteNull("classes");
        }
        else
        {
            JsonWriter.Strings(json, "classes", classes);
            JsonWriter.Numbers(json, "classNumbers", isNumbers ? classes.Select(name => double.Parse(name, CultureInfo.InvariantCulture)) : []);
        }

        json.WriteBoolean("hasNumericClasses", isNumbers || schema.HasNumericClasses);
        JsonWriter.Strings(json, "inputNames", NetworkSnapshot.Of(model).InputNames);
        JsonWriter.Strings(json, "outputs", schema.Encoding == TargetEncoding.OneHot ? schema.Classes : schema.TargetNames);
        JsonWriter.Array(json, "scaling", schema.Targets, target => JsonWriter.Numbers(json, null, [target.Mean, target.Scale]));
        JsonWriter.Strings(json, "losses", Enum.GetValues<LossKind>().Where(kind => kind != LossKind.Quantile && Fits(Loss.EncodingOf(kind))).Select(kind => kind.ToString()));

        bool Fits(TargetEncoding encoding) => encoding switch
        {
            TargetEncoding.Numbers => isNumbers && schema.Encoding != TargetEncoding.OneHot,
            TargetEncoding.OneHot => schema.Encoding == TargetEncoding.OneHot,
            _ => model.OutputCount == 1 && classes is { Length: 2 },
        };
    }

    private static void WriteSettings(Utf8JsonWriter json, Mlp model, PlaygroundOptions options)
    {
        var training = options.Training;
        JsonWriter.Strings(json, "optimizers", new[] { OptimizerKind.Sgd, OptimizerKind.Adam, training.Optimizer.Kind }.Distinct().Select(kind => kind.ToString()));
        json.WriteStartObject("settings");
        json.WriteString("loss", model.Schema!.Loss.ToString());
        json.WriteString("optimizer", training.Optimizer.Kind.ToString());
        json.WriteNumber("rate", training.FirstLearningRate);
        json.WriteNumber("momentum", training.Optimizer.Momentum);
        json.WriteNumber("batch", training.BatchSize);
        json.WriteNumber("l2", training.L2);
        json.WriteNumber("validation", options.ValidationFraction);
        json.WriteString("orderSeed", training.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>For each share, the rows that training would hold out, as one digit for each row.</summary>
    private static void WriteSplits(Utf8JsonWriter json, SampleTable table, PlaygroundOptions options, IReadOnlyList<int> rows)
    {
        json.WriteStartObject("splits");
        json.WriteString("0", string.Empty);
        foreach (var share in Shares.Append(options.ValidationFraction).Where(share => share > 0).Distinct())
        {
            var held = new HashSet<int>(HeldRows(share));
            if (held.Count > 0)
            {
                json.WriteString(share.ToString("R", CultureInfo.InvariantCulture), string.Concat(rows.Select(r => held.Contains(r) ? '1' : '0')));
            }
        }

        json.WriteEndObject();

        int[] HeldRows(double share)
        {
            try
            {
                var byClass = table.Targets.Count == 1 && table.Targets[0].AreClasses;
                return ValidationSplit.Draw(table, share, byClass, options.Training.Seed).Validation;
            }
            catch (GradException)
            {
                // The page does not offer shares into which the rows can't be divided.
                return [];
            }
        }
    }

    /// <summary>The classes, also of a numeric target that has two values only; null where the target is a quantity.</summary>
    private static string[]? ClassesOf(ModelSchema schema, SampleTable table)
    {
        if (schema.Classes.Count > 0)
        {
            return [.. schema.Classes];
        }

        var values = table.Targets.Count == 1 ? table.Targets[0].Classes() : [];
        return values.Count == 2 ? [.. values] : null;
    }

    private static string ClassAt(SampleTable table, int row) => table.Targets[0].ClassAt(row);

    /// <summary>A feature's number, or the place of its category (-1 for none).</summary>
    private static double FeatureAt(ModelSchema schema, SampleTable table, int row, int feature)
    {
        var column = table.Features[feature];
        var value = column.Values[row];
        return schema.Features[feature] switch
        {
            { Categories: { } categories } => double.IsNaN(value) ? -1 : categories.ToList().IndexOf(column.Categories[(int)value]),
            { Fill: { } fill } when IsFilled(schema, table, row, feature) => fill,
            _ => value,
        };
    }

    /// <summary>Whether a number is missing, so that another takes its place.</summary>
    private static bool IsFilled(ModelSchema schema, SampleTable table, int row, int feature) =>
        schema.Features[feature] is { Categories: null, Fill: not null } && double.IsNaN(table.Features[feature].Values[row]);

    /// <summary>Network and rows as drawings, for readers whose browser runs no script.</summary>
    private static string WithoutScripts(Mlp model, SampleTable table, PlaygroundOptions options)
    {
        var text = new StringBuilder("<noscript><style>header,main,footer{display:none}body{overflow:auto}</style>\n");
        text.Append("<p>This page trains in the browser, which needs scripts. Without them it shows the network and the rows.</p>\n");
        text.Append(GraphRenderer.Render(model, new RenderOptions { Format = GraphFormat.Svg }));
        text.Append(RowsChart(model.Schema!, table, options));
        return text.Append("</noscript>\n").ToString();
    }

    /// <summary>The rows over the first two numeric features; over the target where there is one feature only.</summary>
    private static string RowsChart(ModelSchema schema, SampleTable table, PlaygroundOptions options)
    {
        var rows = options.Rows ?? [.. Enumerable.Range(0, table.Count)];
        var shown = rows.Where((_, i) => i % ((rows.Count / MostDrawnRows) + 1) == 0).ToArray();
        var classes = ClassesOf(schema, table);
        var numeric = Enumerable.Range(0, schema.Features.Count).Where(f => schema.Features[f].Categories is null).Take(2).ToArray();
        int[] axes = numeric.Length == 2 ? numeric : [.. Enumerable.Range(0, schema.Features.Count).Take(2)];
        var classOf = shown.ToLookup(row => classes is null ? 0 : Array.IndexOf(classes, ClassAt(table, row)));
        var figure = new Figure(
            name: "Rows",
            x: Axis.Over(shown.Select(X), room: 0.05),
            y: Axis.Over(shown.Select(Y), room: 0.05),
            xName: schema.FeatureNames[axes[0]],
            yName: axes.Length > 1 ? schema.FeatureNames[axes[1]] : schema.TargetNames[0],
            marks:
            [
                .. ((string?[])(classes ?? [null!])).Select((name, k) => new PointsMark(
                    [.. classOf[k].Select(row => (X(row), Y(row)))], name, classes is null ? 0 : ClassSeries.Of(k))),
            ]);
        return Chart.Write(figure, new PlotOptions(), isInPage: false);

        double X(int row) => FeatureAt(schema, table, row, axes[0]);

        double Y(int row) => axes.Length > 1 ? FeatureAt(schema, table, row, axes[1])
            : classes is null ? table.Targets[0].NumberAt(row)
            : Array.IndexOf(classes, ClassAt(table, row));
    }
}
