namespace FellowOakDicom.IO.Buffer;

/// <summary>The bytes of a value, in memory or wherever they can be read again.</summary>
public interface IByteBuffer
{
    /// <summary>True if <see cref="Data"/> costs no I/O.</summary>
    bool IsMemory { get; }

    /// <summary>Bytes.</summary>
    long Size { get; }

    /// <summary>All bytes; a buffer that isn't in memory reads them anew at each call.</summary>
    byte[] Data { get; }

    void GetByteRange(long offset, int count, byte[] output);

    void CopyToStream(Stream stream);

    Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken);
}
