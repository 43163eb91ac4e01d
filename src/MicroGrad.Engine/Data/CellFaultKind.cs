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
    WeightOutOfRange,

    /// <summary>A list or another object that is neither a number nor text.</summary>
    AnObject,

    /// <summary>The cell could not be read from the row; the text is the error's message.</summary>
    NotGiven,
}
