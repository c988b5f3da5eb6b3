namespace FellowOakDicom.IO.Buffer;

/// <summary>Buffers one after the other, read as one.</summary>
public class CompositeByteBuffer : IByteBuffer
{
    public CompositeByteBuffer(IEnumerable<IByteBuffer> buffers) => Buffers = [.. buffers];

    public CompositeByteBuffer(params IByteBuffer[] buffers) => Buffers = [.. buffers];

    public IList<IByteBuffer> Buffers { get; }

    public bool IsMemory => Buffers.All(b => b.IsMemory);

    public long Size => Buffers.Sum(b => b.Size);

    public byte[] Data => ByteRange.All(this);

    public void GetByteRange(long offset, int count, byte[] output)
    {
        ByteRange.Check(output, count);
        var written = 0;
        foreach (var buffer in Buffers)
        {
            if (written == count)
                return;
            if (offset >= buffer.Size)
            {
                offset -= buffer.Size;
                continue;
            }

            var part = (int)Math.Min(buffer.Size - offset, count - written);
            CopyPart(buffer, offset, part, output, written);
            written += part;
            offset = 0;
        }
    }

    public void CopyToStream(Stream stream)
    {
        ByteRange.CheckWritable(stream);
        foreach (var buffer in Buffers)
            buffer.CopyToStream(stream);
    }

    public async Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        ByteRange.CheckWritable(stream);
        foreach (var buffer in Buffers)
            await buffer.CopyToStreamAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    private static void CopyPart(IByteBuffer buffer, long offset, int count, byte[] output, int at)
    {
        if (at == 0)
        {
            buffer.GetByteRange(offset, count, output);
        }
        else if (buffer is MemoryByteBuffer)
        {
            System.Buffer.BlockCopy(buffer.Data, (int)offset, output, at, count);
        }
        else
        {
            var part = new byte[count];
            buffer.GetByteRange(offset, count, part);
            System.Buffer.BlockCopy(part, 0, output, at, count);
        }
    }
}
