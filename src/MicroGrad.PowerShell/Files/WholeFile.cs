using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Files;

/// <summary>
/// Writes a file whole or not at all: to a temporary file beside it, which then takes its name. A reader always finds the
/// old file or the new one, even if the process dies.
/// </summary>
/// <param name="path">The full path of the file; no link.</param>
/// <param name="owner">The user and the group that own the existing file, or null.</param>
/// <remarks>
/// In two cases a file can't take the name of the old one: the old one is mounted by itself (a single file of a container), or
/// it belongs to another user and would become this user's. Then its content is replaced in place, once the temporary file is whole.
/// </remarks>
internal sealed class WholeFile(string path, (int User, int Group)? owner)
{
    // EBUSY on Linux and macOS, which .NET gives as a number.
    private const int Busy = 16;

    // The longest name that file systems allow, in bytes.
    private const int LongestName = 255;
    private const int RandomLength = 8;

    // A stop takes effect between two blocks.
    private const int BlockLength = 1 << 22;
    private const string Extension = ".tmp";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string _folder = Path.GetDirectoryName(path) ?? string.Empty;
    private readonly string _stem = StemOf(Path.GetFileName(path));
    private bool _isTidy;

    /// <summary>Whether the file exists and can't be written to.</summary>
    public bool IsReadOnly => File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly);

    /// <summary>Checks that files can be written to the folder.</summary>
    /// <exception cref="GradException">They can't (id <c>WriteFailed</c>).</exception>
    public void TryOut()
    {
        RemoveLeftovers();
        WithTemporary((_, _) => { });
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="GradException">The file system refuses (id <c>WriteFailed</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the file took its name; the old one stays.</exception>
    public void Write(byte[] content, CancellationToken stop)
    {
        RemoveLeftovers();
        WithTemporary((temporary, name) =>
        {
            for (var start = 0; start < content.Length; start += BlockLength)
            {
                stop.ThrowIfCancellationRequested();
                temporary.Write(content.AsSpan(start, Math.Min(BlockLength, content.Length - start)));
            }

            // Flushed to the disk before it takes the target's name, so that the name never points at a part of the file.
            Stoppable.Run(() => Flush(temporary), stop);
            if (!TryGiveAttributes(name) || !TryReplace(name))
            {
                Overwrite(content);
            }
        });
    }

    /// <summary>How the names of temporary files begin: with the target's name, cut where they would be too long for a file system.</summary>
    private static string StemOf(string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > LongestName - Extension.Length - RandomLength - 1)
        {
            name = name[..^1];
        }

        return name + ".";
    }

    private void WithTemporary(Action<FileStream, string> use)
    {
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomLength / 2));
        var name = Path.Combine(_folder, _stem + random + Extension);
        try
        {
            // Shared, so that it can be renamed on Windows; locked, so that no other process takes it for a leftover.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete };
            if (!OperatingSystem.IsWindows() && File.Exists(path))
            {
                options.UnixCreateMode = File.GetUnixFileMode(path) | UnixFileMode.UserWrite;
            }

            using var temporary = new FileStream(name, options);
            use(temporary, name);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new GradException("WriteFailed", $"'{path}' could not be written: {error.Message}", error);
        }
        finally
        {
            TryDelete(name);
        }
    }

    private static bool Flush(FileStream file)
    {
        file.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>Gives a temporary file the mode and the owner of the file that it replaces.</summary>
    private bool TryGiveAttributes(string temporary)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return true;
        }

        if (owner is { } old && ChangeOwner(Encoding.UTF8.GetBytes(temporary + "\0"), old.User, old.Group) != 0)
        {
            return false;
        }

        File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        return true;
    }

    private bool TryReplace(string temporary)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (IOException error) when (error.HResult == Busy)
        {
            return false;
        }
    }

    private void Overwrite(byte[] content)
    {
        using var file = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.None);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Removes leftovers of killed processes: temporary files that no process holds open.</summary>
    private void RemoveLeftovers()
    {
        if (_isTidy)
        {
            return;
        }

        _isTidy = true;
        try
        {
            foreach (var file in Directory.EnumerateFiles(_folder, "*" + Extension))
            {
                if (IsTemporary(Path.GetFileName(file)) && IsAbandoned(file))
                {
                    TryDelete(file);
                }
            }
        }
        catch (Exception error) when (IsRefusal(error))
        {
            // An error of the folder is reported when the file is written.
        }
    }

    private bool IsTemporary(string name) =>
        name.Length == _stem.Length + RandomLength + Extension.Length
        && name.StartsWith(_stem, StringComparison.Ordinal)
        && name.AsSpan(_stem.Length, RandomLength).IndexOfAnyExcept(HexDigits) < 0;

    private static bool IsAbandoned(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
            return true;
        }
        catch (Exception error) when (IsRefusal(error))
        {
            return false;
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            // The file has gone with its folder, or the next write removes it.
        }
    }

    private static bool IsRefusal(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    [DllImport("libc", EntryPoint = "chown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, int user, int group);
}
