namespace FellowOakDicom.Imaging.Codec;

/// <summary>Which decoder reads which transfer syntax.</summary>
internal static class FrameDecoders
{
    private static readonly RleCodec s_rle = new();

    /// <exception cref="DicomCodecException">None reads it; the message names the syntax.</exception>
    public static IFrameDecoder For(DicomTransferSyntax syntax)
    {
        if (syntax == DicomTransferSyntax.RLELossless)
            return s_rle;
        throw new DicomCodecException($"Decoding dataset with transfer syntax: {syntax} is not supported.");
    }
}
