using System.IO.Compression;
using System.Security.Cryptography;
using Radiomics.Cli.Local;
using Radiomics.Cli.Output;
using Radiomics.Pipeline;

namespace Radiomics.Cli.Client;

/// <summary>A study to send: a zip, either the sender's own or packed here from a folder.</summary>
/// <param name="ZipPath">The file to send.</param>
/// <param name="Sha256">Its digest.</param>
/// <param name="Md5">The digest that storage accounts keep beside a blob, so that whoever reads it there knows that it is what was sent.</param>
/// <param name="IsTemporary">Whether it was packed here and goes when it is sent.</param>
public sealed record Study(string ZipPath, string Sha256, byte[] Md5, bool IsTemporary) : IDisposable
{
    private static readonly DateTimeOffset s_entryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A name that says nothing about the patient: the beginning of the digest.</summary>
    public string DefaultName => $"{Sha256[..16]}.zip";

    /// <summary>Bytes to send.</summary>
    public long Length => new FileInfo(ZipPath).Length;

    /// <summary>
    /// Takes a zip as it is, or packs a folder: the files in ordinal order of their paths, under numbers instead of names, so that the same folder gives
    /// the same bytes and no file name travels.
    /// </summary>
    /// <exception cref="CommandException"><c>FileNotFound</c>, <c>EmptyFolder</c>.</exception>
    public static async Task<Study> OpenAsync(string path, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            return await HashedAsync(path, isTemporary: false, cancellation);
        }

        if (!Directory.Exists(path))
        {
            throw new CommandException(ExitCodes.BadInput, "FileNotFound", $"There is no folder or file '{path}'.");
        }

        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories);
        if (files.Length == 0)
        {
            throw new CommandException(ExitCodes.BadInput, "EmptyFolder", $"There are no files in '{path}'.");
        }

        Array.Sort(files, StringComparer.Ordinal);
        var zipPath = Path.Combine(TemporaryFiles.NewFolder(), "study.zip");
        try
        {
            await PackAsync(files, zipPath, cancellation);
            return await HashedAsync(zipPath, isTemporary: true, cancellation);
        }
        catch
        {
            Directory.Delete(Path.GetDirectoryName(zipPath)!, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsTemporary)
        {
            Directory.Delete(Path.GetDirectoryName(ZipPath)!, recursive: true);
        }
    }

    private static async Task PackAsync(string[] files, string zipPath, CancellationToken cancellation)
    {
        await using var stream = File.Create(zipPath);
        await using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        for (var i = 0; i < files.Length; i++)
        {
            var entry = zip.CreateEntry($"{i:D6}.dcm", CompressionLevel.Fastest);
            entry.LastWriteTime = s_entryTime;
            await using var target = await entry.OpenAsync(cancellation);
            await using var source = File.OpenRead(files[i]);
            await source.CopyToAsync(target, cancellation);
        }
    }

    private static async Task<Study> HashedAsync(string path, bool isTemporary, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var sha256 = await Digest.OfCopyAsync(stream, Stream.Null, _ => { }, [md5], cancellation);
        return new Study(path, sha256, md5.GetHashAndReset(), isTemporary);
    }
}
