using System.Management.Automation;

namespace MicroGrad.PowerShell.Files;

/// <summary>An entry of the file system: its kind and its owner.</summary>
/// <param name="Kind">The kind in the words of a message, such as "named pipe"; null for a plain file.</param>
/// <param name="Owner">The user and the group that own it; null on Windows.</param>
internal sealed record FileEntry(string? Kind, (int User, int Group)? Owner)
{
    /// <summary>The entry at a path, links followed; null where there is none.</summary>
    /// <remarks>.NET only tells folders from files; PowerShell also reads the kind from Unix.</remarks>
    public static FileEntry? Find(PSCmdlet cmdlet, string fullPath)
    {
        if (Directory.Exists(fullPath))
        {
            return new FileEntry("folder", Owner: null);
        }

        if (!File.Exists(fullPath))
        {
            return null;
        }

        var item = cmdlet.InvokeProvider.Item.Get([fullPath], force: true, literalPath: true).FirstOrDefault();
        if (item?.Properties["UnixStat"]?.Value is not { } stat)
        {
            return new FileEntry(Kind: null, Owner: null);
        }

        var properties = PSObject.AsPSObject(stat).Properties;
        var kind = $"{properties["ItemType"]?.Value}" switch
        {
            "CharacterDevice" or "BlockDevice" => "device",
            "NamedPipe" => "named pipe",
            "Socket" => "socket",
            _ => null,
        };
        return new FileEntry(
            kind,
            properties["UserId"]?.Value is int user && properties["GroupId"]?.Value is int group ? (user, group) : null);
    }
}
