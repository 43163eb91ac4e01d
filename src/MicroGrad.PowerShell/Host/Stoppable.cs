namespace MicroGrad.PowerShell.Host;

/// <summary>Runs work that hears no stop by itself, such as a call of the system or of a parser.</summary>
internal static class Stoppable
{
    /// <summary>Does the work on another thread, which is left to itself when a stop comes.</summary>
    /// <param name="work">The work. It changes nothing that others see.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T Run<T>(Func<T> work, CancellationToken stop) =>
        Task.Run(work, CancellationToken.None).WaitAsync(stop).GetAwaiter().GetResult();
}
