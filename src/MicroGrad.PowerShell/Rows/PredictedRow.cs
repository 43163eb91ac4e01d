using System.Collections;
using System.Management.Automation;
using MicroGrad.Inference;

namespace MicroGrad.PowerShell.Rows;

/// <summary>A copy of a row with the model's answer behind its own columns; the row itself stays as it is.</summary>
internal sealed class PredictedRow
{
    private readonly PSObject _copy;

    private PredictedRow(PSObject copy) => _copy = copy;

    /// <summary>Copies a row as it is now, by a reader of rows of its kind. A property that fails is copied as null.</summary>
    /// <exception cref="GradException">A column has no name (id <c>InvalidRow</c>).</exception>
    public static PredictedRow Of(object row, long number, RowProperties.Reader reader)
    {
        var copy = RowProperties.NewObject(capacity: 8);
        if (row is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                // Names that differ in case alone are one.
                var name = entry.Key.ToString();
                if (string.IsNullOrEmpty(name))
                {
                    throw new GradException(
                        "InvalidRow", $"Row {number} has a column without a name, which no object can have. Name it, or leave it out.");
                }

                copy.Properties.Remove(name);
                copy.Properties.Add(new PSNoteProperty(name, entry.Value));
            }

            return new PredictedRow(copy);
        }

        var properties = copy.Properties;
        foreach (var property in reader.Of(row))
        {
            properties.Add(new PSNoteProperty(property.Name, ValueOf(property)), preValidated: true);
        }

        return new PredictedRow(copy);
    }

    /// <summary>The row with the answer.</summary>
    public PSObject With(Prediction prediction)
    {
        Set("Prediction", prediction.Value);
        if (prediction.Probability is { } probability)
        {
            Set("Probability", probability);
        }

        return _copy;
    }

    /// <remarks>As Select-Object does it: objects of the system, such as processes, have properties that only some can read.</remarks>
    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
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
