namespace MicroGrad;

/// <summary>
/// A list of inputs that nodes share: all calls of a neuron have its parameters, all neurons of a layer its inputs. A walk
/// that has met a list need not look at its values again.
/// </summary>
/// <param name="values">The values; nobody changes the array.</param>
internal sealed class ValueList(GradValue[] values)
{
    public readonly GradValue[] Values = values;

    /// <summary>The number of the last walk over a graph that met all of these values.</summary>
    public long VisitMark;
}
