using System.Diagnostics;

namespace MicroGrad.Benchmarks;

/// <summary>Times a step in a process that runs once in a round of the comparison.</summary>
internal static class Stopwatches
{
    /// <summary>The same over a few calls of something long.</summary>
    public static (double Least, double Median) TimeFew(Action call)
    {
        var times = new double[5];
        for (var i = 0; i < times.Length; i++)
        {
            var clock = Stopwatch.StartNew();
            call();
            times[i] = clock.Elapsed.TotalMicroseconds;
        }

        Array.Sort(times);
        return (times[0], times[times.Length / 2]);
    }

    /// <summary>The least and the median time of a step, in microseconds, over groups of steps that fill some seconds.</summary>
    public static (double Least, double Median) Time(Action step, double seconds)
    {
        // Long enough for the runtime's last tier, and to learn how many steps a group of a few milliseconds has.
        var clock = Stopwatch.StartNew();
        var steps = 0;
        while (clock.Elapsed.TotalSeconds < seconds / 2 || steps < 200)
        {
            step();
            steps++;
        }

        var group = Math.Max(1, (int)(steps * 0.005 / clock.Elapsed.TotalSeconds));
        var times = new List<double>();
        var end = clock.Elapsed + TimeSpan.FromSeconds(seconds);
        while (clock.Elapsed < end || times.Count < 5)
        {
            var start = clock.Elapsed;
            for (var i = 0; i < group; i++)
            {
                step();
            }

            times.Add((clock.Elapsed - start).TotalMicroseconds / group);
        }

        times.Sort();
        return (times[0], times[times.Count / 2]);
    }
}
