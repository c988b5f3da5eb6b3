using BenchmarkDotNet.Attributes;
using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>Each family on its own, one thread, on the liver case: from the processed ROI to the values, discretisation included where it needs that.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 10)]
public class FamilyBenchmarks
{
    private readonly ExtractionSettings _settings = ExtractionSettingsFile.Load("bench-liver") with { Families = Enum.GetValues<FeatureFamily>() };
    private ProcessedRoi _roi = null!;

    [ParamsAllValues]
    public FeatureFamily Family { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var (image, roi) = LiverCase.Generate();
        _roi = ProcessedRoi.From(image, roi, _settings, ExtractionOptions.Default);
    }

    [Benchmark]
    public object Measure() =>
        FeatureFamilies.Measure(Family, new(_roi, _roi.Intensity.Intensities, _roi.SortedIntensities, _settings), threads: 1);
}
