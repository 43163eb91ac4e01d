using System.Management.Automation;

namespace MicroGrad.PowerShell.Files;

/// <summary>Resolves paths to read from through the session, and opens files.</summary>
internal static class InputFile
{
    /// <summary>The one file that a path means; a path with wildcards must match one.</summary>
    /// <exception cref="GradException">There is none, or it is no file (ids <c>PathNotFound</c>, <c>NotAFilePath</c>).</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, bool isLiteral)
    {
        try
        {
            string full;
            ProviderInfo provider;
            if (isLiteral)
            {
                full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
            }
            else
            {
                var matches = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
                full = matches.Count == 1
                    ? matches[0]
                    : throw new GradException("PathNotFound", $"'{path}' matches {matches.Count} files; give one.");
            }

            if (provider.Name != "FileSystem")
            {
                throw new GradException(
                    "NotAFilePath", $"'{path}' is on the {provider.Name} provider; give a path of the file system.");
            }

            return File.Exists(full) ? full : throw new GradException("PathNotFound", $"There is no file '{full}'.");
        }
        catch (Exception error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException
            or ProviderNotFoundException or NotSupportedException or PSArgumentException or WildcardPatternException)
        {
            throw new GradException("PathNotFound", $"There is no file '{path}': {error.Message}", error);
        }
    }

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="GradException">It can't be read (id <c>ReadFailed</c>).</exception>
    public static byte[] ReadBytes(string fullPath) => Guard(fullPath, () => File.ReadAllBytes(fullPath));

    /// <summary>A reader of a text file, UTF-8 unless a byte order mark says otherwise.</summary>
    /// <exception cref="GradException">It can't be read (id <c>ReadFailed</c>).</exception>
    public static StreamReader OpenText(string fullPath) => Guard(fullPath, () => new StreamReader(fullPath));

    /// <summary>What is said of a file that turns out not to be readable.</summary>
    public static GradException ReadFailed(string fullPath, Exception cause) =>
        new("ReadFailed", $"'{fullPath}' could not be read: {cause.Message}", cause);

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            throw ReadFailed(path, error);
        }
    }
}
