using System.Diagnostics;

namespace MicroGrad.Benchmarks;

/// <summary>Times a step in a process that runs once in a round of the comparison.</summary>
internal static class Stopwatches
{
    // Where results go while time is taken, so that none is left out.
    private static double _result;

    /// <summary>The least and the median time of a few calls of something long, in microseconds.</summary>
    public static (double Least, double Median) TimeFew(Func<double> call, int count)
    {
        var times = new double[count];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = TimeGroup(call, 1);
        }

        return Summary(times);
    }

    /// <summary>The least and the median time of a step, in microseconds, over groups of steps that fill some seconds.</summary>
    public static (double Least, double Median) Time(Func<double> step, double seconds)
    {
        var group = Math.Max(1, (int)(5000 / WarmUp(step)));
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds || times.Count < 5)
        {
            times.Add(TimeGroup(step, group));
        }

        return Summary([.. times]);
    }

    /// <summary>
    /// Brings what a step calls to the runtime's last tier; gives the time of a step. The runtime compiles anew in the
    /// background, some time after calls have become quiet, and may have one busy processor for it: hence the pauses, until
    /// several have brought nothing more.
    /// </summary>
    private static double WarmUp(Func<double> step)
    {
        var best = double.PositiveInfinity;
        var clock = Stopwatch.StartNew();
        for (var pauses = 0; pauses < 5 && clock.Elapsed.TotalSeconds < 10; pauses++)
        {
            var least = double.PositiveInfinity;
            var start = clock.Elapsed;
            for (var steps = 0; steps < 60 && (clock.Elapsed - start).TotalSeconds < 0.3; steps++)
            {
                least = Math.Min(least, TimeGroup(step, 1));
            }

            pauses = least < 0.9 * best ? 0 : pauses;
            best = Math.Min(best, least);
            Thread.Sleep(120);
        }

        return best;
    }

    private static double TimeGroup(Func<double> step, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            _result = step();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
    }

    private static (double Least, double Median) Summary(double[] times)
    {
        Array.Sort(times);
        return (times[0], times[times.Length / 2]);
    }
}
