using System.Management.Automation;

namespace MicroGrad.PowerShell.Files;

/// <summary>Resolves paths to read from through the session, and opens files.</summary>
internal static class InputFile
{
    // The most bytes of a file without a length, such as a pipe or a device, which may have no end.
    private const int LongestWithoutLength = 100_000_000;
    private const int BlockLength = 1 << 20;

    // The growth of the distance between checks, so that all checks together cost little more than one.
    private const int Growth = 4;

    /// <summary>
    /// The one file that a path means. A file of exactly this name comes first; else the pattern must match one.
    /// </summary>
    /// <exception cref="GradException">There is none, or it is no file (ids <c>PathNotFound</c>, <c>NotAFilePath</c>).</exception>
    public static string Resolve(PSCmdlet cmdlet, PathArgument path)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path.Text, out var provider, out _);
            if (!path.IsLiteral && !(provider.Name == "FileSystem" && File.Exists(full)))
            {
                var matches = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path.Text, out provider);
                full = matches.Count == 1
                    ? matches[0]
                    : throw new GradException("PathNotFound", $"'{path.Text}' matches {matches.Count} files; give one.");
            }

            if (provider.Name != "FileSystem")
            {
                throw new GradException(
                    "NotAFilePath", $"'{path.Text}' is on the {provider.Name} provider; give a path of the file system.");
            }

            return File.Exists(full) ? full : throw new GradException("PathNotFound", $"There is no file '{full}'.");
        }
        catch (Exception error) when (error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException
            or ProviderNotFoundException or NotSupportedException or PSArgumentException or WildcardPatternException)
        {
            throw new GradException("PathNotFound", $"There is no file '{path.Text}': {error.Message}", error);
        }
    }

    /// <summary>All bytes of a file.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="check">Gets the first block, and may refuse the file before all of it is read.</param>
    /// <param name="stop">Cancels the reading.</param>
    /// <exception cref="GradException">It can't be read (id <c>ReadFailed</c>), or the check refuses it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] ReadBytes(string fullPath, Action<ReadOnlySpan<byte>> check, CancellationToken stop) => Guard(fullPath, () =>
    {
        using var file = StoppableStream.Open(fullPath, stop);
        if (file.Length >= Array.MaxLength)
        {
            throw new IOException($"its {file.Length} bytes are more than this module reads.");
        }

        var longest = (int)Math.Max(file.Length, LongestWithoutLength);
        var content = new byte[BlockLength];
        var count = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        check(content.AsSpan(0, count));
        while (count == content.Length)
        {
            if (count > longest)
            {
                throw new IOException($"it goes on after {count} bytes.");
            }

            // One byte more than the file is long shows its end.
            Array.Resize(ref content, (int)Math.Min(Growth * (long)count, longest) + 1);
            count += file.ReadAtLeast(content.AsSpan(count), content.Length - count, throwOnEndOfStream: false);
            check(content.AsSpan(0, count));
        }

        return content[..count];
    });

    /// <summary>The first block of a file, at most.</summary>
    /// <exception cref="GradException">It can't be read (id <c>ReadFailed</c>).</exception>
    public static byte[] ReadBeginning(string fullPath) => Guard(fullPath, () =>
    {
        using var file = File.OpenRead(fullPath);
        var block = new byte[Math.Min(file.Length, BlockLength)];
        return block[..file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)];
    });

    /// <summary>A file to read block by block.</summary>
    /// <exception cref="GradException">It can't be read (id <c>ReadFailed</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. Reading also ends in this way.</exception>
    public static Stream OpenStream(string fullPath, CancellationToken stop) => Guard(fullPath, () => StoppableStream.Open(fullPath, stop));

    /// <summary>The error for a file that can't be read.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="cause">What the system says.</param>
    /// <param name="rowCount">How many of its rows could be read.</param>
    public static GradException ReadFailed(string fullPath, Exception cause, long rowCount = 0) =>
        new("ReadFailed", $"'{fullPath}' could not be read{(rowCount > 0 ? $" beyond row {rowCount}" : string.Empty)}: {cause.Message}", cause);

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
