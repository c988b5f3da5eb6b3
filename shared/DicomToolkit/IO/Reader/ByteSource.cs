using System.Buffers.Binary;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.IO.Reader;

/// <summary>Reads a stream of known length from a small window, and leaves large values where they are.</summary>
internal sealed class ByteSource
{
    // Most headers take one or two; what is read beyond is inflated, copied and collected for nothing.
    private const int WindowSize = 4 * 1024;
    private const int MaximumBuffered = 1 << 30;
    private const int DefaultLargeObjectSize = 64 * 1024;

    private readonly Stream _stream;
    private readonly IFileReference? _file;
    private readonly FileReadOption _readOption;
    private readonly long _largeObjectSize;
    private readonly byte[] _window = new byte[WindowSize];
    private long _windowStart;
    private int _windowLength;

    /// <param name="file">Where the stream's content can be read again; null to read it from the stream.</param>
    public ByteSource(Stream stream, FileReadOption readOption, int largeObjectSize, IFileReference? file = null)
    {
        _stream = stream.CanSeek ? stream : Buffered(stream);
        _file = file;
        _readOption = readOption == FileReadOption.Default ? FileReadOption.ReadLargeOnDemand : readOption;
        _largeObjectSize = largeObjectSize <= 0 ? DefaultLargeObjectSize : largeObjectSize;
        Position = _stream.Position;
        Length = _stream.Length;
        _windowStart = Position;
    }

    public Endian Endian { get; set; } = Endian.Little;

    public long Position { get; set; }

    public long Length { get; }

    public long Remaining => Length - Position;

    public bool IsAtEnd => Position >= Length;

    /// <summary>The next bytes, which stay where they are.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var at = Position - _windowStart;
        if (at < 0 || at + count > _windowLength)
        {
            _stream.Position = Position;
            _windowStart = Position;
            _windowLength = _stream.ReadAtLeast(_window, count, throwOnEndOfStream: false);
            at = 0;
            if (_windowLength < count)
                throw new DicomIoException($"Tried to read {count} bytes past the end of the stream.");
        }

        return _window.AsSpan((int)at, count);
    }

    public ushort ReadUInt16()
    {
        var bytes = Peek(2);
        Position += 2;
        return Endian == Endian.Big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint ReadUInt32()
    {
        var bytes = Peek(4);
        Position += 4;
        return Endian == Endian.Big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public DicomTag ReadTag()
    {
        var group = ReadUInt16();
        return new DicomTag(group, ReadUInt16());
    }

    /// <summary>The next bytes as a buffer; null if they are large and to be skipped. The caller knows that they are there.</summary>
    public IByteBuffer? ReadBuffer(uint count)
    {
        var start = Position;
        if (count == 0)
            return EmptyBuffer.Value;
        if (count >= _largeObjectSize && _readOption != FileReadOption.ReadAll)
        {
            Position += count;
            if (_readOption == FileReadOption.SkipLargeTags)
                return null;
            return _file is null ? new StreamByteBuffer(_stream, start, count) : new FileByteBuffer(_file, start, count);
        }

        if (count <= WindowSize)
        {
            var small = Peek((int)count).ToArray();
            Position += count;
            return new MemoryByteBuffer(small);
        }

        if (count > MemoryByteBuffer.MaxArrayLength)
            throw new DicomIoException($"A value of {count} bytes doesn't fit into memory at once; read it on demand.");
        var data = new byte[count];
        _stream.Position = start;
        _stream.ReadExactly(data);
        Position += count;
        return new MemoryByteBuffer(data);
    }

    /// <summary>The rest, inflated.</summary>
    public ByteSource Inflated()
    {
        _stream.Position = Position;
        using var inflater = new System.IO.Compression.DeflateStream(_stream, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true);
        return new ByteSource(Buffered(inflater), _readOption, (int)_largeObjectSize) { Endian = Endian };
    }

    private static MemoryStream Buffered(Stream stream)
    {
        var buffered = new MemoryStream();
        var piece = new byte[WindowSize];
        for (int count; (count = stream.Read(piece)) > 0;)
        {
            if (buffered.Length + count > MaximumBuffered)
                throw new DicomIoException($"A stream of more than {MaximumBuffered} bytes can't be read without seeking.");
            buffered.Write(piece, 0, count);
        }

        buffered.Position = 0;
        return buffered;
    }
}
