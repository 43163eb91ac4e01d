using System.Globalization;
using nietras.SeparatedValues;
using Sylvan.Data.Csv;

namespace MicroGrad.Benchmarks;

/// <summary>The columns of a CSV file of numbers as lists, by Sep and by Sylvan.</summary>
internal static class CsvColumns
{
    public static void Run(string path, int turns)
    {
        var sep = new List<double>();
        var sylvan = new List<double>();
        for (var turn = 0; turn < turns; turn++)
        {
            sep.Add(Time(() => BySep(path)));
            sylvan.Add(Time(() => BySylvan(path)));
        }

        Tell("Sep and parsing", sep);
        Tell("Sylvan and parsing", sylvan);
    }

    private static List<double>[] BySep(string path)
    {
        using var reader = Sep.Reader().FromFile(path);
        var columns = Columns(reader.Header.ColNames.Count);
        foreach (var row in reader)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c].Add(row[c].Parse<double>());
            }
        }

        return columns;
    }

    private static List<double>[] BySylvan(string path)
    {
        using var reader = CsvDataReader.Create(path);
        var columns = Columns(reader.FieldCount);
        while (reader.Read())
        {
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c].Add(reader.GetDouble(c));
            }
        }

        return columns;
    }

    private static List<double>[] Columns(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<double>())];

    private static double Time(Func<List<double>[]> read) => Stopwatches.TimeFew(() => read()[0].Count, 1).Least / 1000;

    private static void Tell(string peer, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"workload":"rows by -Path","peer":"{{peer}}","precision":"double","threads":1,"unit":"ms","least":{{times[0]:R}},"median":{{times[times.Count / 2]:R}},"result":null}"""));
    }
}
