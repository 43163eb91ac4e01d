namespace MicroGrad;

/// <summary>Where a drawing's arrows point.</summary>
public enum GraphDirection
{
    /// <summary>Inputs at the left, the root at the right.</summary>
    LeftToRight,

    /// <summary>Inputs at the top, the root at the bottom.</summary>
    TopToBottom,
}
