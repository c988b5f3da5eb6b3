namespace FellowOakDicom.Imaging.Codec;

/// <summary>Which decoder reads which transfer syntax.</summary>
internal static class FrameDecoders
{
    private static readonly Dictionary<DicomTransferSyntax, IFrameDecoder> s_decoders = Index(
        (new RleCodec(), [DicomTransferSyntax.RLELossless]),
        (new LosslessJpegFrameDecoder(), [DicomTransferSyntax.JPEGProcess14, DicomTransferSyntax.JPEGProcess14SV1]),
        (new JpegFrameDecoder(), [DicomTransferSyntax.JPEGProcess1, DicomTransferSyntax.JPEGProcess2_4]),
        (new JpegLsFrameDecoder(), [DicomTransferSyntax.JPEGLSLossless, DicomTransferSyntax.JPEGLSNearLossless]),
        (new Jpeg2000FrameDecoder(),
        [
            DicomTransferSyntax.JPEG2000Lossless, DicomTransferSyntax.JPEG2000Lossy,
            DicomTransferSyntax.HTJ2KLossless, DicomTransferSyntax.HTJ2KLosslessRPCL, DicomTransferSyntax.HTJ2K,
        ]));

    /// <exception cref="DicomCodecException">None reads it; the message names the syntax.</exception>
    public static IFrameDecoder For(DicomTransferSyntax syntax)
    {
        var isAbsent = !s_decoders.TryGetValue(syntax, out var decoder)
            || (decoder is JpegLsFrameDecoder && !JpegLsFrameDecoder.IsPresent)
            || (decoder is Jpeg2000FrameDecoder && !Jpeg2000FrameDecoder.IsPresent);
        return isAbsent
            ? throw new DicomCodecException($"Decoding dataset with transfer syntax: {syntax} is not supported.")
            : decoder!;
    }

    private static Dictionary<DicomTransferSyntax, IFrameDecoder> Index(params (IFrameDecoder Decoder, DicomTransferSyntax[] Syntaxes)[] decoders) =>
        decoders.SelectMany(d => d.Syntaxes.Select(s => (s, d.Decoder))).ToDictionary(p => p.s, p => p.Decoder);
}
