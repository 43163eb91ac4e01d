namespace MicroGrad.Networks;

/// <summary>Keeps other trainings from a model until it is disposed of, once or more often, from any thread.</summary>
public sealed class TrainingHold : IDisposable
{
    private readonly Mlp _model;

    /// <summary>Takes hold of a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="GradException">It is being trained already (id <c>ModelInTraining</c>).</exception>
    public TrainingHold(Mlp model)
    {
        _model = model;
        if (Interlocked.CompareExchange(ref model.Hold, this, null) is not null)
        {
            throw new GradException("ModelInTraining", "The model is being trained already. Wait for that training or stop it, or train a copy.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.CompareExchange(ref _model.Hold, null, this);
}
