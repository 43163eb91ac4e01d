namespace MicroGrad;

/// <summary>
/// An error that a caller can act on: the message says what was given, what was expected and what to do, and the id
/// names the condition, so that scripts and tests can tell errors apart without reading messages.
/// </summary>
public class GradException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">The condition in PascalCase, such as <c>SizeMismatch</c>.</param>
    /// <param name="message">What was given, what was expected, what to do.</param>
    /// <param name="innerException">What caused it, or null.</param>
    public GradException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>The condition in PascalCase.</summary>
    public string ErrorId { get; }
}
