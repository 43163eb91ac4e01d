using System.Collections;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>Reads a -ClassWeight argument: 'Balanced', or a hashtable of weights by class.</summary>
internal static class ClassWeightArgument
{
    /// <summary>Sets the weights of samples by their classes; without an argument they do not change.</summary>
    /// <exception cref="GradException">It is neither, or does not fit the classes (ids <c>InvalidWeight</c> and those of <see cref="ClassWeights"/>).</exception>
    public static void Apply(object? argument, ModelSchema schema, Samples samples)
    {
        var given = Wrapped.Unwrap(argument);
        switch (given)
        {
            case null:
                return;
            case string text when text.Equals("Balanced", StringComparison.OrdinalIgnoreCase):
                ClassWeights.Apply(schema, samples, ClassWeights.Balanced(schema, samples));
                return;
            case IDictionary byClass:
                var weights = byClass.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(
                    Cell.Text(entry.Key), Cell.TryNumber(Wrapped.Unwrap(entry.Value), out var weight) ? weight : double.NaN));
                ClassWeights.Apply(schema, samples, ClassWeights.Given(schema, weights));
                return;
            default:
                throw new GradException(
                    "InvalidWeight", $"'{given}' are no class weights; give 'Balanced', or a hashtable such as @{{ rare = 5 }}.");
        }
    }
}
