using System.IO.Compression;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline.Tests.DicomService;

/// <summary>A study that is fetched again is the same upload.</summary>
public sealed class InstanceZipTests : IDisposable
{
    private static readonly byte[][] _instances = [.. Enumerable.Range(1, 20).Select(i => Enumerable.Repeat((byte)i, 1000 * i).ToArray())];

    private readonly TemporaryStorage _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task The_zip_is_the_same_in_whatever_order_and_however_often_instances_come()
    {
        using var first = _temporary.NewFolder();
        using var second = _temporary.NewFolder();

        var (file, sha256) = await ZipAsync(first, _instances);
        var (_, again) = await ZipAsync(second, [.. _instances.Reverse(), .. _instances.Take(3)]);

        Assert.Equal(sha256, again);
        await using var zip = await ZipFile.OpenReadAsync(file.FullName);
        Assert.Equal(_instances.Select(instance => Digest.Of(new BinaryData(instance)) + ".dcm").Order(StringComparer.Ordinal), zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task Reports_of_this_product_are_no_part_of_the_study()
    {
        using var with = _temporary.NewFolder();
        using var without = _temporary.NewFolder();

        var (_, sha256) = await ZipAsync(with, [_instances[0], Report(), _instances[1]]);

        Assert.Equal((await ZipAsync(without, _instances[..2])).Sha256, sha256);
    }

    [Fact]
    public async Task A_study_above_the_limits_is_refused_while_it_comes()
    {
        using var folder = _temporary.NewFolder();

        foreach (var limits in new[] { new ArchiveLimits { MaxTotalBytes = 50_000 }, new ArchiveLimits { MaxEntries = 10 } })
        {
            var zip = new InstanceZip(folder, limits);
            var error = await Assert.ThrowsAsync<RadiomicsException>(async () =>
            {
                foreach (var instance in _instances)
                    await zip.AddAsync(new MemoryStream(instance));
            });
            Assert.Equal("ArchiveTooLarge", error.Code);
        }
    }

    private static async Task<(FileInfo File, string Sha256)> ZipAsync(TemporaryFolder folder, byte[][] instances)
    {
        var zip = new InstanceZip(folder, new ArchiveLimits());
        foreach (var instance in instances)
            await zip.AddAsync(new MemoryStream(instance));
        return await zip.CloseAsync();
    }

    private static byte[] Report()
    {
        var report = new MeasurementReport
        {
            Id = "p-1",
            Algorithm = "Feature extraction",
            AlgorithmVersion = "1",
            SoftwareVersion = "1",
            Parameters = [],
            Measurements = [],
            Notice = "For research; not for clinical use.",
        };
        return PredictionReports.Bytes(StructuredReport.Create(report, new SourceStudy { IsPseudonymised = false, StudyUid = "1.2.3" })).ToArray();
    }
}
