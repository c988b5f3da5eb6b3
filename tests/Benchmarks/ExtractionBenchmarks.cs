using BenchmarkDotNet.Attributes;
using Radiomics.Dicom.Phantom;
using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>The engine on one sequence of a liver study.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 1, iterationCount: 5)]
public class ExtractionBenchmarks
{
    private static readonly ExtractionSettings s_settings = ExtractionSettingsFile.Load("liver-mri");

    private Volume _image = null!;
    private Mask _roi = null!;

    /// <summary>Columns and rows of the phantom; 320 is the demo's study.</summary>
    [Params(96, 320)]
    public int SizeInPlane { get; set; }

    [GlobalSetup]
    public void Setup()
    {

        var volumes = LiverPhantom.Generate(Phantoms.Settings.WithSize(SizeInPlane, 72));
        _image = volumes.Sequences["T1_F"];
        _roi = volumes.Liver;
    }

    [Benchmark]
    public FeatureVector Extract() => FeatureExtractor.Extract(_image, _roi, s_settings);
}
