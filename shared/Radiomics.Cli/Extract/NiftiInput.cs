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
            using var hashing = new HashingStream(file);
            return (read(hashing), Task.FromResult(hashing.Finish()));
        }

        // Compressed images come here: small in memory, and hashed by another thread while this one inflates them.
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var hash = Task.Run(() => Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return (read(new MemoryStream(bytes, writable: false)), hash);
    }

    /// <summary>Hashes what passes through.</summary>
    private sealed class HashingStream(Stream source) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = source.Read(buffer);
            _hash.AppendData(buffer[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        /// <summary>Hashes the rest and gives the digest.</summary>
        public string Finish()
        {
            var rest = new byte[1 << 16];
            while (Read(rest) > 0)
            {
            }

            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
