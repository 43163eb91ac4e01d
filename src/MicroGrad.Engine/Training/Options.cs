namespace MicroGrad.Training;

/// <summary>Refuses options out of range, in one form of sentence.</summary>
internal static class Options
{
    public static void Require(bool holds, string errorId, string name, double given, string expected)
    {
        if (!holds)
        {
            throw new GradException(errorId, FormattableString.Invariant($"The {name} is {given}; give {expected}."));
        }
    }
}
