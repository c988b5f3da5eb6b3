namespace FellowOakDicom.Imaging.Codec;

/// <summary>What a dataset says of a frame.</summary>
internal readonly record struct FrameFormat(
    int Width,
    int Height,
    int Samples,
    int BitsAllocated,
    int BitsStored,
    bool IsSigned,
    bool IsPlanar,
    PhotometricInterpretation? Interpretation)
{
    public int PixelCount => Width * Height;

    public int BytesPerSample => BitsAllocated > 8 ? 2 : 1;

    public int Size => PixelCount * Samples * BytesPerSample;

    /// <exception cref="DicomCodecException">The compressed image isn't as large as the dataset says, or has more bits than are allocated.</exception>
    public void Check(long width, long height, long samples, long bits, string codec)
    {
        if (width != Width || height != Height || samples != Samples || bits < 1 || bits > BitsAllocated)
        {
            throw new DicomCodecException(
                $"{codec} image of {width} x {height} pixels with {samples} samples of {bits} bits isn't the one that the dataset describes.");
        }
    }

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
            pixels.PhotometricInterpretation);
        if (format.Width == 0 || format.Height == 0 || format.Samples is < 1 or > 4 || format.BitsAllocated is not (8 or 16)
            || (long)format.Width * format.Height * format.Samples * format.BytesPerSample > int.MaxValue)
        {
            throw new DicomCodecException(
                $"Unable to decode frames of {format.Width} x {format.Height} pixels with {format.Samples} samples of {format.BitsAllocated} bits.");
        }

        return format;
    }
}
