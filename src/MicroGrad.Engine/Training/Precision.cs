namespace MicroGrad;

/// <summary>What a training computes in.</summary>
public enum Precision
{
    /// <summary>64 bits, about 16 digits: as exact as the scalar graph.</summary>
    Double,

    /// <summary>32 bits, about 7 digits: about twice as fast. The model's parameters get the widened numbers.</summary>
    Single,
}
