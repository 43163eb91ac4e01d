namespace MicroGrad;

/// <summary>The background of a drawing in a PNG or PDF.</summary>
public enum PictureBackground
{
    /// <summary>White paper.</summary>
    White,

    /// <summary>Transparent.</summary>
    Transparent,
}
