namespace FellowOakDicom.IO.Buffer;

/// <summary>Bytes in an array, which it doesn't copy.</summary>
public sealed class MemoryByteBuffer(byte[] data) : IByteBuffer
{
    /// <summary>The largest array of bytes that .NET allocates.</summary>
    public const int MaxArrayLength = 2_147_483_591;

    public bool IsMemory => true;

    public byte[] Data { get; } = data;

    public long Size => Data.Length;

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ByteRange.Check(output, count);
        Array.Copy(Data, (int)offset, output, 0, count);
    }

    public void CopyToStream(Stream stream)
    {
        ByteRange.CheckWritable(stream);
        stream.Write(Data, 0, Data.Length);
    }

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        ByteRange.CheckWritable(stream);
        return stream.WriteAsync(Data, 0, Data.Length, cancellationToken);
    }
}
