using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.Graphs;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>
/// A loss of the user's own: a script block over the outputs of a row as values, and its targets as numbers (each a
/// single one where there is one, else an array). The loss of a batch is the mean over its rows.
/// </summary>
/// <remarks>
/// Where one call with symbolic values shows everything that the script does, it is compiled; else it is called for every row.
/// Results are the same.
/// </remarks>
internal sealed class ScriptBlockLoss(ScriptBlock script, TargetEncoding encoding) : RowLoss
{
    // The largest difference of compiled and interpreted losses, whose functions round differently.
    private const double Tolerance = 1e-9;

    private CompiledLoss? _compiled;
    private bool _readsSession;
    private HashSet<GradValue> _lastLeaves = [];
    private bool _sharesLeaves;

    public override TargetEncoding Encoding => encoding;

    /// <summary>Cancelled to end a step between two rows.</summary>
    public CancellationToken StopToken { get; set; }

    /// <summary>Whether the script is compiled; else it needs a session to run in.</summary>
    public bool IsCompiled => _compiled is not null;

    /// <summary>How the script runs, and why.</summary>
    public string Plan { get; private set; } = "The loss runs row by row.";

    /// <summary>Compiles the script where that does not change results.</summary>
    /// <param name="samples">Rows to train on: the first is tried both ways.</param>
    /// <param name="runsElsewhere">Whether the script will run where the variables of this session are not.</param>
    public void TryCompile(Samples samples, bool runsElsewhere)
    {
        var syntax = TraceableSyntax.Of(script);
        _readsSession = syntax.ReadsSession;
        var obstacle = syntax.Obstacle is { } text ? $"a trace can't follow '{MessageText.Excerpt(text)}'"
            : runsElsewhere && _readsSession ? "a job does not see the variables of this session"
            : Compile(samples);
        Plan = obstacle is null ? "The loss is compiled from one trace of the script block." : $"The loss runs row by row: {obstacle}.";
    }

    /// <summary>Text that identifies the loss: the script, and a result where it may depend on something outside.</summary>
    /// <param name="samples">Rows to train on: the first is tried.</param>
    public string Describe(Samples samples)
    {
        // What was compiled without the session depends on nothing outside.
        if (IsCompiled && !_readsSession)
        {
            return $"{script}";
        }

        try
        {
            var (first, second) = (FirstRow(samples), FirstRow(samples));

            // Random draws of a script are not included.
            return first.Equals(second) ? $"{script} {Cell.Text(first)}" : $"{script}";
        }
        catch (GradException)
        {
            // The training will report it.
            return $"{script}";
        }
    }

    /// <summary>
    /// Traces the script again: since the last epoch, the pipeline may have set variables that the script
    /// reads.
    /// </summary>
    public void Renew()
    {
        if (_compiled is null || !_readsSession)
        {
            return;
        }

        try
        {
            _compiled = _compiled.Retraced();
        }
        catch (GradException)
        {
            // The script gives the same error when it runs row by row.
            _compiled = null;
        }

        _compiled = _sharesLeaves ? null : _compiled;
    }

    public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        StopToken.ThrowIfCancellationRequested();
        var leaves = new GradValue[outputs.Length];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = new GradValue(outputs[i], outputs.Length == 1 ? "prediction" : $"prediction{i + 1}");
        }

        var cost = Call(leaves, targets);
        cost.Backward();
        for (var i = 0; i < leaves.Length; i++)
        {
            gradient[i] = leaves[i].Grad;
        }

        return cost.Data;
    }

    public override double Batch(LossBatch batch) => _compiled is null ? base.Batch(batch) : _compiled.Batch(batch);

    public override double Divisor(double totalWeight, int outputCount) => totalWeight;

    /// <summary>Compiles the script; gives the reason where that is not possible.</summary>
    private string? Compile(Samples samples)
    {
        try
        {
            var compiled = new CompiledLoss(Trace, samples.OutputCount, encoding);
            if (_readsSession)
            {
                compiled = compiled.Retraced();
            }

            if (_sharesLeaves)
            {
                return "it depends on values from outside, whose gradients are to be kept";
            }

            if (!AgreesWithRow(compiled, samples))
            {
                return "it gives another result for symbolic values";
            }

            _compiled = compiled;
            return null;
        }
        catch (GradException error)
        {
            return $"a trace fails ({MessageText.Excerpt(error.Message)})";
        }
    }

    private static double[] ArbitraryOutputs(Samples samples) => [.. Enumerable.Range(1, samples.OutputCount).Select(i => Math.Sin(i))];

    /// <summary>The loss of the first row, at arbitrary outputs. No gradient is added to values from outside.</summary>
    private double FirstRow(Samples samples)
    {
        StopToken.ThrowIfCancellationRequested();
        var outputs = ArbitraryOutputs(samples);
        var targets = LossBatch.Of(samples, outputs, new double[outputs.Length]).TargetsAt(0, new double[outputs.Length]);
        return Call(Array.ConvertAll(outputs, output => new GradValue(output)), targets).Data;
    }

    /// <summary>Computes the first row both ways, at arbitrary outputs.</summary>
    private bool AgreesWithRow(CompiledLoss compiled, Samples samples)
    {
        var outputs = ArbitraryOutputs(samples);
        var (traced, called) = (new double[outputs.Length + 1], new double[outputs.Length + 1]);
        var targets = LossBatch.Of(samples, outputs, called).TargetsAt(0, new double[outputs.Length]);
        traced[^1] = compiled.Row(outputs, targets, traced.AsSpan(0, outputs.Length));
        called[^1] = Row(outputs, targets, called.AsSpan(0, outputs.Length));
        return traced.Zip(called).All(
            pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Max(1, Math.Abs(pair.Second)));
    }

    /// <remarks>
    /// Two traces share only leaves from outside the script. Row by row, such a leaf would accumulate gradients, for example
    /// to be learnt itself.
    /// </remarks>
    private GradValue Trace(GradValue[] outputs, GradValue[] targets)
    {
        var root = Call(outputs, targets.Length == 1 ? targets[0] : (object)targets);
        HashSet<GradValue> leaves = [.. TopologicalOrder.Of(root).ToArray().Where(node => node.IsLeaf)];
        _sharesLeaves = _lastLeaves.Overlaps(leaves);
        _lastLeaves = leaves;
        return root;
    }

    private GradValue Call(GradValue[] outputs, ReadOnlySpan<double> targets) =>
        Call(outputs, targets.Length == 1 ? targets[0] : (object)targets.ToArray());

    private GradValue Call(GradValue[] outputs, object targets) => ScriptCall.Value(
        script,
        [outputs.Length == 1 ? outputs[0] : outputs, targets],
        error => new GradException("LossFailed", $"The loss failed: {error.Message}", error),
        given => new GradException(
            "LossNotAGradValue",
            $"The loss gave {given}, where one GradValue is expected. End it in an expression over $prediction, such as ($prediction - $target).Pow(2)."));
}
