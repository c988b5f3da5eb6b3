using BenchmarkDotNet.Attributes;
using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>Each filter of IBSI-2 phase 2 (B's parameters) on its own, on the liver case's own grid: response map and <c>stat_</c> features.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 10)]
public class FilterBenchmarks
{
    private readonly ExtractionSettings _settings = ExtractionSettingsFile.Load("bench-liver-ibsi2");
    private LiverCase _case = null!;

    [ParamsSource(nameof(Filters))]
    public string Filter { get; set; } = "";

    public IEnumerable<string> Filters => _settings.Filters.Select(filter => ResponseMaps.Names(filter)[0]);

    [GlobalSetup]
    public void Setup() => _case = LiverCase.Generate();

    [Benchmark]
    public FeatureVector Extract() => FeatureExtractor.Extract(
        _case.Image, _case.Roi, _settings with { MeasureOriginal = false, Filters = [.. _settings.Filters.Where(filter => ResponseMaps.Names(filter)[0] == Filter)] });
}
