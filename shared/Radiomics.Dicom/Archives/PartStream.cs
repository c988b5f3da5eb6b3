using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>A stretch of a stream that can be sought in. Several may be read in turns: each finds its place again.</summary>
internal sealed class PartStream(Stream whole, long offset, long length) : ForwardStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        if (_read >= length)
        {
            return 0;
        }

        whole.Position = offset + _read;
        var count = whole.Read(buffer[..(int)Math.Min(buffer.Length, length - _read)]);
        _read += count;
        return count;
    }
}
