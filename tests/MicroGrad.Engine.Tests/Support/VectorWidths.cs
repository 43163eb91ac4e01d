using MicroGrad.Compilation;

namespace MicroGrad.Engine.Tests;

/// <summary>The widths of vectors that this processor has; two lanes everywhere.</summary>
internal static class VectorWidths
{
    public static int[] Lanes => [.. new[] { 2, 4, 8 }.Where(lanes => lanes <= VectorWidth.Widest.Lanes)];

    public static VectorWidth Of(int lanes) => lanes switch
    {
        2 => VectorWidth.V128,
        4 => VectorWidth.V256,
        _ => VectorWidth.V512,
    };
}
