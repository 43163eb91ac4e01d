namespace MicroGrad.Training;

/// <summary>How the options of a training are refused: one sentence of one form.</summary>
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
