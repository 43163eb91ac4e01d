namespace MicroGrad.Data;

/// <summary>Collects a column of weights, row by row.</summary>
internal sealed class WeightBuilder(string name, CellFormat format) : ColumnBuilder(name, format)
{
    /// <summary>What weights are, in words.</summary>
    public const string Range = "0, or numbers from 1E-300 to 1E+50";

    // Figures take the fourth power of the sum of weights.
    private const double Largest = 1e50;

    // Numbers near the smallest ones have few digits, and the reciprocal of their sum is infinite.
    private const double Smallest = 1e-300;

    internal override void AddText(ReadOnlySpan<char> text)
    {
        var value = Format.Read(text);
        if (value.Kind == CellKind.Missing)
        {
            AddMissing();
        }
        else
        {
            Add(value, text);
        }
    }

    internal override void AddNumber(double number) => Add(new CellValue(CellKind.Number, number), Cell.Text(number));

    internal override void AddTyped(CellValue value, object cell) => Add(value, Cell.Text(cell));

    private void Add(CellValue value, ReadOnlySpan<char> text)
    {
        if (value.Kind is not (CellKind.Number or CellKind.Boolean))
        {
            AddFault(CellFaultKind.NotANumber, text);
        }
        else if (!double.IsFinite(value.Number) || value.Number is < 0 or > Largest or (> 0 and < Smallest))
        {
            AddFault(double.IsFinite(value.Number) ? CellFaultKind.WeightOutOfRange : CellFaultKind.NotFinite, text);
        }
        else
        {
            Values.Add(value.Number);
        }
    }
}
