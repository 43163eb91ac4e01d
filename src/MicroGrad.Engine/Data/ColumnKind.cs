namespace MicroGrad;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; a time span counts as its seconds.</summary>
    Number,

    /// <summary>True and False, or 1 and 0.</summary>
    Boolean,

    /// <summary>Text of which each distinct one is a category.</summary>
    Category,

    /// <summary>Dates, with or without a time of day.</summary>
    Date,
}
