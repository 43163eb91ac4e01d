namespace MicroGrad;

/// <summary>
/// Makes the labels of leaves that share it when they are read, so that many parameters need no texts of their own.
/// </summary>
internal interface ILabelSource
{
    /// <summary>The label of a leaf.</summary>
    string? LabelOf(GradValue leaf);
}
