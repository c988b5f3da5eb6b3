namespace Radiomics.Dicom;

/// <summary>
/// A file of an upload as a stream that can be sought in, though the file itself is read forwards, and only as far as somebody asks: of an image
/// the headers, while the pixels behind them are passed over. What was read stays in one buffer that serves file after file.
/// </summary>
internal sealed class StartOfFile : Stream
{
    private const int Step = 1 << 12;

    // Who asks for more has it from a file that is read whole, whose items are counted before.
    private const int Most = 1 << 20;

    private byte[] _buffer = new byte[1 << 14];
    private Stream _source = Null;
    private long _length;
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>The file's length as its archive says; a file that is shorter ends earlier, and so does one of whose start more is asked for than a megabyte.</summary>
    public override long Length => _length;

    public override long Position { get; set; }

    /// <summary>Starts with another file, whose first bytes are read.</summary>
    /// <returns>Those bytes.</returns>
    public ReadOnlySpan<byte> Begin(Stream source, long length)
    {
        (_source, _length, _read, Position) = (source, length, 0, 0);
        ReadUntil(Step);
        return _buffer.AsSpan(0, _read);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var end = Math.Min(Position + buffer.Length, _length);
        if (end > _read)
        {
            // A parser fills its window, and mostly needs a part of it: what is there will do.
            ReadUntil(Position < _read ? Position + 1 : Math.Min(end, Position + Step));
        }

        var count = (int)Math.Clamp(Math.Min(_read, end) - Position, 0, buffer.Length);
        _buffer.AsSpan((int)Math.Min(Position, _read), count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void ReadUntil(long end)
    {
        while (_read < Math.Min(end, _length))
        {
            if (_read + Step > Most)
            {
                _length = _read;
                return;
            }

            if (_read + Step > _buffer.Length)
            {
                Array.Resize(ref _buffer, checked(2 * _buffer.Length));
            }

            var count = _source.Read(_buffer, _read, Step);
            if (count == 0)
            {
                _length = _read;
            }

            _read += count;
        }
    }
}
