namespace FellowOakDicom.Imaging.Codec;

/// <summary>What a dataset says of a frame.</summary>
internal readonly record struct FrameFormat(int Width, int Height, int Samples, int BitsAllocated, int BitsStored, bool IsSigned, bool IsPlanar, bool IsYbr)
{
    public int PixelCount => Width * Height;

    public int BytesPerSample => BitsAllocated > 8 ? 2 : 1;

    public int Size => PixelCount * Samples * BytesPerSample;

    /// <exception cref="DicomCodecException">There are more than 16 bits a sample, more than four samples, or no pixels.</exception>
    public static FrameFormat Of(DicomPixelData pixels)
    {
        var format = new FrameFormat(
            pixels.Width,
            pixels.Height,
            pixels.SamplesPerPixel,
            pixels.BitsAllocated,
            pixels.BitsStored,
            pixels.PixelRepresentation == PixelRepresentation.Signed,
            pixels.PlanarConfiguration == PlanarConfiguration.Planar,
            pixels.PhotometricInterpretation is { IsYBR: true });
        if (format.Width == 0 || format.Height == 0 || format.Samples is < 1 or > 4 || format.BitsAllocated is not (8 or 16)
            || (long)format.Width * format.Height * format.Samples * format.BytesPerSample > int.MaxValue)
        {
            throw new DicomCodecException(
                $"Unable to decode frames of {format.Width} x {format.Height} pixels with {format.Samples} samples of {format.BitsAllocated} bits.");
        }

        return format;
    }
}

/// <summary>A decoded frame: samples in little endian, interleaved unless it says planar.</summary>
internal sealed record DecodedFrame(byte[] Pixels, bool IsPlanar = false, bool IsRgb = false);

/// <summary>Decompresses frames of a transfer syntax.</summary>
internal interface IFrameDecoder
{
    /// <exception cref="DicomCodecException">The bytes aren't what the transfer syntax or the dataset says.</exception>
    DecodedFrame Decode(byte[] frame, FrameFormat format);
}
