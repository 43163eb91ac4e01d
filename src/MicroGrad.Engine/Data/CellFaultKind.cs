namespace MicroGrad.Data;

/// <summary>What is wrong with a cell.</summary>
internal enum CellFaultKind
{
    Missing,
    NotANumber,
    NotFinite,
    NotADate,

    /// <summary>A number where a date is expected: its unit and its origin are unknown.</summary>
    NumberForDate,
    NegativeWeight,

    /// <summary>A list or another object that is neither a number nor text.</summary>
    AnObject,

    /// <summary>The row did not give the cell; the text is what it said.</summary>
    NotGiven,
}
