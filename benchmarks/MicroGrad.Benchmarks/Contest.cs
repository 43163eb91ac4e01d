using System.Globalization;

namespace MicroGrad.Benchmarks;

/// <summary>MicroGrad's part in a round of the comparison: times the workloads and prints a line of JSON for each.</summary>
internal sealed class Contest(int threads, double seconds, string[] chosen)
{
    /// <summary>Steps of the chain that elementary operations are timed by: its graph fits the processor's cache.</summary>
    private const int ShortChain = 1000;

    public void Run()
    {
        Training();
        if (threads == 1)
        {
            Scalar();
            Chains();
        }
    }

    private void Training()
    {
        foreach (var workload in TrainingWorkload.All)
        {
            var whole = $"{workload.Name}, whole training of {workload.Epochs} epochs";
            foreach (var precision in Enum.GetValues<Precision>())
            {
                if (IsChosen(workload.Name))
                {
                    var step = workload.Start(precision, threads);
                    var loss = After(TrainingWorkload.ComparedSteps, step);
                    Tell(workload.Name, "us", Stopwatches.Time(step, seconds), loss, precision);
                }

                if (IsChosen(whole))
                {
                    var train = workload.StartWhole(precision, threads);
                    var loss = train();
                    Tell(whole, "us", Stopwatches.Time(train, seconds), loss, precision);
                }
            }
        }

        const string AtPeak = "C3 and the processor's peak";
        if (threads == 1 && IsChosen(AtPeak))
        {
            var step = TrainingWorkload.All.Single(workload => workload.Name == "C3").Start(Precision.Single, 1);
            Tell(AtPeak, "us", Stopwatches.Time(step, seconds), null, Precision.Single);
        }
    }

    private void Scalar()
    {
        if (IsChosen("moons, live graph"))
        {
            var step = LiveGraphWorkload.Moons();
            Tell("moons, live graph", "us", Stopwatches.Time(step, seconds), step());
        }

        if (IsChosen("elementary operations"))
        {
            // Two nodes a step of the chain.
            const int Nodes = 2 * ShortChain;
            Func<double> chain = () => LiveGraphWorkload.Chain(ShortChain);
            var (least, median) = Stopwatches.Time(chain, seconds);
            Tell("elementary operations", "ns a node", (least * 1000 / Nodes, median * 1000 / Nodes), chain());
            TellBytes("elementary operations, memory", "bytes a node", Bytes(() => chain()) / Nodes);
        }
    }

    private void Chains()
    {
        foreach (var steps in new[] { 1_000_000, 10_000_000 })
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"chain of {steps:N0}");
            if (IsChosen(name))
            {
                var result = LiveGraphWorkload.TanhChain(steps);
                var (least, median) = Stopwatches.TimeFew(() => LiveGraphWorkload.TanhChain(steps), steps > 1_000_000 ? 1 : 5);
                Tell(name, "ms", (least / 1000, median / 1000), result);
                TellBytes($"{name}, memory", "bytes a step", Bytes(() => LiveGraphWorkload.TanhChain(steps)) / steps);
            }
        }
    }

    private static double After(int steps, Func<double> step)
    {
        var loss = 0.0;
        for (var i = 0; i < steps; i++)
        {
            loss = step();
        }

        return loss;
    }

    /// <summary>What a call allocates, graph and way back together.</summary>
    private static double Bytes(Action call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        call();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private bool IsChosen(string name) => chosen.Length == 0 || chosen.Contains(name);

    private void TellBytes(string workload, string unit, double bytes) => Tell(workload, unit, (bytes, bytes), null);

    private void Tell(
        string workload, string unit, (double Least, double Median) measured, double? result, Precision precision = Precision.Double) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"workload":"{{workload}}","peer":"MicroGrad","precision":"{{precision.ToString().ToLowerInvariant()}}","threads":{{threads}},"unit":"{{unit}}","least":{{measured.Least:R}},"median":{{measured.Median:R}},"result":{{result?.ToString("R", CultureInfo.InvariantCulture) ?? "null"}}}"""));
}
