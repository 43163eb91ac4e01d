namespace MicroGrad.Inference;

/// <summary>A point of a ROC curve.</summary>
/// <param name="Threshold">Rows that score this or more are taken for the class.</param>
/// <param name="FalsePositiveRate">Of the rows that are not of the class, the fraction taken for it.</param>
/// <param name="TruePositiveRate">Of the rows of the class, the fraction taken for it.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
