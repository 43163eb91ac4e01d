namespace MicroGrad;

/// <summary>Labels the values of a matrix's row as they stand in formulas: W[2,3] is the third value of the second row.</summary>
/// <param name="matrix">The matrix's name.</param>
/// <param name="row">The row, from 1.</param>
internal sealed class MatrixRowLabels(string matrix, int row) : ILabelSource
{
    private GradValue[] _values = [];

    /// <summary>The leaves of a row, labelled where the matrix has a name.</summary>
    public static GradValue[] Leaves(string? matrix, int row, double[] data)
    {
        if (matrix is null)
        {
            return Array.ConvertAll(data, number => new GradValue(number));
        }

        var labels = new MatrixRowLabels(matrix, row);
        return labels._values = Array.ConvertAll(data, number => new GradValue(number, labels));
    }

    public string LabelOf(GradValue leaf) => FormattableString.Invariant($"{matrix}[{row},{Array.IndexOf(_values, leaf) + 1}]");
}
