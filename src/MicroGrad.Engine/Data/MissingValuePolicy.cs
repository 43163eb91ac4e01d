namespace MicroGrad;

/// <summary>What becomes of rows with nothing in a column.</summary>
public enum MissingValuePolicy
{
    /// <summary>They are counted and named, and nothing is trained.</summary>
    Error,

    /// <summary>They are left out.</summary>
    Skip,

    /// <summary>
    /// A missing number is the mean of the training rows; a missing category is none of the categories. Rows without a
    /// target are still an error.
    /// </summary>
    Mean,
}
