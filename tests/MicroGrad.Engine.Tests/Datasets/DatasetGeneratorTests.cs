using MicroGrad.Data;
using MicroGrad.Datasets;
using MicroGrad.Generators;

namespace MicroGrad.Engine.Tests;

public sealed class DatasetGeneratorTests
{
    public static TheoryData<DatasetKind> Kinds => [.. Enum.GetValues<DatasetKind>()];

    [Fact]
    public void Moons_are_those_of_scikit_learn()
    {
        var file = ReferenceFile.Load("moons.json");
        var points = DatasetGenerator.Create(DatasetKind.Moons, 100, 0.1, new NumPyRandom(1337));

        Assert.Equal(file.GetProperty("y").Numbers(), points.Select(point => point.Label));
        Close.Equal([.. file.GetProperty("X").Flatten()], points.SelectMany(point => point.X).ToArray(), 1e-15, "X");
    }

    [Fact]
    public void Yin_and_yang_are_those_of_EurekaLabs_with_their_three_sets()
    {
        var file = ReferenceFile.Load("yinyang.json");
        var points = DatasetGenerator.Create(DatasetKind.YinYang, 100, null, new XorShiftStar(42));

        foreach (var (set, name) in new[] { ("Train", "train"), ("Validation", "validation"), ("Test", "test") })
        {
            var expected = file.GetProperty(name).EnumerateArray().ToArray();
            var own = points.Where(point => point.Set == set).ToArray();
            Assert.Equal(expected.Select(point => point[1].GetDouble()), own.Select(point => point.Label));
            Close.Equal(
                expected.SelectMany(point => point[0].Numbers()).ToArray(), own.SelectMany(point => point.X).ToArray(), 1e-15, name);
        }
    }

    [Fact]
    public void The_lectures_rows_are_those_of_the_lecture()
    {
        var file = ReferenceFile.Load("lecture.json");
        var points = DatasetGenerator.Create(DatasetKind.Lecture, null, null, new NumPyRandom(1));

        Assert.Equal(file.GetProperty("X").Flatten(), points.SelectMany(point => point.X));
        Assert.Equal(file.GetProperty("y").Numbers(), points.Select(point => point.Label));
    }

    [Fact]
    public void The_truth_table_of_exclusive_or_has_four_rows()
    {
        var points = DatasetGenerator.Create(DatasetKind.Xor, null, null, new NumPyRandom(1));

        Assert.Equal([0, 0, 0, 1, 1, 0, 1, 1], points.SelectMany(point => point.X));
        Assert.Equal([0, 1, 1, 0], points.Select(point => point.Label));
    }

    [Fact]
    public void Circles_without_noise_lie_on_two_radii()
    {
        var points = DatasetGenerator.Create(DatasetKind.Circles, 50, 0, new NumPyRandom(1));

        Assert.All(points, point => Close.Equal(point.Label < 0 ? 1 : 0.8, Math.Sqrt(point.X.Sum(x => x * x)), 1e-15));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_makes_the_same_points_and_classes_of_about_the_same_size(DatasetKind kind)
    {
        int? count = kind == DatasetKind.Lecture ? null : 60;
        var (first, second) = (Create(5), Create(5));

        Assert.Equal(first.SelectMany(point => point.X), second.SelectMany(point => point.X));
        Assert.Equal(first.Select(point => point.Label), second.Select(point => point.Label));
        Assert.Equal(count ?? 4, first.Count);
        var sizes = first.GroupBy(point => point.Label).Select(group => group.Count()).ToArray();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);

        IReadOnlyList<LabelledPoint> Create(int seed) =>
            DatasetGenerator.Create(kind, count, null, DatasetGenerator.Generator(kind, seed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_single_row_can_be_made_of_all_but_the_lectures_four(DatasetKind kind)
    {
        if (kind == DatasetKind.Lecture)
        {
            Assert.Equal("UnusedOption", Refused(kind, 1, null));
            return;
        }

        var point = Assert.Single(DatasetGenerator.Create(kind, 1, null, DatasetGenerator.Generator(kind, 1)));
        Assert.All(point.X, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Bad_counts_and_noises_are_refused_by_their_ids()
    {
        Assert.Equal("InvalidCount", Refused(DatasetKind.Moons, 0, null));
        Assert.Equal("InvalidNoise", Refused(DatasetKind.Moons, 10, -0.1));
        Assert.Equal("InvalidNoise", Refused(DatasetKind.Moons, 10, double.NaN));
        Assert.Equal("InvalidNoise", Refused(DatasetKind.Moons, 10, double.PositiveInfinity));
        Assert.Equal("UnusedOption", Refused(DatasetKind.YinYang, 10, 0.1));
        Assert.Equal("UnusedOption", Refused(DatasetKind.Lecture, null, 0.1));
        Assert.Equal("UnknownDataset", Refused((DatasetKind)99, 10, null));
    }

    [Theory]
    [InlineData(DatasetKind.Moons)]
    [InlineData(DatasetKind.Circles)]
    [InlineData(DatasetKind.Blobs)]
    [InlineData(DatasetKind.Spiral)]
    [InlineData(DatasetKind.Xor)]
    [InlineData(DatasetKind.YinYang)]
    public void A_stop_is_heard_at_the_next_row(DatasetKind kind)
    {
        using var stop = new CancellationTokenSource();
        var draws = new StoppingSource(stop, after: 100);
        Assert.Throws<OperationCanceledException>(() => DatasetGenerator.Create(kind, 10_000, 0.1 * (kind == DatasetKind.YinYang ? 0 : 1), draws, stop.Token));
        Assert.InRange(draws.Count, 100, 110);
    }

    private static string Refused(DatasetKind kind, int? count, double? noise) =>
        Assert.Throws<GradException>(() => DatasetGenerator.Create(kind, count, noise, new NumPyRandom(1))).ErrorId;

    /// <summary>Stops the work after some draws, and counts on.</summary>
    private sealed class StoppingSource(CancellationTokenSource stop, int after) : IRandomSource
    {
        private readonly NumPyRandom _random = new(1);

        public int Count { get; private set; }

        public double NextDouble()
        {
            Note();
            return _random.NextDouble();
        }

        public int NextIndex(int bound)
        {
            Note();
            return _random.NextIndex(bound);
        }

        private void Note()
        {
            if (++Count == after)
            {
                stop.Cancel();
            }
        }
    }
}
