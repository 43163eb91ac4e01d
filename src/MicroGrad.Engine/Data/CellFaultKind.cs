namespace MicroGrad.Data;

/// <summary>What is wrong with a cell.</summary>
internal enum CellFaultKind
{
    Missing,
    NotANumber,
    NotFinite,
    NotADate,

    /// <summary>A number where a date is expected: in which unit and from when, it does not say.</summary>
    NumberForDate,
    NegativeWeight,
}
