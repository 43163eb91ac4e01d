using System.Diagnostics.CodeAnalysis;

namespace MicroGrad;

/// <summary>
/// An error that a caller can act on: the message says what was given and what was expected, and the id names the
/// condition, so that scripts and tests can tell errors apart without reading messages. Whatever data gave to a message, it
/// is one line of readable length, without characters that steer a terminal.
/// </summary>
public class GradException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">The condition in PascalCase, such as <c>SizeMismatch</c>.</param>
    /// <param name="message">What was given and what was expected.</param>
    /// <param name="innerException">What caused it, or null.</param>
    public GradException(string errorId, string message, Exception? innerException = null)
        : base(VisibleText.Message(message), innerException) => ErrorId = errorId;

    /// <summary>The condition in PascalCase.</summary>
    public string ErrorId { get; }

    /// <summary>Refuses null where something is expected.</summary>
    /// <exception cref="GradException">It is null (id <c>NothingGiven</c>).</exception>
    internal static void ThrowIfNull([NotNull] object? given, string expected)
    {
        if (given is null)
        {
            throw new GradException("NothingGiven", $"Nothing (null) was given where {expected} is expected.");
        }
    }
}
