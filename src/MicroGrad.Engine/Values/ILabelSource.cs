namespace MicroGrad;

/// <summary>Makes the labels of leaves that share it, where they are read: many parameters then need no texts of their own.</summary>
internal interface ILabelSource
{
    /// <summary>The label of a leaf.</summary>
    string? LabelOf(GradValue leaf);
}
