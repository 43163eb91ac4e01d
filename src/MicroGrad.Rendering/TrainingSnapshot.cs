namespace MicroGrad;

/// <summary>A network during its training: how an epoch went, and the parameters after it.</summary>
/// <param name="Result">How the epoch went.</param>
/// <param name="Parameters">The data of all parameters after the epoch, in the order of <see cref="Mlp.Parameters"/>.</param>
public sealed record TrainingSnapshot(EpochResult Result, IReadOnlyList<double> Parameters)
{
    /// <summary>Takes a snapshot of a model after an epoch.</summary>
    /// <param name="model">The model, as the epoch left it.</param>
    /// <param name="result">How the epoch went.</param>
    public static TrainingSnapshot Of(Mlp model, EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(result);
        return new TrainingSnapshot(result, [.. model.Parameters.Select(parameter => parameter.Data)]);
    }
}
