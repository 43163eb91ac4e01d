namespace MicroGrad.Persistence;

/// <summary>Activations that the caller gives for files that name none.</summary>
/// <param name="Hidden">The one of hidden layers; null where none was given.</param>
/// <param name="Output">The one of the output layer; null where none was given.</param>
public readonly record struct GivenActivations(Activation? Hidden = null, Activation? Output = null)
{
    /// <summary>Refuses what contradicts a model whose file names its activations.</summary>
    /// <exception cref="GradException">An activation differs (id <c>UnusedOption</c>).</exception>
    public void RequireAgreement(Mlp model)
    {
        foreach (var (index, layer) in model.Layers.Index())
        {
            var isOutput = index == model.Layers.Count - 1;
            if ((isOutput ? Output : Hidden) is { } given && given != layer.Activation)
            {
                throw new GradException(
                    "UnusedOption",
                    $"The {(isOutput ? "output" : "hidden")} activation {given} was given, but the file names its own, {layer.Activation}. Leave it out.");
            }
        }
    }
}
