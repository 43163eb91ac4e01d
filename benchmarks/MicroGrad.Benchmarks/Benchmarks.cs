using BenchmarkDotNet.Attributes;

namespace MicroGrad.Benchmarks;

/// <summary>A training step in each precision.</summary>
public class TrainingBenchmarks
{
    private Func<double> _step = () => 0;

    [Params("C1", "C2", "C3")]
    public string Workload { get; set; } = "C1";

    [Params(Precision.Double, Precision.Single)]
    public Precision Precision { get; set; }

    [GlobalSetup]
    public void Setup() => _step = TrainingWorkload.All.Single(workload => workload.Name == Workload).Start(Precision, 1);

    [Benchmark]
    public double Step() => _step();
}

/// <summary>Live graphs, with what they allocate.</summary>
[MemoryDiagnoser]
public class LiveGraphBenchmarks
{
    private readonly Func<double> _moons = LiveGraphWorkload.Moons();

    [Benchmark]
    public double Moons() => _moons();

    /// <summary>A node each: products and sums alone, in a graph that fits the cache.</summary>
    [Benchmark(OperationsPerInvoke = 2000)]
    public double ElementaryOperation() => LiveGraphWorkload.Chain(1000);

    [Benchmark(OperationsPerInvoke = 1000)]
    public double ChainOfThousand() => LiveGraphWorkload.TanhChain(1000);

    [Benchmark(OperationsPerInvoke = 1_000_000)]
    public double ChainOfMillion() => LiveGraphWorkload.TanhChain(1_000_000);
}
