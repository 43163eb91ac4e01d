using System.Management.Automation;
using System.Text;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Files;

/// <summary>
/// A file to write: a plain file, by a path of the session without wildcards. Symbolic links are followed, so that the link
/// stays and its target changes. Mode and owner of an existing file stay; its other names (hard links) keep the old
/// content.
/// </summary>
internal sealed class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly WholeFile _file;

    private OutputFile(string fullPath, string target, WholeFile file)
    {
        FullPath = fullPath;
        Target = target;
        _file = file;
    }

    /// <summary>The full path, as it was given.</summary>
    public string FullPath { get; }

    /// <summary>The file itself, with all links followed.</summary>
    /// <remarks>.NET says that a link exists even where its target does not.</remarks>
    public string Target { get; }

    /// <summary>Resolves a path to write to. The file need not exist; its folder must.</summary>
    /// <param name="cmdlet">The cmdlet, whose session resolves the path.</param>
    /// <param name="path">The path; no character in it is a wildcard.</param>
    /// <param name="force">Whether a file may be replaced, a read-only one too.</param>
    /// <exception cref="GradException">
    /// The path is no plain file's, its folder is missing, or it exists and must not be replaced (ids
    /// <c>NotAFilePath</c>, <c>PathNotFound</c>, <c>FileExists</c>).
    /// </exception>
    public static OutputFile Resolve(PSCmdlet cmdlet, string path, bool force)
    {
        var file = Find(cmdlet, path, out var exists);
        return force || !exists
            ? file
            : throw new GradException("FileExists", $"'{file.FullPath}' exists already.");
    }

    /// <summary>Resolves a path that is written to repeatedly: an earlier file is replaced, unless it is read-only.</summary>
    /// <inheritdoc cref="Resolve"/>
    /// <exception cref="GradException">Those of <see cref="Resolve"/>, or nothing can be written there (id <c>WriteFailed</c>).</exception>
    public static OutputFile ResolveForRewriting(PSCmdlet cmdlet, string path, bool force)
    {
        var file = Find(cmdlet, path, out var exists);
        if (exists && !force && file._file.IsReadOnly)
        {
            throw new GradException("FileExists", $"'{file.FullPath}' exists already, and is read-only.");
        }

        file._file.TryOut();
        return file;
    }

    /// <summary>The bytes of a text: UTF-8 without a byte order mark.</summary>
    public static byte[] Encode(string text) => Utf8.GetBytes(text);

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="GradException">The file system refuses (id <c>WriteFailed</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the file is as it was.</exception>
    public void Write(byte[] content, CancellationToken stop) => _file.Write(content, stop);

    /// <summary>Writes the file if the user agrees, and emits it where asked to.</summary>
    /// <param name="cmdlet">The cmdlet, which asks.</param>
    /// <param name="action">What is done, such as "Write model".</param>
    /// <param name="content">Makes the content.</param>
    /// <param name="passThru">Whether to emit the file.</param>
    /// <exception cref="GradException">The file system refuses (id <c>WriteFailed</c>).</exception>
    /// <exception cref="OperationCanceledException">The cmdlet was stopped; the file is as it was.</exception>
    public void Write(CancellableCommand cmdlet, string action, Func<byte[]> content, bool passThru)
    {
        if (!cmdlet.ShouldProcess(VisibleText.Of(FullPath), action))
        {
            return;
        }

        Write(content(), cmdlet.StopToken);
        if (passThru)
        {
            cmdlet.WriteObject(new FileInfo(FullPath));
        }
    }

    private static OutputFile Find(PSCmdlet cmdlet, string path, out bool exists)
    {
        var full = ToFullPath(cmdlet, path);
        var target = FollowLinks(full);
        var entry = FileEntry.Find(cmdlet, target);
        exists = entry is not null;
        if (entry?.Kind is { } kind)
        {
            throw new GradException("NotAFilePath", $"'{full}' is a {kind}; name a file{(kind == "folder" ? " in it" : "")}.");
        }

        if (Path.GetDirectoryName(target) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new GradException("PathNotFound", $"The folder '{folder}' does not exist; make it first.");
        }

        return new OutputFile(full, target, new WholeFile(target, entry?.Owner));
    }

    private static string ToFullPath(PSCmdlet cmdlet, string path)
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

    /// <summary>The target of links, which need not exist yet.</summary>
    /// <exception cref="GradException">The links are a circle (id <c>WriteFailed</c>).</exception>
    private static string FollowLinks(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException error) when (new FileInfo(path).LinkTarget is not null)
        {
            throw new GradException("WriteFailed", $"'{path}' could not be written: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // There is no file yet, or writing will report what is wrong.
            return path;
        }
    }
}
