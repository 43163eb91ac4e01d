using System.Globalization;
using MicroGrad.Data;
using MicroGrad.Rendering;
using MicroGrad.Rendering.Plots;
using MicroGrad.Training;

namespace MicroGrad.Benchmarks;

/// <summary>How time goes with work (nodes of a live graph, rows of an epoch, parameters of a training step) and with threads.</summary>
internal static class Growth
{
    private const int Least = 1000;

    /// <summary>Prints a line of JSON for each measurement and writes a plot of them.</summary>
    public static void Run(double seconds, int most, string path)
    {
        var lines = new List<(string Name, (double Count, double Seconds)[] Points)>();
        foreach (var (name, start) in new (string, Func<int, (int Count, Func<double> Call)>)[]
        {
            ("nodes", Nodes), ("rows", Rows), ("parameters", Parameters),
        })
        {
            var points = new List<(double Count, double Seconds)>();
            for (long wanted = Least; wanted <= most; wanted *= 10)
            {
                var (count, call) = start((int)wanted);
                points.Add(Measure(name, count, call, seconds));

                // What the next one needs room for.
                call = () => 0;
                GC.Collect();
            }

            lines.Add((name, [.. points]));
        }

        var c3 = TrainingWorkload.All.Single(workload => workload.Name == "C3");
        lines.Add((
            "threads",
            [.. Enumerable.Range(1, Environment.ProcessorCount).Select(threads => Measure("threads", threads, c3.Start(Precision.Single, threads), seconds))]));

        File.WriteAllText(path, Plot(lines));
    }

    private static (double Count, double Seconds) Measure(string name, int count, Func<double> call, double seconds)
    {
        var time = Stopwatches.Time(call, seconds).Least;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $$"""{"growth":"{{name}}","count":{{count}},"microseconds":{{time:R}}}"""));
        return (count, time / 1e6);
    }

    /// <summary>a y + b over and over, and back: two nodes a step.</summary>
    private static (int Count, Func<double> Call) Nodes(int count) => (count, () => LiveGraphWorkload.Chain(count / 2));

    /// <summary>An epoch of C1's network over rows.</summary>
    private static (int Count, Func<double> Call) Rows(int count)
    {
        var samples = new Samples(count, 2, 1);
        for (var r = 0; r < count; r++)
        {
            samples.InputsAt(r)[0] = Math.Sin(1 + 0.7 * r);
            samples.InputsAt(r)[1] = Math.Sin(2.3 + 0.7 * r);
            samples.TargetsAt(r)[0] = Math.Sin(samples.InputsAt(r)[0]);
        }

        // Each call takes another epoch.
        var epochs = new Trainer(
            new Mlp(2, [16, 16, 1]), null, samples, LossKind.MeanSquaredError.Create(), new TrainingOptions { Epochs = int.MaxValue, Threads = 1 })
            .Run(CancellationToken.None).GetEnumerator();
        return (count, () => epochs.MoveNext() ? epochs.Current.Loss : double.NaN);
    }

    /// <summary>A step of 32 rows through three layers of one width.</summary>
    private static (int Count, Func<double> Call) Parameters(int count)
    {
        const int Batch = 32;
        var width = (int)Math.Round(Math.Sqrt(count / 2.0));
        var model = new Mlp(width, [width, width]);
        var samples = new Samples(Batch, width, width);
        for (var i = 0; i < samples.Inputs.Length; i++)
        {
            samples.Inputs[i] = Math.Sin(i);
        }

        int[] rows = [.. Enumerable.Range(0, Batch)];
        var learner = Learner.Create(model, samples, LossKind.MeanSquaredError.Create(), new TrainingOptions { Threads = 1 }, Batch);
        return (model.ParameterCount, () => learner.Step(rows, 1e-6).Loss);
    }

    private static string Plot(List<(string Name, (double Count, double Seconds)[] Points)> lines)
    {
        var points = lines.SelectMany(line => line.Points).ToArray();
        var figure = new Figure(
            name: "Time by nodes, rows, parameters and threads",
            x: Axis.Logarithmic(points.Select(point => point.Count)),
            y: Axis.Logarithmic(points.Select(point => point.Seconds)),
            xName: "nodes, rows, parameters or threads (log scale)",
            yName: "seconds (log scale)",
            marks: [.. lines.SelectMany((line, i) => new Mark[] { new LineMark(line.Points, i, line.Name), new PointsMark(line.Points, series: i) })]);
        return Chart.Write(figure, new PlotOptions { Title = "Time as work grows on one thread, and of a step of C3 by threads" }, isInPage: false);
    }
}
