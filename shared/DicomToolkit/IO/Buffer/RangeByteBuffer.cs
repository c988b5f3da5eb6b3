namespace FellowOakDicom.IO.Buffer;

/// <summary>A stretch of another buffer.</summary>
public class RangeByteBuffer(IByteBuffer buffer, long offset, int length) : IByteBuffer
{
    public IByteBuffer Internal { get; } = buffer;

    public long Offset { get; } = offset;

    public int Length { get; } = length;

    public bool IsMemory => Internal.IsMemory;

    public long Size => Length;

    public byte[] Data => ByteRange.All(this);

    public void GetByteRange(long offset, int count, byte[] output) =>
        Internal.GetByteRange(Offset + offset, Math.Min(count, Length), output);

    public void CopyToStream(Stream stream) => ByteRange.Copy(this, stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => ByteRange.CopyAsync(this, stream, cancellationToken);
}
