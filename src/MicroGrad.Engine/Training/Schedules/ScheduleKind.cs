namespace MicroGrad;

/// <summary>How the learning rate goes on from its first value, over the n steps of a training.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>On a straight line to the final rate: first + (final - first) k / n at step k.</summary>
    Linear,

    /// <summary>Times a factor after every so many epochs.</summary>
    Step,

    /// <summary>By the same factor at every step, down to the final rate: first (final / first)^(k / n).</summary>
    Exponential,

    /// <summary>On half a cosine to the final rate: final + (first - final) (1 + cos(pi k / n)) / 2.</summary>
    Cosine,

    /// <summary>Times a factor whenever the loss has not improved for so many epochs.</summary>
    ReduceOnPlateau,
}
