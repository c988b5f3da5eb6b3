namespace FellowOakDicom.IO.Buffer;

/// <summary>A buffer in a file's byte order, read in the machine's.</summary>
public class EndianByteBuffer : IByteBuffer
{
    private EndianByteBuffer(IByteBuffer buffer, Endian endian, int unitSize)
    {
        Internal = buffer;
        Endian = endian;
        UnitSize = unitSize;
    }

    public IByteBuffer Internal { get; }

    /// <summary>The byte order of <see cref="Internal"/>.</summary>
    public Endian Endian { get; }

    public int UnitSize { get; }

    public bool IsMemory => Internal.IsMemory;

    public long Size => Internal.Size;

    public byte[] Data => ByteRange.All(this);

    /// <summary>The buffer itself if there is nothing to swap.</summary>
    public static IByteBuffer Create(IByteBuffer buffer, Endian endian, int unitSize) =>
        endian == Endian.LocalMachine || unitSize <= 1 ? buffer : new EndianByteBuffer(buffer, endian, unitSize);

    public void GetByteRange(long offset, int count, byte[] output)
    {
        Internal.GetByteRange(offset, count, output);
        if (Endian != Endian.LocalMachine)
            ByteSwap.InPlace(output.AsSpan(0, count), UnitSize);
    }

    public void CopyToStream(Stream stream) => ByteRange.Copy(this, stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => ByteRange.CopyAsync(this, stream, cancellationToken);
}
