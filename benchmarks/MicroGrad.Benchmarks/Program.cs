using System.Globalization;
using BenchmarkDotNet.Running;
using MicroGrad;
using MicroGrad.Benchmarks;

// "round SECONDS [WORKLOAD …]": a round of the comparison with peers, a line of JSON for each workload; see
// Compare-Peer.ps1. Anything else goes to BenchmarkDotNet.
if (args is not ["round", var seconds, .. var chosen])
{
    BenchmarkSwitcher.FromAssembly(typeof(TrainingWorkload).Assembly).Run(args);
    return;
}

var time = double.Parse(seconds, CultureInfo.InvariantCulture);
foreach (var workload in TrainingWorkload.All.Where(workload => IsChosen(workload.Name)))
{
    foreach (var threads in workload.Name == "C3" ? new[] { 1, 2 } : [1])
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var step = workload.Start(precision, threads);
            var loss = 0.0;
            for (var i = 0; i < TrainingWorkload.ComparedSteps; i++)
            {
                loss = step();
            }

            Tell(workload.Name, precision, threads, Stopwatches.Time(() => step(), time), loss);
        }
    }
}

if (IsChosen("moons, live graph"))
{
    var moons = LiveGraphWorkload.Moons();
    Tell("moons, live graph", Precision.Double, 1, Stopwatches.Time(() => moons(), time), moons());
}

if (IsChosen("chain of 1,000,000"))
{
    Tell("chain of 1,000,000", Precision.Double, 1, Stopwatches.TimeFew(() => LiveGraphWorkload.Chain(1_000_000)), LiveGraphWorkload.Chain(1000));
}

bool IsChosen(string name) => chosen.Length == 0 || chosen.Contains(name);

static void Tell(string workload, Precision precision, int threads, (double Least, double Median) times, double result) =>
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"workload":"{{workload}}","peer":"MicroGrad","precision":"{{precision.ToString().ToLowerInvariant()}}","threads":{{threads}},"least":{{times.Least:R}},"median":{{times.Median:R}},"result":{{result:R}}}"""));
