namespace MicroGrad.Data;

/// <summary>What the classes of a target were in the training rows, and are in predictions.</summary>
internal enum ClassKind
{
    /// <summary>Text, as it was written.</summary>
    Text,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Truth values.</summary>
    Boolean,
}
