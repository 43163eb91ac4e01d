namespace MicroGrad.Inference;

/// <summary>A point of a ROC curve: rows that score a threshold or more are taken for the class.</summary>
/// <param name="FalsePositiveRate">Of the rows that are not of the class, the fraction taken for it.</param>
/// <param name="TruePositiveRate">Of the rows of the class, the fraction taken for it.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate);
