using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Training;

/// <summary>Turns a table of rows into the input of a training: a schema, rows to learn from and rows to validate with.</summary>
internal sealed class TrainingRows(CancellableCommand cmdlet, Mlp model)
{
    /// <summary>A named loss, or null for the one that suits the target.</summary>
    public LossKind? Loss { get; init; }

    /// <summary>Whether the loss is the user's own.</summary>
    public bool IsCustomLoss { get; init; }

    /// <summary>The quantiles that the outputs mean, or null for those of the model.</summary>
    public IReadOnlyCollection<double>? Quantiles { get; init; }

    /// <summary>Whether columns are brought to one scale; null where nothing was said: a model made from rows is scaled at its first training.</summary>
    public bool? Standardize { get; init; }

    /// <summary>Whether this training brings columns to one scale.</summary>
    public bool IsStandardized => Standardize ?? model.Schema is { IsPlanned: true };

    /// <summary>An argument of -ClassWeight, or null.</summary>
    public object? ClassWeight { get; init; }

    /// <summary>The fraction of rows to hold out, or null.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Rows to validate with, or null.</summary>
    public object? ValidationData { get; init; }

    /// <summary>The model's names of columns, by their names in the rows.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>How text in rows to validate with is read.</summary>
    public required CellFormat Format { get; init; }

    /// <summary>Decides which rows are held out.</summary>
    public required System.Numerics.BigInteger Seed { get; init; }

    /// <exception cref="GradException">The rows do not fit the model or the options (ids of <see cref="SchemaLearner.Learn"/> and others).</exception>
    public (ModelSchema Schema, Samples Samples, Samples? Validation) Encode(SampleTable table)
    {
        var (schema, samples, validationRows) = Stoppable.Run(
            () =>
            {
                var (trainingRows, validationRows) = Split(table);
                var schema = SchemaLearner.Learn(model, table, trainingRows, Loss, IsCustomLoss, IsStandardized, Quantiles);
                return (schema, schema.Encode(table, trainingRows, model.OutputCount), validationRows);
            },
            cmdlet.StopToken);
        ClassWeightArgument.Apply(ClassWeight, schema, samples);
        return (schema, samples, ReadValidation(schema, table, validationRows));
    }

    private (int[] Training, int[] Validation) Split(SampleTable table)
    {
        if (ValidationFraction is not { } fraction)
        {
            return ([.. Enumerable.Range(0, table.Count)], []);
        }

        if (ValidationData is not null)
        {
            throw new GradException("UnusedOption", "Validation rows come from -ValidationFraction or from -ValidationData; give one of the two.");
        }

        table.RequireComplete();
        var byClass = table.Targets.Count == 1 && table.Targets[0].AreClasses;
        return ValidationSplit.Draw(table, fraction, byClass, Seed);
    }

    private Samples? ReadValidation(ModelSchema schema, SampleTable table, int[] validationRows)
    {
        if (ValidationData is null)
        {
            return validationRows.Length == 0 ? null : Encode(table, validationRows);
        }

        var selection = ColumnSelection.Of(schema, model.InputCount) with { Renamed = Renamed, Weight = table.Layout.Weight };
        var rows = new RowCollector(cmdlet, selection, Format);
        rows.Add(ValidationData);
        var validation = rows.Build(new TableRules { MissingValue = table.MissingValue, Known = schema });
        validation.RequireComplete();
        return validation.Count > 0
            ? Encode(validation, [.. Enumerable.Range(0, validation.Count)])
            : throw new GradException("EmptyData", "-ValidationData holds no usable row; give at least one, or leave it out.");

        Samples Encode(SampleTable rows, int[] places) => Stoppable.Run(() => schema.Encode(rows, places, model.OutputCount), cmdlet.StopToken);
    }
}
