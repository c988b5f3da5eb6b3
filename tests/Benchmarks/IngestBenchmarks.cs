using BenchmarkDotNet.Attributes;
using Radiomics.Dicom;
using Radiomics.Dicom.Phantom;
using Radiomics.Pipeline;

namespace Benchmarks;

/// <summary>Ingest of a whole study, 320 × 320 × 72 voxels in four sequences, from its zip to volumes and ROI in memory.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 1, iterationCount: 5)]
public class IngestBenchmarks
{
    private static readonly UidKey s_key = new(new byte[32]);

    private readonly MemoryStream _zip = new();
    private IngestRules _rules = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _rules = new CenterProfiles(Path.Combine(AppContext.BaseDirectory, "models")).Get("A").Ingest;
        await PhantomStudyWriter.WriteZipAsync(LiverPhantom.Generate(Phantoms.Settings), Phantoms.Settings, _zip);
    }

    [Benchmark]
    public int Ingest()
    {
        _zip.Position = 0;
        using var source = new ZipStudySource(_zip);
        return StudyReader.Read(source, _rules, s_key, new IngestRequest()).Sequences.Sum(sequence => sequence.Roi.CountInside());
    }

    [Benchmark]
    public PhantomVolumes Simulate() => LiverPhantom.Generate(Phantoms.Settings);
}
