namespace MicroGrad.Data;

/// <summary>The error of a row that is left out because a cell is wrong.</summary>
/// <param name="Index">The row's place among those that came in, from 0; negative for an error of several rows.</param>
/// <param name="Error">The error.</param>
public sealed record RowFault(int Index, GradException Error);
