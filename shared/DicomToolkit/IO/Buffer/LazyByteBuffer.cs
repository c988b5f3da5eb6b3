namespace FellowOakDicom.IO.Buffer;

/// <summary>Bytes that are made when first asked for.</summary>
public sealed class LazyByteBuffer(Func<byte[]> bytes) : IByteBuffer
{
    private readonly Lazy<byte[]> _bytes = new(bytes);

    public bool IsMemory => true;

    public long Size => Data.Length;

    public byte[] Data => _bytes.Value;

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
