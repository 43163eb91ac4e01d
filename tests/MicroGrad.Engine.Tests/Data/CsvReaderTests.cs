using System.Text;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class CsvReaderTests
{
    private const string Whole = "Size,\"Kind, or \"\"sort\"\"\",Class\r\n1.5,\"a\r\nb\",low\n-2e3,,\"high\"\n\n  7, x ,low";

    public static TheoryData<string, string[][]> Files => new()
    {
        { "a,b\n1,2", [["1", "2"]] },
        { "a,b\r\n1,2\r\n", [["1", "2"]] },
        { "a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]] },
        { "\n\r\n\na,b\n\n\n1,2\n\n", [["1", "2"]] },
        { "#TYPE Some.Type\na,b\n1,2", [["1", "2"]] },
        { "a,b\n,\n", [["", ""]] },
        { "a,b\n1\n1,2,3", [["1"], ["1", "2", "3"]] },
        { "a,b\n \t1 , 2", [["1 ", "2"]] },
        { "a,b\n\"1\"rest,\"2\"", [["1", "2"]] },
        { "a,b\n\"x\"\"y\",\"\"", [["x\"y", ""]] },
        { "a,b\n\"1,\n2\",\"\r\n\"", [["1,\n2", "\r\n"]] },
        { "a,b\nx\"y,\0", [["x\"y", "\0"]] },
        { "a,b\n\uffff,\ufffd", [["\uffff", "\ufffd"]] },
        { "a,b", [] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_are_read_cell_by_cell(string text, string[][] rows)
    {
        var csv = new CsvReader(new StringReader(text));

        Assert.Equal(["a", "b"], csv.Header);
        Assert.Equal(rows, Rows(csv));
    }

    [Fact]
    public void Columns_without_a_name_are_numbered()
    {
        Assert.Equal(["H1", "b", "H2", "c"], new CsvReader(new StringReader(",b, ,\" c \"")).Header);
    }

    [Fact]
    public void Another_delimiter_may_be_a_tab()
    {
        var csv = new CsvReader(new StringReader("a\tb\n1\t\n \t\"2\t3\""), '\t');

        Assert.Equal([["1", ""], ["", "2\t3"]], Rows(csv));
    }

    [Fact]
    public void Columns_of_numbers_are_read_as_numbers_where_they_are_some()
    {
        var csv = new CsvReader(new StringReader("a,b\n1e3,2\nx,3\n\"4\",5"));
        csv.ReadAsNumbers([0]);

        var cells = new List<object?>();
        while (csv.ReadRow() is { } row)
        {
            cells.AddRange(row);
        }

        Assert.Equal([1000.0, "2", "x", "3", "4", "5"], cells);
    }

    [Fact]
    public void Text_that_repeats_is_one_object_and_text_that_does_not_is_not_kept_for_ever()
    {
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < 11_000; i++)
        {
            text.Append("same,").Append(i).Append('\n');
        }

        var csv = new CsvReader(new StringReader(text.Append("same,10999").ToString()));
        var rows = new List<object?[]>();
        while (csv.ReadRow() is { } row)
        {
            rows.Add([.. row]);
        }

        Assert.Equal(11_001, rows.Count);
        Assert.All(rows, row => Assert.Same(rows[0][0], row[0]));
        Assert.Equal("10999", rows[^1][1]);
        Assert.NotSame(rows[^2][1], rows[^1][1]);
    }

    [Fact]
    public void Cells_may_be_long()
    {
        var cell = new string('x', 100_000);
        var csv = new CsvReader(new StringReader($"a,b\n{cell},\"{cell}\""));

        Assert.Equal([[cell, cell]], Rows(csv));
    }

    [Theory]
    [InlineData("", "EmptyData")]
    [InlineData("\n\r\n", "EmptyData")]
    [InlineData("#TYPE Some.Type\n", "EmptyData")]
    [InlineData("a,b,A", "DuplicateColumn")]
    [InlineData(",H1", "DuplicateColumn")]
    [InlineData("\"a", "InvalidCsv")]
    [InlineData("a\n\"", "InvalidCsv")]
    [InlineData("a\n\"1\"\"", "InvalidCsv")]
    public void What_is_no_table_is_refused(string text, string id) => Assert.Equal(id, Outcome(new StringReader(text)));

    /// <remarks>Endless, since a test of memory needs no large file.</remarks>
    [Theory]
    [InlineData("", "x")]
    [InlineData("a,b\n", "x")]
    [InlineData("\"", "x")]
    [InlineData("a,b\n1,\"2", "\n")]
    [InlineData("a,b\n1,2\n", ",")]
    [InlineData("", "x,")]
    [InlineData("a\n\"", "\"\"")]
    public void A_cell_or_a_row_without_end_is_refused_in_bounded_memory(string start, string repeated)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("InvalidCsv", Outcome(new EndlessReader(start, repeated)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
    }

    [Fact]
    public void A_file_that_ends_anywhere_too_early_is_read_or_refused()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            Assert.Contains(Outcome(new StringReader(Whole[..length])), new[] { null, "EmptyData", "InvalidCsv" });
        }
    }

    [Fact]
    public void A_file_with_a_flipped_bit_is_read_or_refused_whichever_it_is()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var file = (byte[])bytes.Clone();
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            using var reader = new StreamReader(new MemoryStream(file));

            Assert.Contains(Outcome(reader), new[] { null, "InvalidCsv", "DuplicateColumn" });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Garbage_of_the_signs_that_mean_something_is_read_or_refused(int seed)
    {
        var random = new System.Random(seed);
        const string Signs = "\",\n\r \t\0a1\u00e9\ud800#";
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => Signs[random.Next(Signs.Length)])]);

            Assert.Contains(Outcome(new StringReader(text)), new[] { null, "EmptyData", "InvalidCsv", "DuplicateColumn" });
        }
    }

    /// <summary>Reads a file to its end, and gives the id of the error or null.</summary>
    private static string? Outcome(TextReader reader)
    {
        try
        {
            var csv = new CsvReader(reader);
            csv.ReadAsNumbers(Enumerable.Range(0, csv.Header.Count));
            while (csv.ReadRow() is { } row)
            {
                Assert.NotEmpty(row);
            }

            return null;
        }
        catch (GradException error)
        {
            Assert.NotEmpty(error.Message);
            return error.ErrorId;
        }
    }

    private static List<string[]> Rows(CsvReader csv)
    {
        var rows = new List<string[]>();
        while (csv.ReadRow() is { } row)
        {
            rows.Add([.. row.Select(cell => (string?)cell ?? "")]);
        }

        return rows;
    }

    /// <summary>A text, then another for ever.</summary>
    private sealed class EndlessReader(string start, string repeated) : TextReader
    {
        private long _next;

        public override int Read(char[] buffer, int index, int count)
        {
            for (var i = 0; i < count; i++, _next++)
            {
                buffer[index + i] = _next < start.Length ? start[(int)_next] : repeated[(int)((_next - start.Length) % repeated.Length)];
            }

            return count;
        }
    }
}
