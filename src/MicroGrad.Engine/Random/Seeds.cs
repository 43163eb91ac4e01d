namespace MicroGrad.Random;

/// <summary>What all generators say of a seed that they cannot take.</summary>
internal static class Seeds
{
    public static GradException Invalid(object seed, string expected) =>
        new("InvalidSeed", FormattableString.Invariant($"The seed is {seed}; give {expected}."));
}
