namespace MicroGrad.Compilation;

/// <summary>A parameter of a compiled function: how many numbers of a row it takes, and how.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many numbers; null for a list of any length.</param>
/// <param name="IsList">Whether it is a list, whose values are named by their place.</param>
/// <param name="IsInteger">
/// Whether the function reads its numbers while it is recorded. They are whole numbers, and each has a recording of its
/// own.
/// </param>
public readonly record struct FunctionParameter(string Name, int? Count = 1, bool IsList = false, bool IsInteger = false)
{
    /// <summary>The whole numbers that a function reads of a parameter's values while it is recorded.</summary>
    /// <param name="values">The values of an integer parameter; reading them makes nothing depend on them.</param>
    public static int[] IntegersOf(GradValue[] values) => Array.ConvertAll(values, value => (int)value.RawData);
}
