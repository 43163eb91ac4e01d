using System.Collections;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Training;

/// <summary>Reads the results of a training that kept its parameters.</summary>
internal static class TrainingHistory
{
    /// <summary>The results, in order.</summary>
    /// <exception cref="GradException">
    /// An element is no result, or one without parameters (ids <c>InvalidHistory</c>, <c>ParametersNotKept</c>).
    /// </exception>
    public static List<EpochResult> Read(IEnumerable history)
    {
        var results = new List<EpochResult>();
        foreach (var element in history)
        {
            results.Add(Wrapped.Unwrap(element) switch
            {
                EpochResult { Parameters: not null } result => result,
                EpochResult result => throw new GradException(
                    "ParametersNotKept",
                    $"The result of epoch {result.Epoch} has no parameters to draw. Train with Start-MlpTraining -KeepParameter, and give its results."),
                var other => throw new GradException(
                    "InvalidHistory",
                    $"'{other ?? "nothing"}' ({other?.GetType().Name ?? "null"}) was given as a part of a history. Give the results of Start-MlpTraining -KeepParameter."),
            });
        }

        return results;
    }
}
