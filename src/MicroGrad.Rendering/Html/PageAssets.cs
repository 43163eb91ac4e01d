using MicroGrad.Exports;

namespace MicroGrad.Rendering.Html;

/// <summary>Scripts and styles of pages: files in the assembly, and a script that the engine writes.</summary>
internal static class PageAssets
{
    /// <summary>The tables of activations and losses, as the engine has them.</summary>
    public const string Formulas = "formulas.js";

    public static string Read(string name)
    {
        if (name == Formulas)
        {
            return JavaScriptFormulas.Write();
        }

        var assembly = typeof(PageAssets).Assembly;
        using var stream = assembly.GetManifestResourceStream($"MicroGrad.Rendering.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing from {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
