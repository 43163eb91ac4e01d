using System.Collections;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Training;

/// <summary>Reads a training back: snapshots as they are, or the results of a training that kept its parameters.</summary>
internal static class TrainingHistory
{
    /// <summary>A snapshot for each element.</summary>
    /// <exception cref="GradException">
    /// An element is neither, or a result without parameters (ids <c>InvalidHistory</c>, <c>ParametersNotKept</c>).
    /// </exception>
    public static List<TrainingSnapshot> Read(IEnumerable history)
    {
        var snapshots = new List<TrainingSnapshot>();
        foreach (var element in history)
        {
            snapshots.Add(Wrapped.Unwrap(element) switch
            {
                TrainingSnapshot snapshot => snapshot,
                EpochResult { Parameters: { } parameters } result => new TrainingSnapshot(result, parameters),
                EpochResult result => throw new GradException(
                    "ParametersNotKept",
                    $"The result of epoch {result.Epoch} has no parameters to draw. Train with Start-MlpTraining -KeepParameter, and give its results."),
                var other => throw new GradException(
                    "InvalidHistory",
                    $"'{other ?? "nothing"}' ({other?.GetType().Name ?? "null"}) was given as a part of a history. Give the results of Start-MlpTraining -KeepParameter."),
            });
        }

        return snapshots;
    }
}
