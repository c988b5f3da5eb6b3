namespace Radiomics.Extraction;

/// <summary>
/// Lets a gzip member through with a header that says nothing of when and where it was made (RFC 1952 2.3: MTIME 0, XFL 0, OS 255);
/// the runtime writes the operating system there. Leaves the target open.
/// </summary>
internal sealed class GzipHeaderStream(Stream target) : Stream
{
    private const int FirstByteToHide = 4;
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (_position < 10 && !buffer.IsEmpty)
        {
            target.WriteByte(_position < FirstByteToHide ? buffer[0] : (byte)(_position == 9 ? 255 : 0));
            _position++;
            buffer = buffer[1..];
        }

        _position += buffer.Length;
        target.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
