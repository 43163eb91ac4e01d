using System.Management.Automation;

namespace MicroGrad.PowerShell.Host;

/// <summary>The base of all cmdlets: stopping the pipeline cancels a token, which all long work checks.</summary>
public abstract class CancellableCommand : PSCmdlet, IDisposable
{
    /// <summary>The parameter set in which -Path names a file.</summary>
    private protected const string PathSet = "Path";

    /// <summary>The parameter set in which -LiteralPath names a file.</summary>
    private protected const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    internal CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Releases what the cmdlet holds. PowerShell calls it at the end of the pipeline, also after a stop or an error.
    /// </summary>
    /// <param name="disposing">Whether managed objects are to be released too.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Writes a warning, without control characters from data.</summary>
    /// <param name="text">The warning.</param>
    internal new void WriteWarning(string text) => base.WriteWarning(VisibleText.Message(text));

    /// <summary>Writes to the verbose stream, as <see cref="WriteWarning"/> does.</summary>
    /// <param name="text">The message.</param>
    internal new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.Message(text));

    /// <summary>Whether a parameter was given.</summary>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>The value of a parameter, or null where it was not given.</summary>
    private protected T? Given<T>(string parameter, T value)
        where T : struct => IsGiven(parameter) ? value : null;
}
