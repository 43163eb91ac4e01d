using System.Text;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>Writes the legend of a text plot: samples and names, in as many lines as they need.</summary>
internal static class TextLegend
{
    private const int MostNameCells = 16;

    // A class has the background and the mark at its place; further classes share the last ones.
    private const string Grounds = " ░▒▓·:-=~,\"'^_;!/\\<>(){}$`.";
    private const string Marks = "ox+*#@%&vsABCDEFGHIJKLMNPQ?";

    /// <summary>The mark of a class's points.</summary>
    public static char MarkOf(int place) => At(Marks, place);

    /// <summary>The background of a class's area; a space where its colour is enough.</summary>
    public static char GroundOf(int place, bool useColor) => HasGround(place, useColor) ? At(Grounds, place) : ' ';

    public static void Append(StringBuilder text, LegendEntry[] entries, TextPlotOptions options)
    {
        var cells = 0;
        foreach (var entry in Named(entries))
        {
            var (sample, after) = SampleOf(entry, options.UseColor);
            var room = options.Width - sample.Length - after.Length - 1;
            var name = LabelText.OneLine(entry.Name, entry.Sample == LegendSample.Class ? Math.Min(MostNameCells, room) : room);
            var width = (sample.Length > 0 ? sample.Length + 1 : 0) + LabelText.Cells(name) + after.Length;
            if (cells > 0)
            {
                var isFull = cells + 3 + width > options.Width;
                text.Append(isFull ? "\n" : "   ");
                cells = isFull ? 0 : cells + 3;
            }

            if (sample.Length > 0)
            {
                text.Append(Ansi.Paint(sample, SeriesOf(entry), options.UseColor)).Append(' ');
            }

            text.Append(name).Append(after);
            cells += width;
        }

        text.Append(cells > 0 ? "\n" : string.Empty);
    }

    /// <summary>The entries; classes without a mark of their own are one entry.</summary>
    private static IEnumerable<LegendEntry> Named(LegendEntry[] entries)
    {
        var classes = entries.Count(entry => entry.Sample == LegendSample.Class);
        var named = Math.Min(classes, Marks.Length - 1);
        return entries
            .Where(entry => entry.Sample != LegendSample.Class || entry.Series < named)
            .Concat(named == classes ? [] : [new LegendEntry($"and {NumberText.Count(classes - named)} more", LegendSample.Class, named, HasGround: true)]);
    }

    private static (string Sample, string After) SampleOf(LegendEntry entry, bool useColor) => entry.Sample switch
    {
        LegendSample.Line => (new string(entry.Series % 5 == 0 ? '⠒' : '⠂', 2), string.Empty),
        LegendSample.Guide => (new string(TextChart.GuideDot, 2), string.Empty),
        LegendSample.Dot => ("⠶", string.Empty),
        LegendSample.Bar => ("█", string.Empty),
        LegendSample.Class => (
            MarkOf(entry.Series).ToString(),
            entry.HasGround && HasGround(entry.Series, useColor) ? $" [{At(Grounds, entry.Series)}]" : string.Empty),
        _ => (string.Empty, string.Empty),
    };

    private static int SeriesOf(LegendEntry entry) => entry.Sample switch
    {
        LegendSample.Class => ClassSeries.Of(entry.Series),
        LegendSample.Guide => TextChart.GuideSeries,
        _ => entry.Series,
    };

    private static char At(string characters, int place) => characters[Math.Min(place, characters.Length - 1)];

    /// <summary>Whether colour alone is not enough to recognize the class.</summary>
    private static bool HasGround(int place, bool useColor) => !useColor || place >= Ansi.SeriesCount;
}
