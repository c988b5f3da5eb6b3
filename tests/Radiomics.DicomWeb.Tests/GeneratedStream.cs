namespace Radiomics.DicomWeb.Tests;

/// <summary>Some bytes, and behind them so many zeros as <c>0x30</c>, made when they are read.</summary>
internal sealed class GeneratedStream(byte[] head, long zeros) : Stream
{
    private readonly long _length = zeros > long.MaxValue - head.Length ? long.MaxValue : head.Length + zeros;

    /// <summary>Bytes that were read from it.</summary>
    public long Given { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var bytes = buffer[..(int)Math.Min(buffer.Length, _length - Given)];
        bytes.Fill((byte)'0');
        if (Given < head.Length)
            head.AsSpan((int)Given, (int)Math.Min(bytes.Length, head.Length - Given)).CopyTo(bytes);
        Given += bytes.Length;
        return bytes.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
