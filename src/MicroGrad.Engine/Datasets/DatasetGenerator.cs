using System.Numerics;

namespace MicroGrad.Datasets;

/// <summary>Makes the rows of each <see cref="DatasetKind"/>.</summary>
public static class DatasetGenerator
{
    // About 1 GB of points.
    private const int MaximumCount = 10_000_000;

    /// <summary>The generator that a kind draws from, as its source does.</summary>
    public static IRandomSource Generator(DatasetKind kind, BigInteger seed) =>
        kind == DatasetKind.YinYang ? new XorShiftStar(seed) : new NumPyRandom(seed);

    /// <summary>Makes the rows.</summary>
    /// <param name="kind">The data set.</param>
    /// <param name="count">How many rows, from 1 to 10,000,000; null for 100, or the four of Xor and Lecture.</param>
    /// <param name="noise">The standard deviation of what is added to each coordinate, 0 or more; null for what suits the kind.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="stopping">Asked before each row and each draw for it.</param>
    /// <exception cref="GradException">Ids <c>InvalidCount</c>, <c>InvalidNoise</c>, <c>UnusedOption</c>.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IReadOnlyList<LabelledPoint> Create(
        DatasetKind kind, int? count, double? noise, IRandomSource random, CancellationToken stopping = default)
    {
        if (count is < 1 or > MaximumCount)
        {
            throw new GradException("InvalidCount", $"The count is {count}; give {(count < 1 ? "at least 1 row" : $"at most {MaximumCount} rows")}.");
        }

        if (noise is { } given && !(given >= 0 && double.IsFinite(given)))
        {
            throw new GradException(
                "InvalidNoise",
                FormattableString.Invariant($"The noise is {given}; it is a standard deviation, so give 0 or a positive number, such as 0.1."));
        }

        if ((kind == DatasetKind.Lecture && count is not (null or 4)) || (kind is DatasetKind.Lecture or DatasetKind.YinYang && noise > 0))
        {
            throw new GradException(
                "UnusedOption",
                kind == DatasetKind.Lecture
                    ? "The lecture's data set is four fixed rows; leave count and noise out."
                    : "The yin and yang points have no noise; leave it out.");
        }

        var rows = count ?? 100;
        return kind switch
        {
            DatasetKind.Moons => Shuffled(Moons(rows, stopping), noise ?? 0.1, random, stopping),
            DatasetKind.Circles => Shuffled(Circles(rows, stopping), noise ?? 0.05, random, stopping),
            DatasetKind.Blobs => Blobs(rows, noise ?? 1, random, stopping),
            DatasetKind.Spiral => Shuffled(Spiral(rows, stopping), noise ?? 0.05, random, stopping),
            DatasetKind.Xor => AddNoise(Xor(count ?? 4), noise ?? 0, random, stopping),
            DatasetKind.YinYang => YinYang(rows, random, stopping),
            DatasetKind.Lecture => Lecture(),
            _ => throw new GradException(
                "UnknownDataset", $"There is no data set '{kind}'; choose one of {string.Join(", ", Enum.GetNames<DatasetKind>())}."),
        };
    }

    private static List<LabelledPoint> Moons(int count, CancellationToken stopping)
    {
        var points = new List<LabelledPoint>(count);
        var outer = count / 2;
        for (var i = 0; i < outer; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var angle = Between(0, Math.PI, i, outer - 1);
            points.Add(new([Math.Cos(angle), Math.Sin(angle)], -1));
        }

        for (var i = 0; i < count - outer; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var angle = Between(0, Math.PI, i, count - outer - 1);
            points.Add(new([1 - Math.Cos(angle), 1 - Math.Sin(angle) - 0.5], 1));
        }

        return points;
    }

    private static List<LabelledPoint> Circles(int count, CancellationToken stopping)
    {
        const double innerRadius = 0.8;
        var points = new List<LabelledPoint>(count);
        var outer = count / 2;
        for (var i = 0; i < count; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var isOuter = i < outer;
            var angle = isOuter ? Between(0, Math.Tau, i, outer) : Between(0, Math.Tau, i - outer, count - outer);
            var radius = isOuter ? 1 : innerRadius;
            points.Add(new([Math.Cos(angle) * radius, Math.Sin(angle) * radius], isOuter ? -1 : 1));
        }

        return points;
    }

    private static List<LabelledPoint> Blobs(int count, double deviation, IRandomSource random, CancellationToken stopping)
    {
        const int classes = 3;
        var centres = new (double X, double Y)[classes];
        for (var c = 0; c < classes; c++)
        {
            centres[c] = (random.NextUniform(-10, 10), random.NextUniform(-10, 10));
        }

        var points = new List<LabelledPoint>(count);
        for (var c = 0; c < classes; c++)
        {
            var size = count / classes + (c < count % classes ? 1 : 0);
            for (var i = 0; i < size; i++)
            {
                stopping.ThrowIfCancellationRequested();
                var x = centres[c].X + deviation * random.NextNormal();
                var y = centres[c].Y + deviation * random.NextNormal();
                points.Add(new([x, y], c));
            }
        }

        return Shuffled(points, 0, random, stopping);
    }

    /// <remarks>Each arm starts at the centre and turns by four radians on its way out to radius 1.</remarks>
    private static List<LabelledPoint> Spiral(int count, CancellationToken stopping)
    {
        const int arms = 3;
        var points = new List<LabelledPoint>(count);
        for (var arm = 0; arm < arms; arm++)
        {
            var size = count / arms + (arm < count % arms ? 1 : 0);
            for (var i = 0; i < size; i++)
            {
                stopping.ThrowIfCancellationRequested();
                var radius = Between(0, 1, i, size - 1);
                var angle = arm * Math.Tau / arms + 4 * radius;
                points.Add(new([radius * Math.Cos(angle), radius * Math.Sin(angle)], arm));
            }
        }

        return points;
    }

    private static List<LabelledPoint> Xor(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new LabelledPoint([(i >> 1) & 1, i & 1], ((i >> 1) ^ i) & 1))];

    private static List<LabelledPoint> Lecture() =>
    [
        new([2, 3, -1], 1),
        new([3, -1, 0.5], -1),
        new([0.5, 1, 1], -1),
        new([1, 1, -1], 1),
    ];

    /// <summary>
    /// Points in the sign, drawn until the wanted class turns up (0, 1, 2 in turn). The first 80% are for training, the
    /// next 10% for validation, the last for test.
    /// </summary>
    private static List<LabelledPoint> YinYang(int count, IRandomSource random, CancellationToken stopping)
    {
        const double radius = 0.5;
        var points = new List<LabelledPoint>(count);
        var (trainEnd, validationEnd) = ((int)(0.8 * count), (int)(0.9 * count));
        while (points.Count < count)
        {
            stopping.ThrowIfCancellationRequested();
            var x = random.NextUniform(0, 2 * radius);
            var y = random.NextUniform(0, 2 * radius);
            if (Distance(x, y, radius, radius) > radius || YinYangClass(x, y) != points.Count % 3)
            {
                continue;
            }

            var set = points.Count < trainEnd ? "Train" : points.Count < validationEnd ? "Validation" : "Test";
            points.Add(new([(x / radius - 1) * 2, (y / radius - 1) * 2], points.Count % 3, set));
        }

        return points;
    }

    /// <summary>0 for yin, 1 for yang, 2 for the two dots.</summary>
    private static int YinYangClass(double x, double y)
    {
        const double radius = 0.5;
        const double dot = 0.1;
        var right = Distance(x, y, 1.5 * radius, radius);
        var left = Distance(x, y, 0.5 * radius, radius);
        if (right < dot || left < dot)
        {
            return 2;
        }

        var isYin = right <= dot || (left > dot && left <= 0.5 * radius) || (y > radius && right > 0.5 * radius);
        return isYin ? 0 : 1;
    }

    private static double Distance(double x, double y, double toX, double toY) =>
        Math.Sqrt((x - toX) * (x - toX) + (y - toY) * (y - toY));

    /// <summary>The i-th of steps + 1 evenly spaced numbers from first to last, as NumPy's linspace rounds them.</summary>
    private static double Between(double first, double last, int i, int steps) =>
        steps == 0 ? first : i == steps ? last : i * ((last - first) / steps) + first;

    /// <summary>First the order, then the noise row by row, as scikit-learn draws them.</summary>
    private static List<LabelledPoint> Shuffled(List<LabelledPoint> points, double noise, IRandomSource random, CancellationToken stopping)
    {
        random.ShuffleInPlace(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(points), stopping);
        return AddNoise(points, noise, random, stopping);
    }

    private static List<LabelledPoint> AddNoise(List<LabelledPoint> points, double noise, IRandomSource random, CancellationToken stopping)
    {
        if (noise == 0)
        {
            return points;
        }

        foreach (var point in points)
        {
            stopping.ThrowIfCancellationRequested();
            for (var i = 0; i < point.X.Length; i++)
            {
                point.X[i] += noise * random.NextNormal();
            }
        }

        return points;
    }
}
