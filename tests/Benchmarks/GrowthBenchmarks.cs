using BenchmarkDotNet.Attributes;
using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>How the time grows with the ROI, and falls with threads: <c>bench-liver</c>.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 10)]
public class GrowthBenchmarks
{
    private readonly ExtractionSettings _settings = ExtractionSettingsFile.Load("bench-liver");
    private LiverCase _case = null!;

    /// <summary>Voxels in the ROI.</summary>
    [Params(10_000, 100_000, 1_000_000)]
    public int Voxels { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => _case = LiverCase.Generate(Voxels);

    [Benchmark]
    public FeatureVector Extract() => FeatureExtractor.Extract(_case.Image, _case.Roi, _settings, new() { MaxThreads = Threads });
}
