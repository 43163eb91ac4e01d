namespace MicroGrad;

/// <summary>What a plot of a model and its rows shows.</summary>
public enum MlpPlotKind
{
    /// <summary>What a model of two inputs decides over the plane, and the rows on it.</summary>
    DecisionBoundary,

    /// <summary>Predicted numbers against the targets.</summary>
    Predictions,
}
