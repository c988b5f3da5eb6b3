using BenchmarkDotNet.Attributes;
using Radiomics.Extraction;

namespace Benchmarks;

/// <summary>The liver case from its gzipped NIfTI files in memory to volume and mask.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 3, iterationCount: 10)]
public class LoadingBenchmarks
{
    private readonly MemoryStream _image = new();
    private readonly MemoryStream _roi = new();

    [GlobalSetup]
    public void Setup()
    {
        var (image, roi) = LiverCase.Generate();
        NiftiFile.Write(_image, image);
        NiftiFile.Write(_roi, roi);
    }

    [Benchmark]
    public Volume Image()
    {
        _image.Position = 0;
        return NiftiFile.ReadVolume(_image);
    }

    [Benchmark]
    public Mask Roi()
    {
        _roi.Position = 0;
        return NiftiFile.ReadMask(_roi);
    }
}
