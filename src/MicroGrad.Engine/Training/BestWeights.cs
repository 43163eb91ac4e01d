namespace MicroGrad.Training;

/// <summary>Remembers the best weights of a training, and how long ago they were.</summary>
internal sealed class BestWeights(double minimumImprovement)
{
    public double Loss { get; private set; } = double.PositiveInfinity;

    public double[]? Parameters { get; private set; }

    public int Waited { get; private set; }

    /// <summary>Called at the end of an epoch. A loss that is not finite is never the best.</summary>
    public void Observe(double loss, double[] parameters)
    {
        if (loss < Loss - minimumImprovement && double.IsFinite(loss))
        {
            Loss = loss;
            Parameters = (double[])parameters.Clone();
            Waited = 0;
        }
        else
        {
            Waited++;
        }
    }

    public void Restore(double loss, double[]? parameters, int waited) => (Loss, Parameters, Waited) = (loss, parameters, waited);
}
