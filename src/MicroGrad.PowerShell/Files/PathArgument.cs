namespace MicroGrad.PowerShell.Files;

/// <summary>A path to read from, given as -Path or -LiteralPath.</summary>
/// <param name="Text">The path as it was given.</param>
/// <param name="IsLiteral">Whether wildcards in it are ordinary characters.</param>
internal readonly record struct PathArgument(string Text, bool IsLiteral)
{
    /// <summary>What -Path was given.</summary>
    public static PathArgument[] Patterns(params string[] texts) => Array.ConvertAll(texts, text => new PathArgument(text, IsLiteral: false));

    /// <summary>What -LiteralPath was given.</summary>
    public static PathArgument[] Literals(params string[] texts) => Array.ConvertAll(texts, text => new PathArgument(text, IsLiteral: true));

    /// <summary>The paths as they were given.</summary>
    public static string[] Texts(PathArgument[] paths) => Array.ConvertAll(paths, path => path.Text);
}
