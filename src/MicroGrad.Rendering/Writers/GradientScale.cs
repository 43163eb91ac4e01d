namespace MicroGrad.Rendering;

/// <summary>
/// Colours by sign and size of a gradient: blue where more input means more output, orange where it means less; pink where
/// it is no number.
/// </summary>
internal sealed class GradientScale
{
    private readonly double _largest;

    private GradientScale(double largest) => _largest = largest;

    public static GradientScale Of(GraphSnapshot graph)
    {
        var largest = 0.0;
        foreach (var node in graph.Nodes)
        {
            largest = double.IsFinite(node.Grad) ? Math.Max(largest, Math.Abs(node.Grad)) : largest;
        }

        return new GradientScale(largest);
    }

    /// <summary>How strong the colour is, from 0 to 1. The root keeps small gradients visible beside large ones.</summary>
    public double Strength(double gradient) =>
        !double.IsFinite(gradient) ? 1 : _largest > 0 ? Math.Sqrt(Math.Abs(gradient) / _largest) : 0;

    /// <summary>The colour on white, as #rrggbb.</summary>
    public string Color(double gradient)
    {
        var (r, g, b) = double.IsNaN(gradient) ? (244, 114, 182) : gradient < 0 ? (251, 146, 60) : (96, 165, 250);
        var strength = Strength(gradient);
        return FormattableString.Invariant($"#{Mix(r):x2}{Mix(g):x2}{Mix(b):x2}");

        int Mix(int channel) => (int)Math.Round(255 + ((channel - 255) * strength));
    }
}
