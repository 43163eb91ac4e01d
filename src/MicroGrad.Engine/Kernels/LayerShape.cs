using MicroGrad.Operations;

namespace MicroGrad.Kernels;

/// <summary>A layer without its parameters.</summary>
/// <param name="InputCount">How many inputs each neuron takes.</param>
/// <param name="OutputCount">How many neurons there are.</param>
/// <param name="HasBias">Whether each has a bias.</param>
/// <param name="Activation">What each applies to its weighted sum.</param>
internal sealed record LayerShape(int InputCount, int OutputCount, bool HasBias, ElementwiseOperation Activation);
