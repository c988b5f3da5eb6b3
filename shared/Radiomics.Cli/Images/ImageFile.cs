using System.Security.Cryptography;
using Radiomics.Extraction;

namespace Radiomics.Cli.Images;

/// <summary>Image files of every format that can be read, each with its SHA-256, which is provenance, in one go.</summary>
internal static class ImageFile
{
    private const long MostInMemory = 1 << 26;

    /// <summary>Reads a file, or a header with its file of voxels.</summary>
    /// <param name="what">What the file is, which errors begin with.</param>
    /// <param name="path">Its path.</param>
    /// <param name="volume">Which volume of several, counted from 0; null: there has to be one.</param>
    /// <param name="read">Reads the voxels.</param>
    /// <returns>What was read, and the lower-case hex digest of all bytes, as a task that may take longer.</returns>
    /// <exception cref="RadiomicsException"><c>InvalidNifti</c>, <c>InvalidImage</c>, and as <paramref name="read"/> throws it.</exception>
    public static (T Value, Task<string> Sha256) Read<T>(string what, string path, int? volume, Func<StoredImage, T> read)
    {
        try
        {
            var parts = ImageParts.Find(path);
            return parts.Voxels is null ? ReadOne(parts, volume, read) : ReadTwo(parts, volume, read);
        }
        catch (RadiomicsException e)
        {
            throw new RadiomicsException(e.Code, $"The {what}: {e.Detail}", e);
        }
    }

    private static (T Value, Task<string> Sha256) ReadOne<T>(ImageParts parts, int? volume, Func<StoredImage, T> read)
    {
        using var file = new FileStream(parts.Header, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (file.Length > MostInMemory)
        {
            using var sha256 = SHA256.Create();
            using var hashing = new CryptoStream(file, sha256, CryptoStreamMode.Read);
            using var buffered = new BufferedStream(hashing, 1 << 16);
            var value = Opened(parts.Format, buffered, volume, read);
            buffered.CopyTo(Stream.Null);
            hashing.CopyTo(Stream.Null);
            return (value, Task.FromResult(Convert.ToHexStringLower(sha256.Hash!)));
        }

        // Compressed images come here: small in memory, and hashed by another thread while this one inflates them.
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var hash = Task.Run(() => Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return (Opened(parts.Format, new MemoryStream(bytes, writable: false), volume, read), hash);
    }

    private static (T Value, Task<string> Sha256) ReadTwo<T>(ImageParts parts, int? volume, Func<StoredImage, T> read)
    {
        var hash = Task.Run(parts.Sha256);
        using var header = new FileStream(parts.Header, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12);
        using var voxels = new FileStream(parts.Voxels!, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using var stored = parts.Format switch
        {
            ImageFormat.NiftiPair => NiftiFile.Open(header, voxels, volume),
            ImageFormat.Nrrd => NrrdFile.Open(NrrdHeader.Read(header), voxels, volume),
            _ => MetaImageFile.Read(header).Open(voxels, volume),
        };
        return (read(stored), hash);
    }

    private static T Opened<T>(ImageFormat format, Stream stream, int? volume, Func<StoredImage, T> read)
    {
        using var stored = format switch
        {
            ImageFormat.Nrrd => NrrdFile.Open(NrrdHeader.Read(stream), stream, volume),
            ImageFormat.MetaImage => MetaImageFile.Read(stream).Open(stream, volume),
            _ => NiftiFile.Open(stream, volume: volume),
        };
        return read(stored);
    }
}
