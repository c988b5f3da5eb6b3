using System.IO.Compression;
using System.Security.Cryptography;
using Radiomics.Dicom;
using Radiomics.Extraction;

namespace Radiomics.Pipeline;

/// <summary>
/// Makes a zip of the instances of a study: each once, named by the digest of its bytes and in the order of these names, stored as they are. The zip's own bytes
/// follow from those of the instances, whatever order they come in and whatever .NET compresses like.
/// </summary>
internal sealed class InstanceZip(TemporaryFolder folder, ArchiveLimits limits)
{
    private const int BufferBytes = 128 * 1024;

    // The first moment that a zip can name.
    private static readonly DateTimeOffset _noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, FileInfo> _instances = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _bytes;

    /// <summary>Instances so far.</summary>
    public int Count => _instances.Count;

    /// <summary>Takes an instance in, unless it is one of the reports that this service has sent.</summary>
    /// <exception cref="RadiomicsException"><c>ArchiveTooLarge</c>.</exception>
    public async Task AddAsync(Stream instance)
    {
        var file = folder.File($"{Guid.NewGuid():N}.dcm");
        var sha256 = await SaveAsync(instance, file);
        if (OwnReport.Is(file) || !_instances.TryAdd(sha256, file))
        {
            file.Delete();
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
        await using (var stream = zip.Create())
        {
            await using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
            foreach (var (sha256, file) in _instances)
            {
                var entry = archive.CreateEntry($"{sha256}.dcm", CompressionLevel.NoCompression);
                entry.LastWriteTime = _noTime;
                await using (var source = file.OpenRead())
                await using (var target = await entry.OpenAsync())
                {
                    await source.CopyToAsync(target, BufferBytes);
                }

                file.Delete();
            }
        }

        zip.Refresh();
        return (zip, await Digest.OfFileAsync(zip));
    }

    private async Task<string> SaveAsync(Stream instance, FileInfo file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = file.Create();
        int read;
        while ((read = await instance.ReadAsync(_buffer)) > 0)
        {
            if ((_bytes += read) > limits.MaxTotalBytes)
            {
                throw TooLarge();
            }

            hash.AppendData(_buffer.AsSpan(0, read));
            await target.WriteAsync(_buffer.AsMemory(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private RadiomicsException TooLarge() => new(
        "ArchiveTooLarge",
        $"The study in the DICOM service has more than {limits.MaxTotalBytes} bytes or {limits.MaxEntries} instances. Ask for a higher limit.");
}
