namespace MicroGrad.Data;

/// <summary>
/// The maps between the user's units and the numbers that the layers compute with: an input is (x - mean) / scale, an
/// answer is scale × output + mean. Numbers and live values take the same steps, so that both have the same bits.
/// </summary>
public sealed class UnitScaling
{
    private readonly Column[] _inputs;
    private readonly Column[] _outputs;

    private UnitScaling(Column[] inputs, Column[] outputs) => (_inputs, _outputs) = (inputs, outputs);

    /// <summary>The mean and the scale of each input; 0 and 1 for the inputs of a category.</summary>
    public IEnumerable<(double Mean, double Scale)> Inputs => _inputs.Select(column => (column.Mean, column.Scale));

    /// <summary>The mean and the scale of each output.</summary>
    public IEnumerable<(double Mean, double Scale)> Outputs => _outputs.Select(column => (column.Mean, column.Scale));

    /// <summary>The scaling that a model's training learnt; null where it scaled nothing.</summary>
    /// <param name="schema">What the model's inputs and outputs mean; null for an untrained one.</param>
    public static UnitScaling? Of(ModelSchema? schema) => schema?.Scaling;

    /// <summary>The scaling of columns, or null where none is scaled.</summary>
    /// <param name="features">The columns that a model reads.</param>
    /// <param name="targets">The columns that it predicts, one an output; empty where its outputs stand for classes.</param>
    internal static UnitScaling? Of(IEnumerable<FeatureColumn> features, IEnumerable<PredictedColumn> targets)
    {
        var inputs = new List<Column>();
        foreach (var feature in features)
        {
            foreach (var (mean, scale) in feature.InputScaling())
            {
                inputs.Add(new Column(feature.Name, mean, scale));
            }
        }

        Column[] outputs = [.. targets.Select(target => new Column(target.Name, target.Mean, target.Scale))];
        return inputs.Concat(outputs).Any(column => column.IsScaled) ? new UnitScaling([.. inputs], outputs) : null;
    }

    /// <summary>Brings rows of inputs from the user's units to those of the layers, in place.</summary>
    internal void ScaleInputs(Span<double> inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = _inputs[i % _inputs.Length].Scaled(inputs[i]);
        }
    }

    /// <summary>Brings rows of outputs from the units of the layers to the user's, in place.</summary>
    public void UnscaleOutputs(Span<double> outputs)
    {
        for (var i = 0; i < outputs.Length && _outputs.Length > 0; i++)
        {
            outputs[i] = _outputs[i % _outputs.Length].Unscaled(outputs[i]);
        }
    }

    /// <summary>Brings rows of outputs from the user's units to those of the layers, in place.</summary>
    internal void ScaleOutputs(Span<double> outputs)
    {
        for (var i = 0; i < outputs.Length && _outputs.Length > 0; i++)
        {
            outputs[i] = _outputs[i % _outputs.Length].Scaled(outputs[i]);
        }
    }

    /// <summary>The inputs of one row as the layers take them, as nodes over the user's values.</summary>
    internal GradValue[] ScaleInputs(GradValue[] inputs) => [.. inputs.Select((input, i) => _inputs[i].Scaled(input))];

    /// <summary>The answers in the user's units, as nodes over the outputs of the layers.</summary>
    internal GradValue[] UnscaleOutputs(GradValue[] outputs) =>
        _outputs.Length == 0 ? outputs : [.. outputs.Select((output, i) => _outputs[i].Unscaled(output))];

    private sealed record Column(string Name, double Mean, double Scale)
    {
        public bool IsScaled => Mean != 0 || Scale != 1;

        public double Scaled(double number) => (number - Mean) / Scale;

        // A mean of 0 is not added, so that -0 stays -0.
        public double Unscaled(double number) => Mean == 0 ? number * Scale : number * Scale + Mean;

        // A step that changes nothing makes no node.
        public GradValue Scaled(GradValue value)
        {
            var centred = Mean == 0 ? value : value - MeanLeaf();
            return Scale == 1 ? centred : centred / ScaleLeaf();
        }

        public GradValue Unscaled(GradValue value)
        {
            var spread = Scale == 1 ? value : value * ScaleLeaf();
            return Mean == 0 ? spread : spread + MeanLeaf();
        }

        private GradValue MeanLeaf() => new(Mean, $"mean of {Name}");

        private GradValue ScaleLeaf() => new(Scale, $"scale of {Name}");
    }
}
