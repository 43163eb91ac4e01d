namespace MicroGrad.Generators;

/// <summary>The errors of all generators about their arguments.</summary>
internal static class Seeds
{
    public static GradException Invalid(object seed, string expected) =>
        new("InvalidSeed", FormattableString.Invariant($"The seed is {seed}; give {expected}."));

    public static void CheckBound(int bound)
    {
        if (bound < 1)
        {
            throw new GradException("InvalidCount", $"There are {bound} integers to draw from; give at least 1.");
        }
    }
}
