using System.Globalization;
using System.IO.Compression;
using FellowOakDicom;

namespace Radiomics.Dicom.Phantom;

/// <summary>
/// Writes a simulated study as DICOM: the four sequences as classic MR series and the liver as a SEG on their grid. Equal settings give equal bytes.
/// </summary>
public static class PhantomStudyWriter
{
    private static readonly DateTimeOffset s_entryTime = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Writes <c>{sequence}/000001.dcm</c> … and <c>SEG/000001.dcm</c> below <paramref name="folder"/>, which is made if need be.</summary>
    public static async Task WriteAsync(
        PhantomVolumes volumes, PhantomSettings settings, string folder, CancellationToken cancellationToken = default)
    {
        foreach (var (name, create) in Instances(volumes, settings))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, await EncodeAsync(create()), cancellationToken);
        }
    }

    /// <summary>Writes the same files as a zip; <paramref name="stream"/> need not be seekable and stays open.</summary>
    public static async Task WriteZipAsync(
        PhantomVolumes volumes, PhantomSettings settings, Stream stream, CancellationToken cancellationToken = default)
    {
        await using var zip = await ZipArchive.CreateAsync(
            stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var (name, create) in Instances(volumes, settings))
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = s_entryTime;
            entry.ExternalAttributes = 0;
            await using var target = await entry.OpenAsync(cancellationToken);
            await target.WriteAsync(await EncodeAsync(create()), cancellationToken);
        }
    }

    private static IEnumerable<(string Name, Func<DicomDataset> Create)> Instances(PhantomVolumes volumes, PhantomSettings settings)
    {
        var uids = new PhantomUids(settings);
        foreach (var series in DixonSeries.Of(settings.ResolveProtocol()))
        {
            var volume = volumes.Sequences[series.Name];
            var slices = new MrSlice(settings, uids, series, volume);
            for (var k = 0; k < volume.Geometry.SizeZ; k++)
            {
                var slice = k;
                yield return (string.Create(CultureInfo.InvariantCulture, $"{series.Name}/{k + 1:D6}.dcm"), () => slices.Create(slice));
            }
        }

        yield return ($"{LiverSegmentation.Series}/000001.dcm", () => LiverSegmentation.Create(settings, uids, volumes.Liver));
    }

    private static async Task<byte[]> EncodeAsync(DicomDataset dataset)
    {
        using var memory = new MemoryStream();
        await new DicomFile(dataset).SaveAsync(memory);
        return memory.ToArray();
    }
}
