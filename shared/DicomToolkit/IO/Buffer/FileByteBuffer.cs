namespace FellowOakDicom.IO.Buffer;

/// <summary>A stretch of a file, opened again for each reading.</summary>
public sealed class FileByteBuffer(IFileReference file, long position, long length) : IByteBuffer
{
    public bool IsMemory => false;

    public IFileReference File { get; private set; } = file;

    public long Position { get; private set; } = position;

    public long Size { get; private set; } = length;

    public byte[] Data => ByteRange.All(this);

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ByteRange.Check(output, count);
        using var stream = File.OpenRead();
        stream.Position = Position + offset;
        stream.ReadExactly(output, 0, count);
    }

    public void CopyToStream(Stream stream) => ByteRange.Copy(this, stream);

    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) => ByteRange.CopyAsync(this, stream, cancellationToken);
}
