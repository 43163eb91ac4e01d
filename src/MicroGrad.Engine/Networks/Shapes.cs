namespace MicroGrad;

/// <summary>The errors for inputs that do not fit a network.</summary>
internal static class Shapes
{
    public static void RequireInputs(string what, int expected, int given)
    {
        if (given != expected)
        {
            throw new GradException(
                "SizeMismatch",
                $"This {what} takes {expected} input{(expected == 1 ? "" : "s")}, but {given} "
                + $"{(given == 1 ? "was" : "were")} given. Give one number for each input.");
        }
    }
}
