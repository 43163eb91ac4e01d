using MicroGrad.PowerShell.Rows;
using MicroGrad.PowerShell.Training;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.PowerShell.Plots;

/// <summary>What is plotted without rows: results of other cmdlets, and a model by itself.</summary>
internal sealed class PlottedResults
{
    /// <summary>Digits behind the decimal point in legends.</summary>
    public const int Precision = 4;

    private readonly List<EpochResult> _epochs = [];
    private readonly List<FeatureImportance> _importances = [];
    private readonly List<LearningRatePoint> _sweep = [];
    private readonly List<MlpMeasurement> _measurements = [];
    private readonly List<Mlp> _models = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _epochs.Count + _importances.Count + _sweep.Count + _measurements.Count + _models.Count > 0;

    /// <summary>Takes a result.</summary>
    /// <returns>Whether it can be plotted.</returns>
    /// <exception cref="GradException">It is the result of an epoch with a figure that can't be read (id <c>InvalidHistory</c>).</exception>
    public bool Take(object? element)
    {
        switch (Wrapped.Unwrap(element))
        {
            case FeatureImportance importance:
                _importances.Add(importance);
                return true;
            case LearningRatePoint point:
                _sweep.Add(point);
                return true;
            case MlpMeasurement measurement:
                _measurements.Add(measurement);
                return true;
            case Mlp model:
                _models.Add(model);
                return true;
        }

        if (EpochReader.Read(element) is not { } epoch)
        {
            return false;
        }

        _epochs.Add(epoch);
        return true;
    }

    /// <summary>The plot of what came.</summary>
    /// <param name="kind">What was asked for; null for what suits.</param>
    /// <param name="isLogarithmic">Whether a loss is to be on a logarithmic axis; null where nothing was said.</param>
    /// <exception cref="GradException">
    /// Several things came, or they have no plot of that kind (ids <c>InvalidInputObject</c>, <c>UnusedOption</c>,
    /// <c>NotClasses</c>, <c>EmptyHistory</c>, <c>InvalidHistory</c>, <c>NotPositive</c>).
    /// </exception>
    public Figure Figure(MlpPlotKind? kind, bool? isLogarithmic)
    {
        var kinds = new[] { _epochs.Count, _importances.Count, _sweep.Count, _measurements.Count, _models.Count };
        if (kinds.Count(count => count > 0) > 1 || _measurements.Count > 1 || _models.Count > 1)
        {
            throw new GradException("InvalidInputObject", "There are several things to plot, which have no plot in common; plot them one by one.");
        }

        if (isLogarithmic is not null && _importances.Count + _measurements.Count + _models.Count > 0)
        {
            throw new GradException("UnusedOption", "-LogScale is about a loss; leave it out.");
        }

        var (own, figure) = Suiting(isLogarithmic);
        return kind is null || kind == own
            ? figure
            : throw new GradException("UnusedOption", $"-Kind {kind} is about a model and its rows; leave it out, or give rows together with -Model.");
    }

    /// <summary>The one plot that there is of what came, and its kind; null for losses.</summary>
    private (MlpPlotKind? Kind, Figure Figure) Suiting(bool? isLogarithmic)
    {
        if (_importances.Count > 0)
        {
            return (MlpPlotKind.Importance, ImportancePlot.Of(_importances));
        }

        if (_sweep.Count > 0)
        {
            return (null, LearningRatePlot.Of(_sweep, isLogarithmic));
        }

        if (_measurements is [var measurement])
        {
            return measurement.ConfusionMatrix is { } matrix
                ? (MlpPlotKind.Confusion, ConfusionPlot.Of(matrix))
                : throw new GradException("NotClasses", "The measurement has no confusion matrix, which is of rows with one class each.");
        }

        if (_models is [var model])
        {
            return (MlpPlotKind.Weights, WeightsPlot.Of(model));
        }

        return _epochs.Count > 0
            ? (null, LossPlot.Of(EpochReader.InOrder(_epochs), Precision, isLogarithmic))
            : throw new GradException("EmptyHistory", "There is no epoch to plot; give the results of at least one.");
    }
}
