namespace MicroGrad.Rendering.Plots;

/// <summary>Terminal colours, the same series as in drawings: blue, orange, green, pink, yellow, violet, cyan, lime, brown, grey.</summary>
internal static class Ansi
{
    public const string Reset = "\u001b[0m";

    private static readonly int[] s_ink = [75, 208, 42, 205, 220, 141, 45, 148, 137, 250];
    private static readonly int[] s_ground = [24, 94, 22, 89, 58, 54, 30, 64, 52, 238];

    /// <summary>How many colours there are; the next series begins with the first again.</summary>
    public static int SeriesCount => s_ink.Length;

    public static string Paint(string text, int series, bool useColor) =>
        useColor ? FormattableString.Invariant($"\u001b[38;5;{s_ink[series % s_ink.Length]}m{text}{Reset}") : text;

    /// <summary>Text on the dark ground of one series, in the ink of another or in none.</summary>
    public static string PaintOn(string text, int? ink, int ground) => ink is { } i
        ? FormattableString.Invariant($"\u001b[48;5;{s_ground[ground % s_ink.Length]}m\u001b[38;5;{s_ink[i % s_ink.Length]}m{text}{Reset}")
        : FormattableString.Invariant($"\u001b[48;5;{s_ground[ground % s_ink.Length]}m{text}{Reset}");
}
