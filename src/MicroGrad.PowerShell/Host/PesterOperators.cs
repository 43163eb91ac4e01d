using System.Management.Automation;

namespace MicroGrad.PowerShell.Host;

/// <summary>
/// Gives Pester's Should the operators of this module, where Pester is loaded when the module is imported. Later,
/// <c>Import-Module MicroGrad -Force</c> does it too.
/// </summary>
public sealed class PesterOperators : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        if (ScriptBlock.Create("Microsoft.PowerShell.Core\\Get-Module Pester").Invoke().Count == 0)
        {
            return;
        }

        var folder = Path.GetDirectoryName(typeof(PesterOperators).Assembly.Location) ?? string.Empty;
        using var register = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            register.AddCommand(Path.Combine(folder, "MicroGrad.Assertions.ps1"), useLocalScope: true).Invoke();
        }
        catch (RuntimeException error)
        {
            // The module is useful without them, so that an old Pester, or one that takes no more operators, is no error.
            using var tell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            tell.AddCommand("Microsoft.PowerShell.Utility\\Write-Warning")
                .AddParameter("Message", $"Should has no -HaveGradient and -BeApproximately: {error.Message}")
                .Invoke();
        }
    }
}
