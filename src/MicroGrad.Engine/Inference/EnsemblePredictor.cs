namespace MicroGrad.Inference;

/// <summary>Runs several models over the cells of rows: the mean of their answers, and the deviation.</summary>
public sealed class EnsemblePredictor : IPredictor
{
    private readonly ModelEnsemble _ensemble;
    private readonly Predictor[] _members;

    // For each waiting row, the inputs of each model, which has categories and means of its own.
    private readonly List<double[][]> _waiting = [];

    /// <param name="ensemble">The models.</param>
    /// <param name="members">A predictor for each; the first decides.</param>
    public EnsemblePredictor(ModelEnsemble ensemble, Predictor[] members) => (_ensemble, _members) = (ensemble, members);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<object?> cells, long row)
    {
        var inputs = new double[_members.Length][];
        for (var m = 0; m < inputs.Length; m++)
        {
            inputs[m] = _members[m].Inputs(cells, row);
        }

        _waiting.Add(inputs);
    }

    /// <inheritdoc/>
    public Prediction[] Predict()
    {
        double[][] outputs = [.. _members.Select((member, m) => member.Run([.. _waiting.SelectMany(row => row[m])]))];
        var predictions = new Prediction[_waiting.Count];
        for (var row = 0; row < predictions.Length; row++)
        {
            double[][] answers = [.. outputs.Select((all, m) => _ensemble.Answers(m, all.AsSpan(row * all.Length / predictions.Length, all.Length / predictions.Length)))];
            predictions[row] = Combine(answers, _waiting[row]);
        }

        _waiting.Clear();
        return predictions;
    }

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<object?> baseline)
    {
        foreach (var member in _members)
        {
            member.Explain(baseline);
        }
    }

    private Prediction Combine(double[][] answers, double[][] inputs)
    {
        var means = ModelEnsemble.Mean(answers);
        var deviations = ModelEnsemble.Deviation(answers, means);
        var outputs = _ensemble.Outputs(means);
        var place = _members[0].PlaceOf(outputs);
        return _members[0].Interpret(outputs) with
        {
            Spread = place is { } decided ? [deviations[decided]] : deviations,
            Explanation = _members[0].Explainer is null
                ? null
                : Explanation.Mean([.. _members.Select((member, m) => member.Explainer!.Explain(inputs[m], _ensemble.PlaceOf(m, place ?? 0)))]),
        };
    }
}
