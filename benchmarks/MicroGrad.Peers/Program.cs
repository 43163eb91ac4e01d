using System.Globalization;
using MicroGrad.Benchmarks;

// "torch THREADS SECONDS [WORKLOAD …]": the training steps by TorchSharp. "rows PATH TURNS": the numbers of a CSV file by Sep
// and by Sylvan. Each prints a line of JSON for a measurement, in the same form as MicroGrad.Benchmarks.
switch (args)
{
    case ["torch", var threads, var seconds, .. var chosen]:
        TorchSteps.Run(
            int.Parse(threads, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture), chosen);
        return 0;
    case ["rows", var path, var turns]:
        CsvColumns.Run(path, int.Parse(turns, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("torch THREADS SECONDS [WORKLOAD …], or rows PATH TURNS");
        return 1;
}
