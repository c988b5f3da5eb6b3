using Radiomics.Extraction;

namespace Radiomics.DicomWeb.Tests;

/// <summary>Some bytes, and behind them so many zeros as <c>0x30</c>, made when they are read.</summary>
internal sealed class GeneratedStream(byte[] head, long zeros) : ForwardStream
{
    private readonly long _length = zeros > long.MaxValue - head.Length ? long.MaxValue : head.Length + zeros;

    /// <summary>Bytes that were read from it.</summary>
    public long Given { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var bytes = buffer[..(int)Math.Min(buffer.Length, _length - Given)];
        bytes.Fill((byte)'0');
        if (Given < head.Length)
            head.AsSpan((int)Given, (int)Math.Min(bytes.Length, head.Length - Given)).CopyTo(bytes);
        Given += bytes.Length;
        return bytes.Length;
    }
}
