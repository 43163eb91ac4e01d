namespace MicroGrad.Data;

/// <summary>The type of a target's classes in the training rows and in predictions.</summary>
internal enum ClassKind
{
    /// <summary>Text, as it was written.</summary>
    Text,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Truth values.</summary>
    Boolean,
}
