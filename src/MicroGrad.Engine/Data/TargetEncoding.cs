namespace MicroGrad;

/// <summary>How a target column becomes the numbers that a loss compares outputs with.</summary>
public enum TargetEncoding
{
    /// <summary>The target's own numbers, one for each output.</summary>
    Numbers,

    /// <summary>One output for each class: 1 at the row's class, 0 elsewhere.</summary>
    OneHot,

    /// <summary>One output for two classes: 0 for the first, 1 for the second.</summary>
    ZeroOrOne,

    /// <summary>One output for two classes: -1 for the first, 1 for the second.</summary>
    MinusOneOrOne,

    /// <summary>One output for each target column, a label that a row has (1) or does not have (0).</summary>
    Labels,
}
