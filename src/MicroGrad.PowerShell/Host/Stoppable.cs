namespace MicroGrad.PowerShell.Host;

/// <summary>Runs work that can't be cancelled, such as a call of the system or of a parser.</summary>
internal static class Stoppable
{
    /// <summary>Runs the work on another thread, which is abandoned when a stop comes.</summary>
    /// <param name="work">The work, which must change nothing outside of it.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T Run<T>(Func<T> work, CancellationToken stop) =>
        Task.Run(work, CancellationToken.None).WaitAsync(stop).GetAwaiter().GetResult();
}
