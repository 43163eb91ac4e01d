namespace MicroGrad.Datasets;

/// <summary>A row of a generated data set.</summary>
/// <param name="X">The features X1, X2, ….</param>
/// <param name="Label">-1 or 1 for two classes (0 or 1 in the truth table), 0, 1, 2 for three.</param>
/// <param name="Set">Train, Validation or Test where the source divides its points; else null.</param>
public sealed record LabelledPoint(double[] X, double Label, string? Set = null);
