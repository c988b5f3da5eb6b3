using System.Security.Cryptography;
using Radiomics.Extraction;

namespace Radiomics.Cli.Extract;

/// <summary>Reads an input file and its SHA-256, which is provenance, in one go.</summary>
internal static class NiftiInput
{
    private const long MostInMemory = 1 << 26;

    /// <summary>Reads a file with <paramref name="read"/>, which may leave bytes at its end unread.</summary>
    /// <returns>What was read, and the lower-case hex digest of all bytes, as a task that may take longer.</returns>
    /// <exception cref="RadiomicsException">As <paramref name="read"/> throws it; its sentence begins with <paramref name="what"/> the file is.</exception>
    public static (T Value, Task<string> Sha256) Read<T>(string what, string path, Func<Stream, T> read)
    {
        try
        {
            return Read(path, read);
        }
        catch (RadiomicsException e)
        {
            throw new RadiomicsException(e.Code, $"The {what}: {e.Detail}", e);
        }
    }

    private static (T Value, Task<string> Sha256) Read<T>(string path, Func<Stream, T> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (file.Length > MostInMemory)
        {
            using var sha256 = SHA256.Create();
            using var hashing = new CryptoStream(file, sha256, CryptoStreamMode.Read);
            var value = read(hashing);
            hashing.CopyTo(Stream.Null);
            return (value, Task.FromResult(Convert.ToHexStringLower(sha256.Hash!)));
        }

        // Compressed images come here: small in memory, and hashed by another thread while this one inflates them.
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var hash = Task.Run(() => Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return (read(new MemoryStream(bytes, writable: false)), hash);
    }
}
