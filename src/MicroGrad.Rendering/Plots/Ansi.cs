namespace MicroGrad.Rendering.Plots;

/// <summary>Terminal colours, the same series as in drawings: blue, orange, green, pink, yellow, violet, cyan, lime, brown, grey.</summary>
internal static class Ansi
{
    public const string Reset = "\u001b[0m";

    private static readonly int[] Ink = [75, 208, 42, 205, 220, 141, 45, 148, 137, 250];
    private static readonly int[] Ground = [24, 94, 22, 89, 58, 54, 30, 64, 52, 238];

    /// <summary>How many colours there are; the next series begins with the first again.</summary>
    public static int SeriesCount => Ink.Length;

    public static string Paint(string text, int series, bool useColor) =>
        useColor ? FormattableString.Invariant($"\u001b[38;5;{Ink[series % Ink.Length]}m{text}{Reset}") : text;

    /// <summary>Text on the dark background of one series, in the colour of another or in none.</summary>
    public static string PaintOn(string text, int? ink, int ground) => ink is { } i
        ? FormattableString.Invariant($"\u001b[48;5;{Ground[ground % Ink.Length]}m\u001b[38;5;{Ink[i % Ink.Length]}m{text}{Reset}")
        : FormattableString.Invariant($"\u001b[48;5;{Ground[ground % Ink.Length]}m{text}{Reset}");
}
