using System.Management.Automation;
using System.Text;

namespace MicroGrad.PowerShell.Files;

/// <summary>Resolves -Path and -LiteralPath through the session, and writes files whole or not at all.</summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The full path that a file is to be written to. It need not exist; its folder must.</summary>
    /// <exception cref="GradException">
    /// The path is on another provider, its folder is missing, or it exists and must not be replaced (ids
    /// <c>NotAFilePath</c>, <c>PathNotFound</c>, <c>FileExists</c>).
    /// </exception>
    public static string ResolveForWriting(PSCmdlet cmdlet, string path, bool force)
    {
        var full = Resolve(cmdlet, path);
        if (Directory.Exists(full))
        {
            throw new GradException("NotAFilePath", $"'{full}' is a folder; name a file in it.");
        }

        if (Path.GetDirectoryName(full) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new GradException("PathNotFound", $"The folder '{folder}' does not exist; make it first.");
        }

        return force || !File.Exists(full)
            ? full
            : throw new GradException("FileExists", $"'{full}' exists already. Use -Force to replace it, or choose another name.");
    }

    /// <summary>Writes text, UTF-8 without a byte order mark, whole or not at all.</summary>
    /// <exception cref="GradException">As of <see cref="WriteWhole(string, byte[])"/>.</exception>
    public static void WriteWhole(string fullPath, string text) => WriteWhole(fullPath, Utf8.GetBytes(text));

    /// <summary>
    /// Writes to a file beside the target, then puts that in the target's place: whoever looks, and whenever the process
    /// dies, finds the old file or the new one.
    /// </summary>
    /// <exception cref="GradException">The file system refuses (id <c>WriteFailed</c>).</exception>
    public static void WriteWhole(string fullPath, byte[] content)
    {
        // A short name of its own: no neighbour is touched, and the target's may be as long as the file system allows.
        var temporary = Path.Combine(Path.GetDirectoryName(fullPath) ?? string.Empty, $"{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);

                // On the disk before it takes the target's name: so that the name never points at less than the whole.
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, fullPath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            File.Delete(temporary);
            throw new GradException("WriteFailed", $"'{fullPath}' could not be written: {error.Message}", error);
        }
    }

    private static string Resolve(PSCmdlet cmdlet, string path)
    {
        string full;
        ProviderInfo provider;
        try
        {
            full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException
            or ProviderNotFoundException or NotSupportedException or PSArgumentException)
        {
            throw new GradException("PathNotFound", $"'{path}' is no usable path: {error.Message}", error);
        }

        return provider.Name == "FileSystem"
            ? full
            : throw new GradException(
                "NotAFilePath",
                $"'{path}' is on the {provider.Name} provider, and files can only be written to the file system. Give a path such as ./graph.dot.");
    }
}
