using System.Runtime.CompilerServices;
using Xunit;

namespace MicroGrad.Rendering.Tests;

/// <summary>
/// Files that hold what a writer should write. To take over a change on purpose, run the tests with
/// MICROGRAD_UPDATE_GOLDEN=1 and look at the difference.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual, [CallerFilePath] string testFile = "")
    {
        if (Environment.GetEnvironmentVariable("MICROGRAD_UPDATE_GOLDEN") == "1")
        {
            var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden");
            File.WriteAllText(Path.Combine(folder, name), actual);
            return;
        }

        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));
        Assert.Equal(expected.ReplaceLineEndings("\n"), actual);
    }
}
