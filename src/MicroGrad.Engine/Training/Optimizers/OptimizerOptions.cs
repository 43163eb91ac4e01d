using System.Numerics;

namespace MicroGrad.Training;

/// <summary>Which optimizer, and its settings; <see cref="OptionFit"/> says which kinds read which.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The rule.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Adam;

    /// <summary>The share of the last step in the next, from 0 to below 1 (Sgd).</summary>
    public double Momentum { get; init; }

    /// <summary>Whether momentum looks ahead (Sgd).</summary>
    public bool Nesterov { get; init; }

    /// <summary>How much of a parameter each step takes off, times the rate; 0 or more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The share of the past in the running mean of the gradient; null for 0.9 (Adam, AdamW).</summary>
    public double? Beta1 { get; init; }

    /// <summary>The share of the past in the running mean of squares; null for 0.999 (Adam, AdamW) or 0.99 (RmsProp).</summary>
    public double? Beta2 { get; init; }

    /// <summary>What keeps a division from 0; null for PyTorch's 1e-8 (1e-10 for Adagrad).</summary>
    public double? Epsilon { get; init; }

    /// <summary>A learning rate that suits the kind where none is given.</summary>
    internal double DefaultLearningRate => Kind is OptimizerKind.Sgd or OptimizerKind.Adagrad ? 0.1 : 0.01;

    /// <summary>An optimizer at its start.</summary>
    internal Optimizer<T> Create<T>(int parameterCount)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Kind switch
        {
            OptimizerKind.Sgd => new Sgd<T>(parameterCount, Momentum, Nesterov, WeightDecay),
            OptimizerKind.RmsProp => new RmsProp<T>(
                parameterCount, Beta2 ?? 0.99, 1 - (Beta2 ?? 0.99), Epsilon ?? 1e-8, WeightDecay),
            OptimizerKind.Adagrad => new RmsProp<T>(parameterCount, 1, 1, Epsilon ?? 1e-10, WeightDecay),
            OptimizerKind.Adam => new Adam<T>(parameterCount, Beta1 ?? 0.9, Beta2 ?? 0.999, Epsilon ?? 1e-8, WeightDecay, decoupled: false),
            OptimizerKind.AdamW => new Adam<T>(parameterCount, Beta1 ?? 0.9, Beta2 ?? 0.999, Epsilon ?? 1e-8, WeightDecay, decoupled: true),
            _ => throw new GradException(
                "UnknownOptimizer",
                $"There is no optimizer '{Kind}'; choose one of {string.Join(", ", Enum.GetNames<OptimizerKind>())}."),
        };

    /// <summary>Refuses settings that no step can be made with.</summary>
    /// <exception cref="GradException">
    /// Ids <c>InvalidMomentum</c>, <c>InvalidWeightDecay</c>, <c>InvalidBeta</c>, <c>InvalidEpsilon</c>, <c>UnusedOption</c>.
    /// </exception>
    internal void Validate()
    {
        Options.Require(Momentum is >= 0 and < 1, "InvalidMomentum", "momentum", Momentum, "a number from 0 to below 1, such as 0.9");
        Options.Require(
            WeightDecay >= 0 && double.IsFinite(WeightDecay), "InvalidWeightDecay", "weight decay", WeightDecay, "0 or a positive number, such as 0.01");
        Options.Require(Beta1 is null or (>= 0 and < 1), "InvalidBeta", "beta 1", Beta1 ?? 0, "a number from 0 to below 1, such as 0.9");
        Options.Require(Beta2 is null or (>= 0 and < 1), "InvalidBeta", "beta 2", Beta2 ?? 0, "a number from 0 to below 1, such as 0.999");
        Options.Require(
            Epsilon is null || (Epsilon > 0 && double.IsFinite(Epsilon.Value)), "InvalidEpsilon", "epsilon", Epsilon ?? 0, "a positive number, such as 1e-8");
        OptionFit.Require(this);
        if (Nesterov && Momentum == 0)
        {
            throw new GradException("UnusedOption", "Nesterov's form needs a momentum above 0, such as 0.9.");
        }
    }
}
