namespace MicroGrad;

/// <summary>How the learning rate goes on from its first value, over the n steps of a training.</summary>
public enum ScheduleKind
{
    /// <summary>The rate stays as it is.</summary>
    Constant,

    /// <summary>On a straight line to the final rate: first + (final - first) k / n at step k.</summary>
    Linear,

    /// <summary>Multiplied by a factor after every interval of epochs.</summary>
    Step,

    /// <summary>By the same factor at every step, down to the final rate: first (final / first)^(k / n).</summary>
    Exponential,

    /// <summary>On half a cosine to the final rate: final + (first - final) (1 + cos(pi k / n)) / 2.</summary>
    Cosine,

    /// <summary>Multiplied by a factor whenever the loss has not improved for an interval of epochs.</summary>
    ReduceOnPlateau,
}
