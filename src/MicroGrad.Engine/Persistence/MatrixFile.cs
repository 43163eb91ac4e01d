namespace MicroGrad.Persistence;

/// <summary>Matrices in a <see cref="TensorFile"/>, each a tensor of its label.</summary>
public static class MatrixFile
{
    // The description of a model in the file is ignored.
    private const string NoDescription = "";

    /// <summary>The file of matrices.</summary>
    /// <exception cref="GradException">
    /// There is no matrix (id <c>EmptyInput</c>), one has no label (id <c>LabelMissing</c>) or the label of another (id
    /// <c>DuplicateLabel</c>), or a number is not finite (id <c>NotFinite</c>).
    /// </exception>
    public static byte[] Write(IReadOnlyList<GradMatrix> matrices)
    {
        if (matrices.Count == 0)
        {
            throw new GradException("EmptyInput", "There is no matrix to write; give at least one.");
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        return TensorFile.Write([.. matrices.Select(matrix => new Tensor(
            Named(matrix, known), [matrix.RowCount, matrix.ColumnCount], [.. matrix.Values.Select(value => value.RawData)]))]);
    }

    /// <summary>The matrices in a file, in the order of their numbers in it; a list of numbers is a matrix of one row.</summary>
    /// <exception cref="GradException">
    /// The file is not right (id <c>InvalidModelFile</c>), or a tensor has more than two sizes, or none (id <c>UnknownTensor</c>).
    /// </exception>
    public static IReadOnlyList<GradMatrix> Read(ReadOnlyMemory<byte> file) =>
        TensorFile.Read(file, NoDescription, (tensors, _) => tensors.ConvertAll(tensor => tensor switch
        {
            { Numbers.Length: > 0, Shape: [.., var columns] and ([_] or [_, _]) } => GradMatrix.Of(tensor.Numbers, columns, tensor.Name),
            _ => throw new GradException(
                "UnknownTensor", $"The tensor '{tensor.Name}' ({tensor.ShapeText}) is no matrix: one or two sizes above 0 are expected."),
        }));

    private static string Named(GradMatrix matrix, HashSet<string> known)
    {
        if (string.IsNullOrEmpty(matrix.Label))
        {
            throw new GradException("LabelMissing", $"{matrix} has no label, by which its values are found in the file.");
        }

        return known.Add(matrix.Label) && matrix.Label != TensorFile.MetadataName
            ? matrix.Label
            : throw new GradException("DuplicateLabel", $"The label '{matrix.Label}' stands for more than one thing in the file; each matrix needs one of its own.");
    }
}
