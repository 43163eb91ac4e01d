using System.Management.Automation;
using MicroGrad.Inference;

namespace MicroGrad.PowerShell.Rows;

/// <summary>A copy of a row with the model's answer after its own columns. The row itself does not change.</summary>
internal sealed class PredictedRow
{
    /// <summary>The type by which the format file knows rows with an explanation.</summary>
    private const string ExplainedTypeName = "MicroGrad.ExplainedRow";

    private readonly PSObject _copy;

    private PredictedRow(PSObject copy) => _copy = copy;

    /// <summary>Copies a row as it is now. A property that fails is copied as null.</summary>
    /// <exception cref="GradException">A column has no name (id <c>InvalidRow</c>).</exception>
    public static PredictedRow Of(object row, long number, RowLayout layout)
    {
        var copy = RowProperties.NewObject(capacity: layout.Columns.Length + 2);
        var properties = copy.Properties;
        for (var place = 0; place < layout.Columns.Length; place++)
        {
            var name = layout.Columns[place];
            if (name.Length == 0)
            {
                throw new GradException(
                    "InvalidRow", $"Row {number} has a column without a name, which no object can have. Name it, or leave it out.");
            }

            properties.Add(new PSNoteProperty(name, ValueOf(row, place, layout)), preValidated: true);
        }

        return new PredictedRow(copy);
    }

    /// <summary>The row with the answer.</summary>
    /// <param name="prediction">The answer.</param>
    /// <param name="names">The names of the columns that are added.</param>
    public PSObject With(Prediction prediction, AnswerNames names)
    {
        Set(names.Value, prediction.Value);
        if (names.Probability is { } probability)
        {
            Set(probability, prediction.Probability!.Value);
        }

        for (var i = 0; i < names.Labels.Count; i++)
        {
            Set(names.Labels[i], ((object[])prediction.Value)[i]);
        }

        for (var i = 0; i < names.Quantiles.Count; i++)
        {
            Set(names.Quantiles[i], prediction.Quantiles![i]);
        }

        for (var i = 0; i < names.Probabilities.Count; i++)
        {
            Set(names.Probabilities[i], prediction.Probabilities![i]);
        }

        if (names.Spread is { } spread)
        {
            Set(spread, prediction.Spread is [var only] ? only : names.Middle is { } middle ? prediction.Spread![middle] : prediction.Spread!);
        }

        for (var i = 0; i < names.Spreads.Count; i++)
        {
            Set(names.Spreads[i], prediction.Spread![i]);
        }

        if (prediction.Explanation is { } explanation)
        {
            _copy.TypeNames.Insert(0, ExplainedTypeName);
            Set(names.Baseline, explanation.Baseline);
            for (var i = 0; i < names.Contributions.Count; i++)
            {
                Set(names.Contributions[i], explanation.Contributions[i]);
            }
        }

        return _copy;
    }

    /// <remarks>Select-Object does the same: objects such as processes have properties that need more rights.</remarks>
    private static object? ValueOf(object row, int place, RowLayout layout)
    {
        try
        {
            return layout.CellOf(row, place);
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    private void Set(string name, object value)
    {
        _copy.Properties.Remove(name);
        _copy.Properties.Add(new PSNoteProperty(name, value), preValidated: true);
    }
}
