using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Radiomics.Dicom.Tests.Building;
using Radiomics.Extraction;

namespace Radiomics.Dicom.Tests.Malformed;

/// <summary>
/// Whatever arrives, ingest gives a study or an error of ours, in bounded memory, and comes back. <c>RADIOMICS_MUTATIONS</c> says how many damaged studies
/// are made of each one (8); the seed that a failure names makes the same one again.
/// </summary>
public sealed partial class MutationTests
{
    /// <summary>Far more than such a small study needs, and far less than what damaged headers may speak of.</summary>
    private const long MostBytes = 256 << 20;

    internal static TimeSpan LongEnough { get; } = TimeSpan.FromMinutes(1);

    internal static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("RADIOMICS_MUTATIONS"), CultureInfo.InvariantCulture, out var count) ? count : 8;

    [Theory]
    [InlineData("SEG")]
    [InlineData("RTSTRUCT")]
    [InlineData("RLE")]
    public Task A_damaged_study_is_read_or_refused_with_a_code(string kind)
    {
        var files = Study(kind).Files();
        Assert.Null(Read(TestStudy.Zip(files), Ingest.Rules, Ingest.FatModel).Failure);
        return Survives(kind, files);
    }

    [Fact]
    public async Task A_damaged_case_is_read_or_refused_with_a_code()
    {
        foreach (var path in Directory.GetFiles(TestData.Require("cases/dicom"), "*.zip").Order(StringComparer.Ordinal))
        {
            await Survives(Path.GetFileNameWithoutExtension(path), Files(path));
        }
    }

    private static async Task Survives(string name, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        for (var seed = 0; seed < Count; seed++)
        {
            var zip = new StudyMutation(seed).Apply(files);
            var (rules, request) = (seed % 3) switch
            {
                0 => (Ingest.Rules, Ingest.FatModel),
                1 => (Ingest.Rules, new IngestRequest()),
                _ => (Ingest.Research, new IngestRequest()),
            };
            var (failure, bytes) = await Task.Run(() => Read(zip, rules, request)).WaitAsync(LongEnough);
            Assert.True(failure is null || IsRefusal(failure), $"{name}, seed {seed}: {failure}");
            Assert.True(bytes < MostBytes, $"{name}, seed {seed}: {bytes >> 20} MB were allocated.");
        }
    }

    /// <summary>Whether it is an error of ours that says what is wrong.</summary>
    internal static bool IsRefusal(Exception? failure) => failure is RadiomicsException { Detail.Length: > 0 } known && Code().IsMatch(known.Code);

    private static (Exception? Failure, long Bytes) Read(Stream zip, IngestRules rules, IngestRequest request)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Record.Exception(() =>
        {
            using var source = new ZipStudySource(zip);
            foreach (var sequence in StudyReader.Read(source, rules, Ingest.Key, request).Sequences)
            {
                Assert.True(sequence.Roi.CountInside() > 0);
            }
        });
        return (failure, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TestStudy Study(string kind)
    {
        var slices = Enumerable.Range(1, 4).Select(k => (IReadOnlyList<Point3>)[At(3, 2, k), At(8, 2, k), At(8, 6, k), At(3, 6, k)]);
        return kind switch
        {
            "RTSTRUCT" => TestStudy.Dixon with { Segmentations = [], StructureSets = [new StructureSetObject { Contours = [.. slices] }] },
            "RLE" => TestStudy.Dixon with
            {
                Series = [],
                Extra = [.. TestStudy.Dixon.Series.SelectMany(series => series.Build(TestStudy.Dixon)).Select((slice, n) => ($"{n}", TestStudy.Bytes(Compressed(slice))))],
            },
            _ => TestStudy.Dixon,
        };

        static Point3 At(int i, int j, int k) => Grids.Axial.ToPatient(i, j, k);
        static DicomDataset Compressed(DicomDataset slice) =>
            new DicomTranscoder(DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.RLELossless).Transcode(slice);
    }

    private static (string Name, byte[] Content)[] Files(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(entry =>
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]+$")]
    private static partial Regex Code();
}
