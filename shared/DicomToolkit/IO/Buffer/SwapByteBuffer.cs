namespace FellowOakDicom.IO.Buffer;

/// <summary>Another buffer with the bytes of each value reversed.</summary>
public class SwapByteBuffer(IByteBuffer buffer, int unitSize) : IByteBuffer
{
    public IByteBuffer Internal { get; private set; } = buffer;

    public int UnitSize { get; private set; } = unitSize;

    public bool IsMemory => Internal.IsMemory;

    public long Size => Internal.Size;

    public byte[] Data => ByteRange.All(this);

    /// <summary>Offset and count must fall on whole values.</summary>
    public void GetByteRange(long offset, int count, byte[] output)
    {
        Internal.GetByteRange(offset, count, output);
        ByteSwap.InPlace(output.AsSpan(0, count), UnitSize);
    }

    public void CopyToStream(Stream stream) => ByteRange.Copy(this, stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => ByteRange.CopyAsync(this, stream, cancellationToken);
}
