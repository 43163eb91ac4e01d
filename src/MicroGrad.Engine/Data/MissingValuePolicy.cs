namespace MicroGrad;

/// <summary>What becomes of rows with missing values.</summary>
public enum MissingValuePolicy
{
    /// <summary>They are an error that counts and names them.</summary>
    Error,

    /// <summary>They are left out.</summary>
    Skip,

    /// <summary>
    /// A missing number is the mean of the training rows; a missing category is none of the categories. Rows without a
    /// target are still an error.
    /// </summary>
    Mean,
}
