using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.Imaging.Codec;

/// <summary>Which decoder reads which transfer syntax.</summary>
internal static class FrameDecoders
{
    /// <summary>Those of which the library is absent included.</summary>
    public static IReadOnlyDictionary<DicomTransferSyntax, IFrameDecoder> BySyntax { get; } = Index(
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
    public static IFrameDecoder For(DicomTransferSyntax syntax) =>
        BySyntax.TryGetValue(syntax, out var decoder) && decoder.IsPresent ? decoder : throw Absent(syntax);

    /// <summary>What a syntax without decoder gives.</summary>
    public static DicomCodecException Absent(DicomTransferSyntax syntax) => new($"Decoding dataset with transfer syntax: {syntax} is not supported.");

    /// <summary>Adds <paramref name="frames"/> of <paramref name="source"/>, decompressed, to <paramref name="target"/>.</summary>
    /// <exception cref="DicomCodecException">A frame is broken, or of a kind that isn't decoded.</exception>
    public static void Decode(this IFrameDecoder decoder, DicomPixelData source, IEnumerable<IByteBuffer> frames, DicomPixelData target)
    {
        var format = FrameFormat.Of(source);
        foreach (var frame in frames)
        {
            var decoded = decoder.Decode(frame.Data, format);
            target.AddFrame(new MemoryByteBuffer(decoded.Pixels));
            if (format.Samples == 1)
                continue;
            target.PlanarConfiguration = decoded.IsPlanar ? PlanarConfiguration.Planar : PlanarConfiguration.Interleaved;
            if (decoded.IsRgb)
                target.PhotometricInterpretation = PhotometricInterpretation.Rgb;
        }
    }

    private static Dictionary<DicomTransferSyntax, IFrameDecoder> Index(params (IFrameDecoder Decoder, DicomTransferSyntax[] Syntaxes)[] decoders) =>
        decoders.SelectMany(d => d.Syntaxes.Select(s => (s, d.Decoder))).ToDictionary(p => p.s, p => p.Decoder);
}
