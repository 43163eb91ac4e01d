using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>Calls script blocks that compute with values.</summary>
internal static class ScriptCall
{
    /// <summary>The value that a script block gives.</summary>
    /// <param name="script">The script block.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="failed">The error where the script block fails.</param>
    /// <param name="notOneValue">The error where it gives anything but one value, which the text describes.</param>
    public static GradValue Value(
        ScriptBlock script, object[] arguments, Func<RuntimeException, GradException> failed, Func<string, GradException> notOneValue)
    {
        Collection<PSObject> results;
        try
        {
            results = script.Invoke(arguments);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw failed(error);
        }

        return results is [{ BaseObject: GradValue value }] ? value : throw notOneValue(results.Count switch
        {
            0 => "nothing",
            1 => $"'{results[0]}' ({results[0]?.BaseObject.GetType().Name ?? "null"})",
            var count => $"{count} objects",
        });
    }
}
