using MicroGrad.Kernels;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class ProductKernelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 7)]
    [InlineData(13, 64)]
    [InlineData(17, 3)]
    [InlineData(64, 5)]
    public void Whole_tiles_grow_by_left_times_right(int rows, int steps)
    {
        Check<double>(ProductKernel.RoundToTile(rows), steps, 1e-14);
        Check<float>(ProductKernel.RoundToTile(rows), steps, 1e-5);
    }

    [Fact]
    public void A_product_whose_sides_differ_in_rows_is_refused()
    {
        var (tile, width) = (ProductKernel.TileRows, PanelMatrix<double>.PanelWidth);

        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            var left = new LeftRows<double>(new double[2 * tile], 2 * tile, 1, 1);
            var target = new ProductTarget<double>(new double[tile * width], tile, width);
            ProductKernel.Multiply(in left, Batched.ToVectors<double>(new double[width]), in target);
        });
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
        TransposeFlat<double>(rows, columns);
        TransposeFlat<float>(rows, columns);
    }

    private static void Check<T>(int rows, int steps, double tolerance)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var random = new System.Random(steps);
        var (width, stride) = (PanelMatrix<T>.PanelWidth, steps + 3);
        double[] left = [.. Enumerable.Range(0, rows * stride).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
        double[] right = [.. Enumerable.Range(0, steps * width).Select(_ => (double)(float)(random.NextDouble() - 0.5))];

        // A row's sums start from its number among the starts; a number behind each row stays what it is.
        var target = new T[rows * (width + 1)];
        Array.Fill(target, T.NaN);
        T[] starts = [.. Enumerable.Range(0, rows).Select(T.CreateTruncating)];
        var factors = new LeftRows<T>(Array.ConvertAll(left, T.CreateTruncating), rows, stride, steps);
        var first = new ProductTarget<T>(target, rows, width + 1, starts, 1);
        ProductKernel.Multiply(in factors, Batched.ToVectors<T>(right), in first);
        var again = new ProductTarget<T>(target, rows, width + 1);
        ProductKernel.Multiply(in factors, Batched.ToVectors<T>(right), in again);

        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var product = Enumerable.Range(0, steps).Sum(k => left[i * stride + k] * right[k * width + j]);
                Close.Equal(i + 2 * product, double.CreateTruncating(target[i * (width + 1) + j]), tolerance);
            }

            Assert.True(T.IsNaN(target[i * (width + 1) + width]));
        }
    }

    private static void TransposeFlat<T>(int rows, int columns)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var (from, to) = (new T[rows * (columns + 1)], new T[columns * (rows + 1)]);
        Array.Fill(to, T.NaN);
        for (var i = 0; i < from.Length; i++)
        {
            from[i] = T.CreateTruncating(i);
        }

        Transposition.Write<T>(from, columns + 1, rows, columns, to, rows + 1);

        for (var j = 0; j < columns; j++)
        {
            for (var i = 0; i < rows; i++)
            {
                Assert.Equal(from[i * (columns + 1) + j], to[j * (rows + 1) + i]);
            }

            Assert.True(T.IsNaN(to[j * (rows + 1) + rows]));
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
