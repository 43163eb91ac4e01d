namespace MicroGrad;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Class">The class.</param>
/// <param name="Count">Rows that are of it.</param>
/// <param name="Precision">Of the rows taken for it, the fraction that are of it.</param>
/// <param name="Recall">Of the rows that are of it, the fraction taken for it.</param>
/// <param name="F1">The harmonic mean of precision and recall.</param>
public sealed record ClassMeasurement(string Class, int Count, double Precision, double Recall, double F1);
