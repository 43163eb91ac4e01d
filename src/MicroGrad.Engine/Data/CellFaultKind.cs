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
}
