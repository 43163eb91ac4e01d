#:project ../src/MicroGrad.Rendering/MicroGrad.Rendering.csproj
#:property PublishAot=false
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);EnableGenerateDocumentationFile;CA1050

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MicroGrad;

// How often lines cross in a drawing of this project, and in Graphviz's own of the same graph.
//
//   dotnet run benchmarks/Crossings.cs
//
// Both drawings are read back as SVG and their lines compared geometrically, so that neither side's own count is
// trusted. Lines that start or end at the same node do not count. Exits with 1 if this project's drawing of the moons
// network's graph has more than 1.5 times as many crossings as Graphviz's, or if 2,000 nodes take 2 seconds or more.
// Graphviz (dot) must be installed.

var cases = new (string Name, GradValue Root)[]
{
    ("Mlp(3, [4, 4, 1]), tanh", new Mlp(3, [4, 4, 1]).Invoke(2, 3, -1)[0]),
    ("moons: Mlp(2, [16, 16, 1]), relu", new Mlp(2, [16, 16, 1], Activation.Relu).Invoke(0.5, -0.25)[0]),
    ("three samples of Mlp(2, [4, 1])", Samples(3, [4, 1])),
    ("softmax of 5, cross entropy", -GradValue.Softmax(1, 2, 3, 4, 5)[2].Log()),
};

var worst = 0.0;
foreach (var (name, root) in cases)
{
    var clock = Stopwatch.StartNew();
    var own = GraphRenderer.Render(root, new RenderOptions { Format = GraphFormat.Svg });
    var ownTime = clock.Elapsed;
    clock.Restart();
    var theirs = Graphviz(GraphRenderer.Render(root, new RenderOptions { Format = GraphFormat.Dot }));
    var theirTime = clock.Elapsed;
    var (a, b) = (Crossings(OwnLines(own)), Crossings(GraphvizLines(theirs)));
    var ratio = b == 0 ? (a == 0 ? 1 : double.PositiveInfinity) : (double)a / b;
    if (name.StartsWith("moons", StringComparison.Ordinal))
    {
        worst = ratio;
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-36} own {a,7} ({ownTime.TotalMilliseconds:F0} ms)   Graphviz {b,7} ({theirTime.TotalMilliseconds:F0} ms)   ratio {ratio:F2}"));
}

// 23 rows through the moons network and their mean squared error: just below the default limit of boxes.
var large = Samples(23, [16, 16, 1]);
var best = Enumerable.Range(0, 3).Min(_ =>
{
    var clock = Stopwatch.StartNew();
    GraphRenderer.Render(large, new RenderOptions { Format = GraphFormat.Svg });
    return clock.Elapsed;
});
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{GradNode.List(large).Count} nodes laid out and written in {best.TotalMilliseconds:F0} ms (best of 3)"));
return worst <= 1.5 && best.TotalSeconds < 2 ? 0 : 1;

static GradValue Samples(int count, int[] sizes)
{
    var model = new Mlp(2, sizes, Activation.Relu);
    return GradValue.Mean([.. Enumerable.Range(0, count).Select(i => (model.Invoke(i, 1 - i)[0] - 1).Pow(2))]);
}

static string Graphviz(string dot)
{
    using var process = Process.Start(new ProcessStartInfo("dot", "-Tsvg")
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
    var reading = process.StandardOutput.ReadToEndAsync();
    process.StandardInput.Write(dot);
    process.StandardInput.Close();
    var svg = reading.GetAwaiter().GetResult();
    process.WaitForExit();
    return svg;
}

// Our lines say nothing about their nodes, but they end in them: a line belongs to the shapes that its ends touch.
static List<Line> OwnLines(string svg)
{
    var root = XDocument.Parse(svg).Root!;
    var shapes = root.Descendants().Where(e => e.Name.LocalName == "rect" && e.Attribute("x") is not null)
        .Select(e => (X: Number(e, "x"), Y: Number(e, "y"), Right: Number(e, "x") + Number(e, "width"), Bottom: Number(e, "y") + Number(e, "height")))
        .ToArray();
    return [.. root.Descendants().Where(e => e.Name.LocalName == "path" && (string?)e.Attribute("class") == "e").Select(e =>
    {
        var points = Flatten(e.Attribute("d")!.Value);
        return new Line(ShapeAt(points[0]), ShapeAt(points[^1]), points);
    })];

    string ShapeAt((double X, double Y) point) => Array.FindIndex(
        shapes, s => point.X >= s.X - 1 && point.X <= s.Right + 1 && point.Y >= s.Y - 1 && point.Y <= s.Bottom + 1)
        .ToString(CultureInfo.InvariantCulture);

    static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}

static List<Line> GraphvizLines(string svg) =>
[
    .. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "g" && (string?)e.Attribute("class") == "edge").Select(e =>
    {
        var ends = e.Elements().First(x => x.Name.LocalName == "title").Value.Split("->");
        var path = e.Elements().First(x => x.Name.LocalName == "path").Attribute("d")!.Value;
        return new Line(ends[0], ends[1], Flatten(path));
    }),
];

static (double X, double Y)[] Flatten(string path)
{
    var points = new List<(double X, double Y)>();
    foreach (Match command in Regex.Matches(path, "([MLCHV])([^MLCHV]*)"))
    {
        var n = Regex.Matches(command.Groups[2].Value, @"-?[\d.]+").Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToArray();
        switch (command.Groups[1].Value)
        {
            case "H":
                points.Add((n[0], points[^1].Y));
                break;
            case "V":
                points.Add((points[^1].X, n[0]));
                break;
            case "C":
                for (var i = 0; i + 5 < n.Length; i += 6)
                {
                    var (x0, y0) = points[^1];
                    for (var s = 1; s <= 24; s++)
                    {
                        var (t, u) = (s / 24.0, 1 - (s / 24.0));
                        points.Add((
                            (u * u * u * x0) + (3 * u * u * t * n[i]) + (3 * u * t * t * n[i + 2]) + (t * t * t * n[i + 4]),
                            (u * u * u * y0) + (3 * u * u * t * n[i + 1]) + (3 * u * t * t * n[i + 3]) + (t * t * t * n[i + 5])));
                    }
                }

                break;
            default:
                for (var i = 0; i + 1 < n.Length; i += 2)
                {
                    points.Add((n[i], n[i + 1]));
                }

                break;
        }
    }

    return [.. points];
}

static long Crossings(List<Line> lines)
{
    long count = 0;
    for (var i = 0; i < lines.Count; i++)
    {
        for (var j = i + 1; j < lines.Count; j++)
        {
            var (a, b) = (lines[i], lines[j]);
            if (a.From != b.From && a.To != b.To && a.From != b.To && a.To != b.From && a.Meets(b))
            {
                count++;
            }
        }
    }

    return count;
}

internal sealed class Line(string from, string to, (double X, double Y)[] points)
{
    private readonly double _left = points.Min(p => p.X), _right = points.Max(p => p.X);
    private readonly double _top = points.Min(p => p.Y), _bottom = points.Max(p => p.Y);

    public string From { get; } = from;

    public string To { get; } = to;

    private (double X, double Y)[] Points { get; } = points;

    public bool Meets(Line other)
    {
        if (_left > other._right || other._left > _right || _top > other._bottom || other._top > _bottom)
        {
            return false;
        }

        for (var i = 1; i < Points.Length; i++)
        {
            for (var j = 1; j < other.Points.Length; j++)
            {
                if (Cross(Points[i - 1], Points[i], other.Points[j - 1], other.Points[j]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Cross((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d) =>
        Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0;

    private static double Side((double X, double Y) a, (double X, double Y) b, (double X, double Y) p) =>
        ((b.X - a.X) * (p.Y - a.Y)) - ((b.Y - a.Y) * (p.X - a.X));
}
