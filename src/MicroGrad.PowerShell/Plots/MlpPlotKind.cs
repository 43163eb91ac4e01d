namespace MicroGrad;

/// <summary>What a plot of a model and its rows shows.</summary>
public enum MlpPlotKind
{
    /// <summary>What a model decides over two of its columns, and the rows there.</summary>
    DecisionBoundary,

    /// <summary>Predicted numbers against the targets.</summary>
    Predictions,

    /// <summary>How often each class was taken for each.</summary>
    Confusion,

    /// <summary>The share of a class's rows that is found, over the share of other rows taken for it, at each threshold.</summary>
    Roc,

    /// <summary>Precision over recall, at each threshold.</summary>
    PrecisionRecall,

    /// <summary>How often rows are of a class, over the probability that the model gives them.</summary>
    Calibration,

    /// <summary>The errors of predicted numbers, over the predictions.</summary>
    Residuals,

    /// <summary>What each column is worth to the model.</summary>
    Importance,

    /// <summary>How the mean answer depends on one column.</summary>
    PartialDependence,

    /// <summary>How the weights of each layer are distributed.</summary>
    Weights,

    /// <summary>How large the derivatives of the loss are by the parameters of each layer.</summary>
    GradientFlow,
}
