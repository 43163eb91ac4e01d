using MicroGrad.Kernels;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class ProductKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void A_tile_grows_by_left_times_right(int steps)
    {
        Check<double>(steps, 1e-14);
        Check<float>(steps, 1e-5);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(8, 16)]
    [InlineData(31, 33)]
    [InlineData(65, 40)]
    public void A_transposed_matrix_has_rows_for_columns(int rows, int columns)
    {
        Transpose<double>(rows, columns);
        Transpose<float>(rows, columns);
    }

    private static void Check<T>(int steps, double tolerance)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new System.Random(steps);
        var width = PanelMatrix<T>.PanelWidth;
        double[] left = [.. Enumerable.Range(0, 8 * 2 * steps).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
        double[] right = [.. Enumerable.Range(0, 2 * steps * width).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
        var expected = new double[8 * width];
        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < width; j++)
            {
                expected[i * width + j] = 3 + Enumerable.Range(0, 2 * steps).Sum(k => left[i * 2 * steps + k] * right[k * width + j]);
            }
        }

        // Two groups of steps, that lie one behind the other; the target anew, then added to.
        var numbers = Array.ConvertAll(left, T.CreateTruncating);
        var rows = new LeftRows<T>(numbers, 2 * steps, 1, steps, 2, steps);
        var tile = new T[8 * (width + 1)];
        Array.Fill(tile, T.NaN);
        var first = new TileTarget<T>(tile, width + 1, new[] { T.CreateTruncating(3) }, 0);
        ProductKernel.Multiply(in rows, Batched.Vectors<T>(right), in first);
        var again = new TileTarget<T>(tile, width + 1);
        ProductKernel.Multiply(in rows, Batched.Vectors<T>(right), in again);

        for (var i = 0; i < 8; i++)
        {
            for (var j = 0; j < width; j++)
            {
                Close.Equal(2 * expected[i * width + j] - 3, double.CreateTruncating(tile[i * (width + 1) + j]), tolerance);
            }

            Assert.True(T.IsNaN(tile[i * (width + 1) + width]));
        }
    }

    private static void Transpose<T>(int rows, int columns)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var (matrix, turned) = (new PanelMatrix<T>(rows, columns), new PanelMatrix<T>(columns, rows));
        var width = PanelMatrix<T>.PanelWidth;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                matrix.Rows(j / width, i, 1)[j % width] = T.CreateTruncating(1000 * i + j);
            }
        }

        for (var panel = 0; panel < PanelMatrix<T>.PanelsFor(rows); panel++)
        {
            matrix.TransposeTo(turned, panel, columns);
        }

        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(T.CreateTruncating(1000 * i + j), turned.Rows(i / width, j, 1)[i % width]);
            }
        }
    }
}
