namespace MicroGrad.Training;

/// <summary>The learning rate from step to step. Its only memory is that of ReduceOnPlateau.</summary>
internal sealed class Schedule(ScheduleOptions options, double first, int epochs, int stepsPerEpoch)
{
    private readonly double _factor = options.Factor ?? 0.1;
    private readonly int _interval = options.Interval ?? 10;
    private readonly double _final =
        options.FinalLearningRate ?? (options.Kind == ScheduleKind.Exponential ? first / 100 : 0);

    /// <summary>What ReduceOnPlateau remembers: its factor so far, the best loss and the epochs since.</summary>
    public PlateauState Plateau { get; set; } = new(1, double.PositiveInfinity, 0);

    /// <summary>The rate of a step.</summary>
    /// <param name="step">The step over the whole training, from 0.</param>
    public double RateAt(long step)
    {
        var warmup = (long)options.WarmupEpochs * stepsPerEpoch;
        var rate = ScheduledAt(step);
        return step < warmup ? rate * (step + 1) / warmup : rate;
    }

    /// <summary>Called with the loss of a finished epoch. A loss that is not finite is no improvement.</summary>
    public void EpochDone(double loss)
    {
        if (options.Kind != ScheduleKind.ReduceOnPlateau)
        {
            return;
        }

        // An improvement by less than a ten-thousandth does not count, as in PyTorch.
        if (loss < Plateau.Best * (1 - 1e-4) && double.IsFinite(loss))
        {
            Plateau = Plateau with { Best = loss, Waited = 0 };
            return;
        }

        var waited = Plateau.Waited + 1;
        Plateau = waited >= _interval
            ? Plateau with { Factor = Plateau.Factor * _factor, Waited = 0 }
            : Plateau with { Waited = waited };
    }

    private double ScheduledAt(long step)
    {
        var part = (double)step / ((long)epochs * stepsPerEpoch);
        return options.Kind switch
        {
            ScheduleKind.Linear => first + (_final - first) * part,
            ScheduleKind.Step => first * Math.Pow(_factor, step / stepsPerEpoch / _interval),
            ScheduleKind.Exponential => first * Math.Pow(_final / first, part),
            ScheduleKind.Cosine => _final + (first - _final) * (1 + Math.Cos(Math.PI * part)) / 2,
            ScheduleKind.ReduceOnPlateau => Math.Max(_final, first * Plateau.Factor),
            _ => first,
        };
    }
}

/// <summary>What ReduceOnPlateau remembers.</summary>
/// <param name="Factor">The product of all drops so far.</param>
/// <param name="Best">The best loss so far.</param>
/// <param name="Waited">Epochs since that one, or since the last drop.</param>
internal readonly record struct PlateauState(double Factor, double Best, int Waited);
