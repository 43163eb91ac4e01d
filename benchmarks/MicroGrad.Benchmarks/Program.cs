using System.Globalization;
using BenchmarkDotNet.Running;
using MicroGrad.Benchmarks;

// "round THREADS SECONDS [WORKLOAD …]": a round of the comparison with peers, a line of JSON for each measurement.
// "growth SECONDS MOST PATH": how time grows with work up to so many nodes, rows and parameters, and a plot of it.
// Compare-Peer.ps1 calls both. Anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["round", var threads, var seconds, .. var chosen]:
        new Contest(int.Parse(threads, CultureInfo.InvariantCulture), Number(seconds), chosen).Run();
        break;
    case ["growth", var seconds, var most, var path]:
        Growth.Run(Number(seconds), int.Parse(most, CultureInfo.InvariantCulture), path);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Contest).Assembly).Run(args);
        break;
}

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
