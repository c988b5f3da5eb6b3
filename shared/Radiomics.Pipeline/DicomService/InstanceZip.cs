using System.IO.Compression;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Makes a zip of the instances of a study: each once, named by the digest of its bytes and in the order of these names, stored as they are. The zip's own bytes
/// follow from those of the instances, whatever order they come in and whatever .NET compresses like.
/// </summary>
internal sealed class InstanceZip(TemporaryFolder folder, ArchiveLimits limits)
{
    // The first moment that a zip can name.
    private static readonly DateTimeOffset _noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, FileInfo> _instances = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Instances so far.</summary>
    public int Count => _instances.Count;

    /// <summary>Takes an instance in, unless it is one of the reports that this service has sent.</summary>
    /// <exception cref="RadiomicsException"><c>ArchiveTooLarge</c>.</exception>
    public async Task AddAsync(Stream instance)
    {
        var file = folder.File($"{Guid.NewGuid():N}.dcm");
        var sha256 = await SaveAsync(instance, file.Name);
        if (OwnReport.Is(file) || !_instances.TryAdd(sha256, file))
        {
            folder.Delete(file);
        }
        else if (Count > limits.MaxEntries)
        {
            throw TooLarge();
        }
    }

    /// <summary>Writes the zip. An instance's own file goes as soon as it is in there, so that a study isn't on the disk twice.</summary>
    public async Task<(FileInfo File, string Sha256)> CloseAsync()
    {
        var zip = folder.File("study.zip");
        await using (var stream = folder.Create(zip.Name))
        {
            await using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
            foreach (var (sha256, file) in _instances)
            {
                var entry = archive.CreateEntry($"{sha256}.dcm", CompressionLevel.NoCompression);
                entry.LastWriteTime = _noTime;
                await using (var source = file.OpenRead())
                await using (var target = await entry.OpenAsync())
                {
                    await source.CopyToAsync(target);
                }

                folder.Delete(file);
            }
        }

        zip.Refresh();
        return (zip, await Digest.OfFileAsync(zip));
    }

    private async Task<string> SaveAsync(Stream instance, string file)
    {
        await using var target = folder.Create(file);
        return await Digest.OfCopyAsync(instance, target, Admit);
    }

    private void Admit(int bytes)
    {
        if ((_bytes += bytes) > limits.MaxTotalBytes)
        {
            throw TooLarge();
        }
    }

    private RadiomicsException TooLarge() => new(
        "ArchiveTooLarge",
        $"The study in the DICOM service has more than {limits.MaxTotalBytes} bytes or {limits.MaxEntries} instances. Ask for a higher limit.");
}
