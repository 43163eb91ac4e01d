using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Training;

/// <summary>The result of an epoch: itself, or what a file or another process gave back of it.</summary>
internal static class EpochReader
{
    /// <summary>Reads a result, if it is one; of one that went through a file, all but its parameters.</summary>
    public static bool TryRead(object? element, [NotNullWhen(true)] out EpochResult? epoch)
    {
        epoch = Wrapped.Unwrap(element) as EpochResult;
        if (epoch is not null || element is not PSObject { BaseObject: PSCustomObject } bag)
        {
            return epoch is not null;
        }

        var figures = new PSObject();
        try
        {
            foreach (var property in bag.Properties)
            {
                // A number that came through a pipeline may be wrapped, and a wrapped one would be read as 0; an empty
                // cell of a file is a figure that the epoch had not.
                var value = Wrapped.Unwrap(property.Value);
                if (property.Name != nameof(EpochResult.Parameters) && value is not (null or ""))
                {
                    figures.Properties.Add(new PSNoteProperty(property.Name, value));
                }
            }
        }
        catch (GetValueException)
        {
            return false;
        }

        return figures.Properties[nameof(EpochResult.Epoch)] is not null
            && figures.Properties[nameof(EpochResult.Loss)] is not null
            && LanguagePrimitives.TryConvertTo(figures, out epoch);
    }
}
