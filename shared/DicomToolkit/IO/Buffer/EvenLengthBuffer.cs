namespace FellowOakDicom.IO.Buffer;

/// <summary>A buffer of odd size with the zero byte behind it that DICOM asks for.</summary>
public class EvenLengthBuffer : IByteBuffer
{
    private EvenLengthBuffer(IByteBuffer buffer) => Buffer = buffer;

    public IByteBuffer Buffer { get; }

    public bool IsMemory => Buffer.IsMemory;

    public long Size => Buffer.Size + 1;

    public byte[] Data => ByteRange.All(this);

    /// <summary>The buffer itself if its size is even.</summary>
    public static IByteBuffer Create(IByteBuffer buffer) => buffer.Size % 2 == 0 ? buffer : new EvenLengthBuffer(buffer);

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ByteRange.Check(output, count);
        var real = (int)Math.Clamp(Buffer.Size - offset, 0, count);
        Buffer.GetByteRange(offset, real, output);
        output.AsSpan(real, count - real).Clear();
    }

    public void CopyToStream(Stream s)
    {
        Buffer.CopyToStream(s);
        s.WriteByte(0);
    }

    public async Task CopyToStreamAsync(Stream s, CancellationToken cancellationToken)
    {
        await Buffer.CopyToStreamAsync(s, cancellationToken).ConfigureAwait(false);
        await s.WriteAsync(new byte[1], cancellationToken).ConfigureAwait(false);
    }
}
