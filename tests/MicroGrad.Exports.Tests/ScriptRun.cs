using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroGrad.Exports.Tests;

/// <summary>The files of all cases in one language, run once by its own runtime in a folder of their own.</summary>
internal sealed class ScriptRun : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public ScriptRun() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"micrograd-{Guid.NewGuid():N}");

    /// <summary>A file that must not be there: names from data would make it if they were code.</summary>
    public string Canary => Path.Combine(Folder, "canary");

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text, Utf8);

    public void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(Folder, name), content);

    /// <summary>The rows of all cases, for the runner of a language to read.</summary>
    public void WriteRows(string extension)
    {
        var cases = ExportCase.All.Select(one => new JsonObject
        {
            ["file"] = one.Name + extension,
            ["labels"] = new JsonArray([.. one.Labels.Select(label => (JsonNode)label)]),
            ["rows"] = new JsonArray([.. one.Rows.Select(row => RowOf(one, row))]),
        });
        Write("cases.json", new JsonArray([.. cases]).ToJsonString());
    }

    /// <summary>Runs a program to its end, and gives what it wrote. A test whose program is missing is skipped.</summary>
    public string Run(string program, params string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Utf8,

            // Dates mean what their clock shows, wherever the clock of the machine stands.
            Environment = { ["TZ"] = "Asia/Kolkata", ["CANARY"] = Canary, ["PYTHONIOENCODING"] = "utf-8" },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"'{program}' runs exported models, and is not installed.");
        }

        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(300_000), $"{program} does not end.");
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors.Result}{output}");
        Assert.False(File.Exists(Canary), "A name from data ran as code.");
        return output;
    }

    /// <summary>Compares answers, case by case and row by row, each a list of the value and its probability, or of the labels and theirs.</summary>
    /// <param name="json">The answers.</param>
    /// <param name="areTyped">Whether labels that were numbers are answered as numbers.</param>
    public static void AssertAnswers(string json, bool areTyped = true)
    {
        using var answers = JsonDocument.Parse(json);
        Assert.Equal(ExportCase.All.Length, answers.RootElement.GetArrayLength());
        foreach (var (one, rows) in ExportCase.All.Zip(answers.RootElement.EnumerateArray()))
        {
            foreach (var ((expected, row), r) in one.Expected().Zip(rows.EnumerateArray()).Select((pair, r) => (pair, r)))
            {
                var where = $"{one.Name}, row {r + 1}";
                switch (expected.Quantiles ?? expected.Value)
                {
                    case double[] quantiles when quantiles.Length == 1:
                        AssertClose(quantiles[0], row[0].GetDouble(), where);
                        break;
                    case object[] labels:
                        Assert.Equal(labels.Length, row[0].GetArrayLength());
                        for (var i = 0; i < labels.Length; i++)
                        {
                            Assert.Equal(labels[i] is true or 1.0, row[0][i].ValueKind == JsonValueKind.True || (row[0][i].ValueKind == JsonValueKind.Number && row[0][i].GetDouble() == 1));
                            Assert.True(labels[i] is bool || !areTyped || row[0][i].ValueKind == JsonValueKind.Number, where);
                            AssertClose(expected.Probabilities![i], row[1][i].GetDouble(), where);
                        }

                        continue;
                    case string label:
                        Assert.Equal(label, row[0].GetString());
                        break;
                    case bool truth:
                        Assert.Equal(truth, row[0].GetBoolean());
                        break;
                    case double number:
                        AssertClose(number, row[0].GetDouble(), where);
                        break;
                    case double[] numbers:
                        Assert.Equal(numbers.Length, row[0].GetArrayLength());
                        for (var i = 0; i < numbers.Length; i++)
                        {
                            AssertClose(numbers[i], row[0][i].GetDouble(), where);
                        }

                        break;
                }

                Assert.Equal(expected.Probability is null, row[1].ValueKind == JsonValueKind.Null);
                if (expected.Probability is { } probability)
                {
                    AssertClose(probability, row[1].GetDouble(), where);
                }
            }
        }
    }

    public static void AssertClose(double expected, double actual, string where) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-12 * Math.Abs(expected) + 1e-300, $"{where}: {actual:R} where {expected:R} is expected.");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // A date is the list of its parts, and the text of one has a mark, by which readers of JSON leave it alone.
    private static JsonObject RowOf(ExportCase one, object?[] cells)
    {
        var row = new JsonObject();
        for (var c = 0; c < cells.Length; c++)
        {
            row[one.Columns[c].Name] = cells[c] switch
            {
                null => null,
                string text when one.Columns[c].Kind == ColumnKind.Date => "~" + text,
                string text => text,
                DateTime date => new JsonArray(date.Year, date.Month, date.Day, date.Hour, date.Minute, date.Second, (int)(date.Ticks % TimeSpan.TicksPerSecond / 10)),
                bool truth => truth,
                int number => number,
                double number => number,
                var other => throw new InvalidOperationException($"No case has {other}."),
            };
        }

        return row;
    }
}
