using BenchmarkDotNet.Attributes;
using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>The whole engine on the liver case, after loading.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 10)]
public class ExtractionBenchmarks
{
    private LiverCase _case = null!;
    private ExtractionSettings _settings = null!;

    [Params("bench-liver", "bench-liver-ibsi", "bench-liver-filters", "bench-liver-ibsi2", "liver-mri")]
    public string Settings { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _case = LiverCase.Generate();
        _settings = ExtractionSettingsFile.Load(Settings);
    }

    [Benchmark]
    public FeatureVector Extract() => FeatureExtractor.Extract(_case.Image, _case.Roi, _settings);
}
