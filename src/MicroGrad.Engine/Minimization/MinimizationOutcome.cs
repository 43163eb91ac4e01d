namespace MicroGrad;

/// <summary>How a search for a minimum ended.</summary>
public enum MinimizationOutcome
{
    /// <summary>The gradient is no longer than the tolerance, or a step would change the value by less than its rounding.</summary>
    Converged,

    /// <summary>All iterations are used up, and the gradient is still longer than the tolerance.</summary>
    IterationLimit,

    /// <summary>No step leads further down, though the gradient is not 0: a corner, or a gradient that is not the function's.</summary>
    Stalled,

    /// <summary>The function falls without end in one direction.</summary>
    Unbounded,

    /// <summary>All iterations are used up, and the value is above that of the start.</summary>
    Diverged,
}
