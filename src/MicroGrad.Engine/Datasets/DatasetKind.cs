namespace MicroGrad;

/// <summary>A data set made by a formula and a seed.</summary>
public enum DatasetKind
{
    /// <summary>Two interleaving half circles, as scikit-learn's make_moons.</summary>
    Moons,

    /// <summary>A circle in a circle, as scikit-learn's make_circles.</summary>
    Circles,

    /// <summary>Three round clouds, as scikit-learn's make_blobs.</summary>
    Blobs,

    /// <summary>Three spiral arms.</summary>
    Spiral,

    /// <summary>The truth table of exclusive or.</summary>
    Xor,

    /// <summary>The halves and the dots of the yin and yang sign, as EurekaLabs' micrograd draws them.</summary>
    YinYang,

    /// <summary>The four samples of the lecture.</summary>
    Lecture,
}
