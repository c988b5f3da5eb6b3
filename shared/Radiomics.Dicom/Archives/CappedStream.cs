using Radiomics.Extraction;

namespace Radiomics.Dicom;

/// <summary>Reads a stream of unknown length that may not give more than a number of bytes, whatever it was compressed from.</summary>
internal sealed class CappedStream(Stream inner, long mostBytes) : ForwardStream(inner)
{
    private readonly Stream _inner = inner;
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        _read += count;
        return _read <= mostBytes ? count : throw new RadiomicsException("RoiUnreadable", $"The NIfTI mask holds more than {mostBytes} bytes. Send it as bytes, on the grid of the images.");
    }
}
