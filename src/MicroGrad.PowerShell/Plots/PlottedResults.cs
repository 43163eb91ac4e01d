using MicroGrad.PowerShell.Training;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.PowerShell.Plots;

/// <summary>Plots of results of other cmdlets, and of a model without rows.</summary>
internal sealed class PlottedResults
{
    /// <summary>Digits behind the decimal point in legends.</summary>
    public const int Precision = 4;

    private readonly List<object> _results = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => _results.Count > 0;

    /// <summary>Takes a result.</summary>
    /// <returns>Whether it can be plotted.</returns>
    /// <exception cref="GradException">It is one, with a figure that can't be read (id <c>InvalidHistory</c>).</exception>
    public bool Take(object? element)
    {
        if (ResultReader.Read(element) is not { } result)
        {
            return ResultReader.IsHead(element);
        }

        _results.Add(result);
        return true;
    }

    /// <summary>The plot of what came.</summary>
    /// <param name="kind">The kind that was asked for; null for the one that suits the results.</param>
    /// <param name="isLogarithmic">Whether a loss is to be on a logarithmic axis; null where nothing was asked for.</param>
    /// <exception cref="GradException">
    /// Several things came, or they have no plot of that kind (ids <c>InvalidInputObject</c>, <c>UnusedOption</c>,
    /// <c>NotClasses</c>, <c>EmptyHistory</c>, <c>InvalidHistory</c>, <c>NotPositive</c>).
    /// </exception>
    public Figure Figure(MlpPlotKind? kind, bool? isLogarithmic)
    {
        var first = _results.FirstOrDefault();
        if (_results.Any(result => result.GetType() != first!.GetType()) || (first is MlpMeasurement or Mlp && _results.Count > 1))
        {
            throw new GradException("InvalidInputObject", "There are several things to plot, which have no plot in common; plot them one by one.");
        }

        if (isLogarithmic is not null && first is FeatureImportance or MlpMeasurement or MlpTrial or Mlp)
        {
            throw new GradException("UnusedOption", "-LogScale is about a loss; leave it out.");
        }

        var (own, figure) = Suiting(isLogarithmic);
        return kind is null || kind == own
            ? figure
            : throw new GradException("UnusedOption", $"-Kind {kind} is about a model and its rows; leave it out, or give rows together with -Model.");
    }

    /// <summary>The plot of the results, and its kind; null for losses.</summary>
    private (MlpPlotKind? Kind, Figure Figure) Suiting(bool? isLogarithmic) => _results.FirstOrDefault() switch
    {
        FeatureImportance => (MlpPlotKind.Importance, ImportancePlot.Of(All<FeatureImportance>())),
        MlpTrial => (null, SettingsPlot.Of(All<MlpTrial>())),
        LearningRatePoint => (null, LearningRatePlot.Of(All<LearningRatePoint>(), isLogarithmic)),
        MlpMeasurement measurement => (
            MlpPlotKind.Confusion,
            ConfusionPlot.Of(measurement)
                ?? throw new GradException("NotClasses", "The measurement has no confusion matrix, which is of rows with classes or labels.")),
        Mlp model => (MlpPlotKind.Weights, WeightsPlot.Of(model)),
        _ => (null, LossPlot.Of(EpochReader.InOrder(All<EpochResult>()), Precision, isLogarithmic)),
    };

    private List<T> All<T>() => [.. _results.Cast<T>()];
}
