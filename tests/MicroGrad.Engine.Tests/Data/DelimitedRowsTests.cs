using System.Text;
using FsCheck.Xunit;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class DelimitedRowsTests
{
    /// <summary>What PowerShell 7.6's Import-Csv makes of each text, but that a row has the cells that it has.</summary>
    public static TheoryData<string, string[][]> Texts => new()
    {
        { "1,2\n3,4\n", [["1", "2"], ["3", "4"]] },
        { "1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]] },
        { "1,2\r3,4", [["1", "2"], ["3", "4"]] },
        { "\"x\"y,2\n", [["xy", "2"]] },
        { "\"x\" y\"z,2\n", [["x y\"z", "2"]] },
        { "\"x\" ,2\n", [["x", "2"]] },
        { "x\"y\",2\n", [["x\"y\"", "2"]] },
        { " x , y \n", [["x ", "y "]] },
        { "\t x\t,2\n", [["x\t", "2"]] },
        { "\n\n1,2\n\n \n\"\"\n", [["1", "2"]] },
        { " ,\n,\n", [["", ""], ["", ""]] },
        { "1,\"2\n3\"\n", [["1", "2\n3"]] },
        { "1,\"2\"\"3\"\n", [["1", "2\"3"]] },
        { "\"1\"\"\",2", [["1\"", "2"]] },
        { "\"x\"\"y\"z\"w\",2\n", [["x\"yz\"w\"", "2"]] },
        { "1\n2,3,4\n", [["1"], ["2", "3", "4"]] },
        { "1,2,\n3,4", [["1", "2", ""], ["3", "4"]] },
        { "é,\ud83d\ude00\n", [["é", "\ud83d\ude00"]] },
        { "", [] },
        { "\r\n", [] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Cells_are_those_of_Import_Csv(string text, string[][] expected)
    {
        foreach (var step in new[] { 1, 2, 3, 1000 })
        {
            Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(text), step));
        }
    }

    [Fact]
    public void A_delimiter_may_be_a_blank()
    {
        Assert.Equal([["1", "2"], ["x", "y z"]], Read("1\t2\nx\t\"y z\"\n"u8.ToArray(), 1000, '\t'));
        Assert.Equal([["1 2", "3"], ["", "4"]], Read("\"1 2\" 3\n 4\n"u8.ToArray(), 1000, ' '));
    }

    [Fact]
    public void A_byte_order_mark_says_the_encoding()
    {
        foreach (var encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] bytes = [.. encoding.Preamble, .. encoding.GetBytes("é,2\n3,€")];
            Assert.Equal([["é", "2"], ["3", "€"]], Read(bytes, 1));
        }

        byte[] wide = [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes("1,2")];
        Assert.Equal("InvalidCsv", Assert.Throws<GradException>(() => Read(wide, 1000)).ErrorId);
    }

    [Theory]
    [InlineData("1,\"2")]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    public void An_open_quote_is_refused(string text) =>
        Assert.Equal("InvalidCsv", Assert.Throws<GradException>(() => Read(Encoding.UTF8.GetBytes(text), 1)).ErrorId);

    [Theory]
    [InlineData('x')]
    [InlineData(',')]
    [InlineData('"')]
    public void What_never_ends_is_refused(char endless) =>
        Assert.Equal(
            "InvalidCsv",
            Assert.Throws<GradException>(() => Read(Encoding.UTF8.GetBytes("\"" + new string(endless, 3_000_000)), 1 << 20)).ErrorId);

    [Fact]
    public void Rows_longer_than_a_block_are_whole()
    {
        var row = Enumerable.Range(0, 100_000).Select(i => i % 7 == 0 ? $"\"{i},\"\"x\"" : $"{i}").ToArray();
        var text = string.Join('\n', Enumerable.Repeat(string.Join(',', row), 3));
        var rows = Read(Encoding.UTF8.GetBytes(text), 100_003);

        Assert.Equal(3, rows.Length);
        string[] expected = [.. Enumerable.Range(0, 100_000).Select(i => i % 7 == 0 ? $"{i},\"x" : $"{i}")];
        Assert.All(rows, cells => Assert.Equal(expected, cells));
    }

    [Property(MaxTest = 2000)]
    public void Any_text_is_read_as_character_by_character(byte[] choices, byte step)
    {
        // Of few characters, so that quotes, delimiters and line breaks meet.
        var text = string.Concat(choices.Select(choice => "ab ,\"\"\n\r,\té"[choice % 11])) + "abcdefghijklmnopqrstuvwxyz,0123456789,\"x\"\n";
        string[][]? expected = null;
        try
        {
            expected = ReadSlowly(text);
        }
        catch (FormatException)
        {
            Assert.Throws<GradException>(() => Read(Encoding.UTF8.GetBytes(text), step + 1));
        }

        if (expected is not null)
        {
            Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(text), step + 1));
        }
    }

    [Fact]
    public void Empty_rows_in_any_number_are_passed_over_and_not_kept()
    {
        var text = "1,2" + new string('\n', 70_000_000) + "3,4" + string.Concat(Enumerable.Repeat("\r\n", 1_000)) + "\"\"\n5,6";
        Assert.Equal([["1", "2"], ["3", "4"], ["5", "6"]], Read(Encoding.UTF8.GetBytes(text), 1 << 20));
    }

    [Fact]
    public void An_empty_row_of_any_length_does_not_end_the_reading()
    {
        var blanks = new string(' ', 40_000);
        Assert.Equal([["1", "2"], ["3", "4"], ["5", "6"]], Read(Encoding.UTF8.GetBytes($"1,2\n{blanks}\n3,4\n\"\"{blanks}\n5,6"), 1 << 20));
    }

    [Fact]
    public void Rows_that_are_read_together_can_be_taken_away()
    {
        var rows = new DelimitedRows(new SteppedStream("1\n2,x\n3\n"u8.ToArray(), 4), ',');
        Assert.True(rows.Read(10));
        Assert.Equal(3, rows.Count);
        rows.Remove(1);
        Assert.Equal(2, rows.Count);
        Assert.Equal(1, rows.CellCount(1));
        Assert.Equal("3", Encoding.UTF8.GetString(rows[1, 0]));
    }

    [Fact]
    public void Rows_before_one_that_can_not_be_read_come_first()
    {
        var rows = new DelimitedRows(new SteppedStream("1,2\n3\n\"4"u8.ToArray(), 4), ',');
        Assert.True(rows.Read(10));
        Assert.Equal(2, rows.Count);
        Assert.Equal("3", Encoding.UTF8.GetString(rows[1, 0]));
        Assert.Equal("InvalidCsv", Assert.Throws<GradException>(() => rows.Read(10)).ErrorId);
        Assert.Equal("InvalidCsv", Assert.Throws<GradException>(() => rows.Read(10)).ErrorId);
    }

    [Fact]
    public void Reading_can_be_stopped()
    {
        using var stopping = new CancellationTokenSource();
        var rows = new DelimitedRows(new SteppedStream("1,2\n3,4\n"u8.ToArray(), 4), ',', stopping.Token);
        Assert.True(rows.Read());
        stopping.Cancel();
        Assert.Throws<OperationCanceledException>(() => rows.Read());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void The_position_is_the_place_after_the_row(int step)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 100_000)));
        var rows = new DelimitedRows(new SteppedStream(bytes, step), ',');
        for (var row = 1; rows.Read(); row++)
        {
            Assert.Equal(4L * row, rows.Position);
        }

        Assert.Equal(bytes.Length, rows.Position);
    }

    [Theory]
    [InlineData("utf-8", "1,2\n")]
    [InlineData("utf-16", "1,2\n")]
    [InlineData("utf-16BE", "1,äöü\n")]
    [InlineData("utf-16", "1,東京\n")]
    public void The_share_that_was_read_is_that_of_the_rows_in_any_encoding(string name, string row)
    {
        const int Count = 200_000;
        var encoding = Encoding.GetEncoding(name);
        var rows = new DelimitedRows(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(string.Concat(Enumerable.Repeat(row, Count)))]), ',');
        for (var read = 0; rows.Read(1000); read += rows.Count)
        {
            if (read >= Count / 4)
            {
                Assert.Equal((double)(read + rows.Count) / Count, rows.ShareRead, 0.02);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Rows_before_what_the_system_can_not_read_come_first(int most)
    {
        var rows = new DelimitedRows(new BrokenStream("1,2\n3,4\n5,6\n7"u8.ToArray()), ',');
        var cells = new List<string>();
        var error = Assert.Throws<IOException>(() =>
        {
            while (rows.Read(most))
            {
                cells.AddRange(Enumerable.Range(0, rows.Count).Select(row => Encoding.UTF8.GetString(rows[row, 0])));
            }
        });
        Assert.Equal("broken", error.Message);
        Assert.Equal(["1", "3", "5"], cells);
        Assert.Throws<IOException>(() => rows.Read(most));
    }

    private static string[][] Read(byte[] bytes, int step, char delimiter = ',')
    {
        // One by one, and together with others.
        var (single, together) = (Read(bytes, step, delimiter, 1), Read(bytes, step, delimiter, 3));
        Assert.Equal(single, together);
        return single;
    }

    private static string[][] Read(byte[] bytes, int step, char delimiter, int most)
    {
        var rows = new DelimitedRows(new SteppedStream(bytes, step), delimiter);
        var result = new List<string[]>();
        while (rows.Read(most))
        {
            Assert.InRange(rows.Count, 1, most);
            for (var row = 0; row < rows.Count; row++)
            {
                var cells = new string[rows.CellCount(row)];
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = Encoding.UTF8.GetString(rows[row, i]);
                }

                result.Add(cells);
            }
        }

        return [.. result];
    }

    /// <summary>The rules one character at a time.</summary>
    private static string[][] ReadSlowly(string text)
    {
        var rows = new List<string[]>();
        var cells = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            while (at < text.Length && text[at] is ' ' or '\t')
            {
                at++;
            }

            var cell = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at >= text.Length)
                    {
                        throw new FormatException();
                    }

                    if (text[at] == '"' && (at + 1 == text.Length || text[++at] != '"'))
                    {
                        at += at + 1 == text.Length && text[at] == '"' ? 1 : 0;
                        break;
                    }

                    cell.Append(text[at]);
                }

                var rest = new string([.. text.Skip(at).TakeWhile(c => c is not (',' or '\n' or '\r'))]);
                at += rest.Length;
                cell.Append(string.IsNullOrWhiteSpace(rest) ? string.Empty : rest);
            }
            else
            {
                var plain = new string([.. text.Skip(at).TakeWhile(c => c is not (',' or '\n' or '\r'))]);
                at += plain.Length;
                cell.Append(plain);
            }

            cells.Add(cell.ToString());
            var ending = at < text.Length ? text[at++] : '\n';
            at += ending == '\r' && at < text.Length && text[at] == '\n' ? 1 : 0;
            if (ending != ',')
            {
                rows.Add([.. cells]);
                cells.Clear();
            }
        }

        return [.. rows.Where(row => row is not [""])];
    }

    /// <summary>Gives its bytes, and then an error instead of its end.</summary>
    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("broken");
    }

    /// <summary>Gives its bytes a few at a time.</summary>
    private sealed class SteppedStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(step, count));
    }
}
