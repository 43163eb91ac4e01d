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
foreach (var workload in TrainingWorkload.All.Where(workload => chosen.Length == 0 || chosen.Contains(workload.Name)))
{
    foreach (var threads in workload.Name == "C3" ? new[] { 1, 2 } : [1])
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var step = workload.Start(precision, threads);
            var loss = 0.0;
            for (var i = 0; i < 100; i++)
            {
                loss = step();
            }

            var (least, median) = Stopwatches.Time(() => step(), time);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"workload":"{{workload.Name}}","peer":"MicroGrad","precision":"{{precision.ToString().ToLowerInvariant()}}","threads":{{threads}},"least":{{least:R}},"median":{{median:R}},"result":{{loss:R}}}"""));
        }
    }
}
