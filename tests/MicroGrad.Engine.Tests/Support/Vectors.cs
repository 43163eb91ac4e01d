using MicroGrad.Compilation;

namespace MicroGrad.Engine.Tests;

/// <summary>The widths of vectors that this processor has; two lanes everywhere.</summary>
internal static class Vectors
{
    public static int[] Lanes => [.. new[] { 2, 4, 8 }.Where(lanes => lanes <= LaneVector.Widest.Lanes)];

    public static LaneVector Of(int lanes) => lanes switch
    {
        2 => LaneVector.V128,
        4 => LaneVector.V256,
        _ => LaneVector.V512,
    };
}
