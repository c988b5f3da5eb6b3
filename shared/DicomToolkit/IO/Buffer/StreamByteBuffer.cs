namespace FellowOakDicom.IO.Buffer;

/// <summary>A stretch of a seekable stream, which must stay open for as long as the buffer is read.</summary>
public sealed class StreamByteBuffer(Stream stream, long position, long length) : IByteBuffer
{
    public bool IsMemory => false;

    public Stream Stream { get; } = stream;

    public long Position { get; } = position;

    public long Size { get; } = length;

    public byte[] Data => ByteRange.All(this);

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ByteRange.Check(output, count);
        lock (Stream)
        {
            Stream.Position = Position + offset;
            Stream.ReadExactly(output, 0, count);
        }
    }

    public void CopyToStream(Stream stream) => ByteRange.Copy(this, stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => ByteRange.CopyAsync(this, stream, cancellationToken);
}
