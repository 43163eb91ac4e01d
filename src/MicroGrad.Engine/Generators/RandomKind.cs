using System.Numerics;

namespace MicroGrad;

/// <summary>A generator whose draws can be repeated, seed for seed.</summary>
public enum RandomKind
{
    /// <summary>Python's random module.</summary>
    Python,

    /// <summary>NumPy's legacy RandomState, which numpy.random.seed seeds.</summary>
    NumPy,

    /// <summary>The xorshift* generator of EurekaLabs' micrograd.</summary>
    EurekaLabs,
}

/// <summary>The generator behind each name.</summary>
internal static class RandomKinds
{
    public static IRandomSource Create(this RandomKind kind, BigInteger seed) => kind switch
    {
        RandomKind.Python => new PythonRandom(seed),
        RandomKind.NumPy => new NumPyRandom(seed),
        RandomKind.EurekaLabs => new XorShiftStar(seed),
        _ => throw new GradException(
            "UnknownRandomKind", $"There is no generator '{kind}'; choose one of {string.Join(", ", Enum.GetNames<RandomKind>())}."),
    };
}
