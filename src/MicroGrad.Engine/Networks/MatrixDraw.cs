using MicroGrad.Data;

namespace MicroGrad.Networks;

/// <summary>Draws matrices of parameters.</summary>
public static class MatrixDraw
{
    private const int MaximumCount = 10_000_000;

    // A live value, and the lists that it stands in.
    private const int BytesPerValue = 96;

    /// <summary>A matrix of leaves that are normal draws, row by row.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="deviation">The standard deviation of the draws; 0 for zeros.</param>
    /// <param name="random">The generator to draw from.</param>
    /// <param name="label">The matrix's name, after which its values are called, or null.</param>
    /// <param name="stopping">Asked before each row.</param>
    /// <exception cref="GradException">
    /// A size is below 1, or the values are too many (id <c>InvalidMatrixSize</c>), or the deviation is no finite number from 0
    /// on (id <c>InvalidDeviation</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static GradMatrix Draw(
        int rows, int columns, double deviation, IRandomSource random, string? label, CancellationToken stopping = default)
    {
        CheckSize(rows, columns);
        if (!(deviation >= 0 && double.IsFinite(deviation)))
        {
            throw new GradException(
                "InvalidDeviation", FormattableString.Invariant($"The deviation is {deviation}; give 0 or a positive number, such as 0.1."));
        }

        var values = new GradValue[rows][];
        var data = new double[columns];
        for (var row = 0; row < rows; row++)
        {
            stopping.ThrowIfCancellationRequested();
            for (var column = 0; column < columns; column++)
            {
                // The sum makes -0 a 0.
                data[column] = 0 + deviation * random.NextNormal();
            }

            values[row] = MatrixRowLabels.Leaves(label, row + 1, data);
        }

        return new GradMatrix(values, label);
    }

    private static void CheckSize(int rows, int columns)
    {
        if (rows < 1 || columns < 1 || (long)rows * columns > MaximumCount)
        {
            throw new GradException(
                "InvalidMatrixSize", $"A matrix of {rows} rows and {columns} columns was asked for; it has at least 1 of each, and at most {MaximumCount} values.");
        }

        var count = (long)rows * columns;
        MemoryBudget.Require(count, (double)count * BytesPerValue, "InvalidMatrixSize", $"A matrix of {rows} rows and {columns} columns would take");
    }
}
