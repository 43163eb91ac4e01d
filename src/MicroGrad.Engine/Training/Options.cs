namespace MicroGrad.Training;

/// <summary>Refuses options out of range, in one form of sentence.</summary>
public static class Options
{
    /// <summary>Refuses a number that is out of range.</summary>
    /// <param name="holds">Whether it is in range.</param>
    /// <param name="errorId">The id of the error.</param>
    /// <param name="name">What the number is, such as "batch size".</param>
    /// <param name="given">The number.</param>
    /// <param name="expected">What to give instead, such as "at least 1".</param>
    /// <exception cref="GradException">It is out of range (the given id).</exception>
    public static void Require(bool holds, string errorId, string name, double given, string expected)
    {
        if (!holds)
        {
            throw new GradException(errorId, FormattableString.Invariant($"The {name} is {given}; give {expected}."));
        }
    }
}
