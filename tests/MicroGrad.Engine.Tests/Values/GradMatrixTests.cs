using MicroGrad.Generators;
using MicroGrad.Networks;
using MicroGrad.Persistence;

namespace MicroGrad.Engine.Tests;

public sealed class GradMatrixTests
{
    [Fact]
    public void A_matrix_times_a_vector_is_a_sum_of_products_for_each_row_with_its_gradients()
    {
        var matrix = new GradMatrix([[1, 2, 3], [4, 5, 6]]);
        GradValue[] vector = [7, 8, 9];

        var product = matrix * vector;
        (product[0] + 10 * product[1]).Backward();

        Assert.Equal([50, 122], product.Select(value => value.Data));
        Assert.Equal([7, 8, 9, 70, 80, 90], matrix.Values.Select(value => value.Grad));
        Assert.Equal([41, 52, 63], vector.Select(value => value.Grad));
    }

    [Fact]
    public void A_matrix_stands_where_rows_are_taken()
    {
        var matrix = new GradMatrix([[1, 2], [3, 4]]);
        Assert.Equal([11, 25], GradValue.Linear([3, 4], matrix).Select(value => value.Data));
        Assert.Equal([3, 4], GradValue.GatherRow(matrix, 1).Select(value => value.Data));
    }

    [Fact]
    public void A_place_that_is_a_value_is_looked_up_in_the_graph()
    {
        var matrix = new GradMatrix([[1, 2], [3, 4]]);
        var (row, column) = (new GradValue(1), new GradValue(0));
        var found = matrix[row, column];
        Assert.Equal(3, found.Data);
        row.Data = 0;
        found.Forward();
        found.Backward();
        Assert.Equal(1, found.Data);
        Assert.Equal([1, 0, 0, 0], matrix.Values.Select(value => value.Grad));
        Assert.Equal("IndexOutOfRange", Assert.Throws<GradException>(() => matrix[new GradValue(2)]).ErrorId);
    }

    [Fact]
    public void Draws_are_those_of_the_generator_row_by_row_and_named_by_their_place()
    {
        var random = new PythonRandom(7);
        var matrix = MatrixDraw.Draw(2, 3, 0.08, new PythonRandom(7), "W");
        Assert.All(matrix.Values, value => Assert.Equal(random.Gauss(0, 0.08), value.Data));
        Assert.Equal(["W[1,1]", "W[1,2]", "W[1,3]", "W[2,1]", "W[2,2]", "W[2,3]"], matrix.Values.Select(value => value.Label));
        Assert.Equal((2, 3, 2, 6), (matrix.RowCount, matrix.ColumnCount, matrix.Count, matrix.Values.Count));
        Assert.Same(matrix.Values[5], matrix[^1][^1]);
        Assert.Same(matrix.Values[5], matrix[1, 2]);
        Assert.Same(matrix.Values[5], matrix[1][2]);
    }

    [Fact]
    public void What_a_caller_gets_or_gave_can_be_changed_without_harm()
    {
        GradValue[][] rows = [[1, 2]];
        var matrix = new GradMatrix(rows);
        var first = rows[0][0];
        rows[0][0] = 5;
        matrix[0][0] = 6;
        matrix.Rows[0][0] = 7;
        Assert.Same(first, matrix[0, 0]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var matrix = new GradMatrix([[1, 2], [3, 4]]);
        Assert.Equal("LengthMismatch", ErrorOf(() => matrix * new GradValue[] { 1, 2, 3 }));
        Assert.Equal("LengthMismatch", ErrorOf(() => new GradMatrix([[1, 2], [3]])));
        Assert.Equal("EmptyInput", ErrorOf(() => new GradMatrix([])));
        Assert.Equal("EmptyInput", ErrorOf(() => new GradMatrix([[]])));
        Assert.Equal("IndexOutOfRange", ErrorOf(() => matrix[2]));
        Assert.Equal("IndexOutOfRange", ErrorOf(() => matrix[-1]));
        Assert.Equal("IndexOutOfRange", ErrorOf(() => matrix[0, -3]));
        Assert.Equal("IndexOutOfRange", ErrorOf(() => matrix[0, 2]));
        Assert.Equal("IndexOutOfRange", ErrorOf(() => matrix[-3, 0]));
        Assert.Equal("InvalidMatrixSize", ErrorOf(() => MatrixDraw.Draw(0, 1, 1, new PythonRandom(1), null)));
        Assert.Equal("InvalidMatrixSize", ErrorOf(() => MatrixDraw.Draw(int.MaxValue, int.MaxValue, 1, new PythonRandom(1), null)));
        Assert.Equal("InvalidDeviation", ErrorOf(() => MatrixDraw.Draw(1, 1, double.NaN, new PythonRandom(1), null)));

        static string ErrorOf(Func<object> make) => Assert.Throws<GradException>(make).ErrorId;
    }

    [Fact]
    public void A_file_gives_back_every_matrix_to_the_bit()
    {
        var random = new PythonRandom(3);
        GradMatrix[] matrices = [MatrixDraw.Draw(3, 2, 1, random, "in.weight"), MatrixDraw.Draw(1, 5, 1e-300, random, "gain")];

        var read = MatrixFile.Read(MatrixFile.Write(matrices));

        Assert.Equal(["in.weight", "gain"], read.Select(matrix => matrix.Label));
        Assert.Equal([(3, 2), (1, 5)], read.Select(matrix => (matrix.RowCount, matrix.ColumnCount)));
        Assert.Equal(matrices.SelectMany(matrix => matrix.Values).Select(value => value.Data), read.SelectMany(matrix => matrix.Values).Select(value => value.Data));
    }

    [Fact]
    public void Matrices_without_a_name_of_their_own_are_not_written()
    {
        var (a, other, unnamed) = (new GradMatrix([[1]], "a"), new GradMatrix([[2]], "a"), new GradMatrix([[3]]));
        Assert.Equal("LabelMissing", Assert.Throws<GradException>(() => MatrixFile.Write([unnamed])).ErrorId);
        Assert.Equal("DuplicateLabel", Assert.Throws<GradException>(() => MatrixFile.Write([a, other])).ErrorId);
        Assert.Equal("DuplicateLabel", Assert.Throws<GradException>(() => MatrixFile.Write([new GradMatrix([[1]], "__metadata__")])).ErrorId);
        Assert.Equal("EmptyInput", Assert.Throws<GradException>(() => MatrixFile.Write([])).ErrorId);
        Assert.Equal("NotFinite", Assert.Throws<GradException>(() => MatrixFile.Write([new GradMatrix([[double.NaN]], "b")])).ErrorId);
    }

    [Fact]
    public void A_tensor_of_three_sizes_is_no_matrix() => Assert.Equal("UnknownTensor", Assert.Throws<GradException>(
        () => MatrixFile.Read(TensorFile.Write([new Tensor("cube", [1, 1, 2], [1, 2])]))).ErrorId);
}
