using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>
/// Colours by sign and size of a gradient: blue where more input means more output, orange where it means less; pink where
/// it is NaN.
/// </summary>
internal sealed class GradientScale
{
    private GradientScale(double largest) => Largest = largest;

    /// <summary>The meaning of the colours: classes of a drawing's styles, and words.</summary>
    public static IReadOnlyList<(string Kind, string Name)> Legend { get; } =
        [("plus", "grad above 0"), ("minus", "below 0"), ("nan", "NaN")];

    /// <summary>The width that the legend of a drawing takes.</summary>
    public static double LegendWidth { get; } =
        (2 * SvgText.Margin) + Legend.Sum(entry => 44 + (entry.Name.Length * SvgText.CharacterWidth)) + (29 * SvgText.CharacterWidth);

    /// <summary>The size of the largest finite gradient, whose colour is the strongest.</summary>
    public double Largest { get; }

    public static GradientScale Of(GraphSnapshot graph)
    {
        var largest = 0.0;
        foreach (var node in graph.Nodes)
        {
            largest = double.IsFinite(node.Grad) ? Math.Max(largest, Math.Abs(node.Grad)) : largest;
        }

        return new GradientScale(largest);
    }

    /// <summary>The strength of the colour, from 0 to 1. A square root keeps small gradients visible beside large ones.</summary>
    public double Strength(double gradient) =>
        !double.IsFinite(gradient) ? 1 : Largest > 0 ? Math.Sqrt(Math.Abs(gradient) / Largest) : 0;

    /// <summary>The meaning of the colours in a sentence, for drawings without a legend of their own.</summary>
    public string Describe(int precision) =>
        $"Colours: blue where grad is above 0, orange below, pink for NaN; strongest at |grad| {NumberText.Rounded(Largest, precision)}.";

    /// <summary>The colour on white, as #rrggbb.</summary>
    public string Color(double gradient)
    {
        var (r, g, b) = double.IsNaN(gradient) ? (244, 114, 182) : gradient < 0 ? (251, 146, 60) : (96, 165, 250);
        var strength = Strength(gradient);
        return FormattableString.Invariant($"#{Mix(r):x2}{Mix(g):x2}{Mix(b):x2}");

        int Mix(int channel) => (int)Math.Round(255 + ((channel - 255) * strength));
    }
}
