namespace MicroGrad.Inference;

/// <summary>A point of a precision-recall curve: rows that score a threshold or more are taken for the class.</summary>
/// <param name="Precision">Of the rows taken for the class, the fraction that are of it.</param>
/// <param name="Recall">Of the rows of the class, the fraction taken for it.</param>
public readonly record struct PrecisionRecallPoint(double Precision, double Recall);
