namespace MicroGrad.PowerShell.Files;

/// <summary>Which format a file's extension stands for: one table for models, pictures and plots.</summary>
/// <typeparam name="T">The formats.</typeparam>
internal sealed class FileFormats<T>
    where T : struct, Enum
{
    private readonly string _what;
    private readonly (string Extension, T Format)[] _rows;

    /// <param name="what">What the files hold, as messages call it.</param>
    /// <param name="rows">Extensions with their point, and formats; the first of a format is the usual one.</param>
    public FileFormats(string what, params (string Extension, T Format)[] rows)
    {
        _what = what;
        _rows = rows;
    }

    /// <summary>The extensions, in the order of the table.</summary>
    public IEnumerable<string> Extensions => _rows.Select(row => row.Extension);

    /// <summary>The format that a file's extension stands for, or null.</summary>
    public T? Find(string path)
    {
        foreach (var (known, format) in _rows)
        {
            if (known.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The format that a file's extension stands for, whatever its case.</summary>
    /// <exception cref="GradException">It stands for no format (id <c>UnknownFormat</c>).</exception>
    public T Of(string path)
    {
        if (Find(path) is { } format)
        {
            return format;
        }

        var extension = Path.GetExtension(path);
        var given = extension.Length == 0 ? $"'{Path.GetFileName(path)}' has no extension" : $"The extension '{extension}' stands for no format";
        throw new GradException("UnknownFormat", $"{given} of a {_what}; end the name in {string.Join(", ", Extensions)}.");
    }
}

/// <summary>The tables of extensions.</summary>
internal static class FileFormats
{
    /// <summary>Models.</summary>
    public static readonly FileFormats<ModelFormat> Models = new(
        "model",
        (".json", ModelFormat.Json),
        (".safetensors", ModelFormat.Safetensors),
        (".onnx", ModelFormat.Onnx),
        (".ps1", ModelFormat.PowerShell),
        (".cs", ModelFormat.CSharp),
        (".js", ModelFormat.JavaScript),
        (".py", ModelFormat.Python),
        (".html", ModelFormat.Report),
        (".htm", ModelFormat.Report));

    /// <summary>Matrices of values.</summary>
    public static readonly FileFormats<ModelFormat> Matrices = new("file of matrices", (".safetensors", ModelFormat.Safetensors));

    /// <summary>Pages in which a model trains.</summary>
    public static readonly FileFormats<PictureFormat> Playgrounds = new("playground", (".html", PictureFormat.Html), (".htm", PictureFormat.Html));

    /// <summary>Pictures of graphs and networks.</summary>
    public static readonly FileFormats<PictureFormat> Pictures = new(
        "picture",
        (".svg", PictureFormat.Svg),
        (".html", PictureFormat.Html),
        (".htm", PictureFormat.Html),
        (".png", PictureFormat.Png),
        (".pdf", PictureFormat.Pdf),
        (".dot", PictureFormat.Dot),
        (".gv", PictureFormat.Dot),
        (".mmd", PictureFormat.Mermaid),
        (".mermaid", PictureFormat.Mermaid),
        (".json", PictureFormat.Json));

    /// <summary>Plots.</summary>
    public static readonly FileFormats<PlotFileFormat> Plots = new(
        "plot",
        (".svg", PlotFileFormat.Svg),
        (".html", PlotFileFormat.Html),
        (".htm", PlotFileFormat.Html),
        (".png", PlotFileFormat.Png),
        (".pdf", PlotFileFormat.Pdf));
}
