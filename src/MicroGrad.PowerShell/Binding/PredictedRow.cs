using System.Collections;
using System.Management.Automation;
using MicroGrad.Data;

namespace MicroGrad.PowerShell.Binding;

/// <summary>A copy of a row with the model's answer behind its own columns; the row itself stays as it is.</summary>
internal static class PredictedRow
{
    public static PSObject Of(object row, Prediction prediction)
    {
        var copy = new PSObject();
        if (row is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                Set(copy, entry.Key.ToString() ?? string.Empty, entry.Value);
            }
        }
        else
        {
            foreach (var property in PSObject.AsPSObject(row).Properties)
            {
                if (property.IsGettable)
                {
                    Set(copy, property.Name, property.Value);
                }
            }
        }

        Set(copy, "Prediction", prediction.Value);
        if (prediction.Probability is { } probability)
        {
            Set(copy, "Probability", probability);
        }

        return copy;
    }

    private static void Set(PSObject target, string name, object? value)
    {
        target.Properties.Remove(name);
        target.Properties.Add(new PSNoteProperty(name, value));
    }
}
