namespace FellowOakDicom.IO.Buffer;

/// <summary>No bytes.</summary>
public sealed class EmptyBuffer : IByteBuffer
{
    public static readonly IByteBuffer Value = new EmptyBuffer();

    private EmptyBuffer()
    {
    }

    public bool IsMemory => true;

    public byte[] Data { get; } = [];

    public long Size => 0;

    public void GetByteRange(long offset, int count, byte[] output) => ByteRange.Check(output, count);

    public void CopyToStream(Stream stream) => ByteRange.CheckWritable(stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        ByteRange.CheckWritable(stream);
        return Task.CompletedTask;
    }
}
