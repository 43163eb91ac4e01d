using MicroGrad.Exports;

namespace MicroGrad.Rendering.Html;

/// <summary>Scripts and styles of pages: files of their own, built into the assembly, and what the engine writes as a script.</summary>
internal static class PageAssets
{
    /// <summary>The table of activations, as the engine has them.</summary>
    public const string Activations = "activations.js";

    public static string Read(string name)
    {
        if (name == Activations)
        {
            return JavaScriptActivations.Write();
        }

        var assembly = typeof(PageAssets).Assembly;
        using var stream = assembly.GetManifestResourceStream($"MicroGrad.Rendering.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing from {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
