namespace MicroGrad;

/// <summary>What becomes of a row with a category that the model does not know.</summary>
public enum UnknownCategoryPolicy
{
    /// <summary>It is an error of the row.</summary>
    Error,

    /// <summary>The row has none of the categories.</summary>
    Ignore,
}
