using System.Management.Automation;
using System.Management.Automation.Host;

namespace MicroGrad.PowerShell.Host;

/// <summary>What the host's screen can do. A host without a screen is 80 columns wide, without colour.</summary>
internal sealed class HostTerminal
{
    /// <summary>The columns of text where nothing else is known or asked for.</summary>
    public const int UsualWidth = 80;

    private readonly PSHostUserInterface? _screen;

    public HostTerminal(PSCmdlet cmdlet)
    {
        // Other hosts do not show their output in the console of their process.
        var isRedirected = cmdlet.Host.Name == "ConsoleHost" && Console.IsOutputRedirected;
        _screen = cmdlet.Host.UI is { SupportsVirtualTerminal: true } screen && !isRedirected ? screen : null;
        var size = _screen is null ? default : SizeOf(_screen);
        (Width, Height) = (size.Width > 0 ? size.Width : UsualWidth, size.Height);

        var style = cmdlet.SessionState.PSVariable.GetValue("PSStyle");
        var rendering = style is null ? null : PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value;
        UsesColor = _screen is not null
            && $"{rendering}" != "PlainText"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    /// <summary>The columns of the screen; 80 where there is none.</summary>
    public int Width { get; }

    /// <summary>The lines of the screen; 0 where that is not known.</summary>
    public int Height { get; }

    /// <summary>Whether text is to be coloured.</summary>
    public bool UsesColor { get; }

    /// <summary>A screen that understands escape sequences; null where there is none.</summary>
    public PSHostUserInterface? Screen => _screen;

    private static Size SizeOf(PSHostUserInterface screen)
    {
        try
        {
            return screen.RawUI?.WindowSize ?? default;
        }
        catch (Exception error) when (error is HostException or NotImplementedException or InvalidOperationException or IOException)
        {
            return default;
        }
    }
}
