using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Imaging.NativeCodec;

namespace Radiomics.Dicom;

/// <summary>
/// Gives fo-dicom the local toolkit's decoders, and fo-dicom.Codecs' for what those don't know. Where the system's CharLS or OpenJPEG is absent, its copy in
/// fo-dicom.Codecs is called, with the checks that fo-dicom.Codecs leaves out.
/// </summary>
internal sealed class FrameTranscoderManager : TranscoderManager
{
    public FrameTranscoderManager() => LoadCodecs();

    /// <summary>Registers all codecs; none is looked for in other assemblies.</summary>
    public override void LoadCodecs(string? path = null, string? search = null)
    {
        var packaged = new NativeTranscoderManager();
        foreach (var syntax in DicomTransferSyntax.KnownEntries.Where(packaged.HasCodec))
        {
            Codecs[syntax] = packaged.GetCodec(syntax);
        }

        foreach (var (syntax, decoder) in FrameDecoders.BySyntax)
        {
            Codecs[syntax] = new FrameCodec(syntax, decoder.IsPresent ? decoder : InPlaceOf(decoder), Codecs.GetValueOrDefault(syntax));
        }
    }

    private static IFrameDecoder? InPlaceOf(IFrameDecoder decoder) => decoder switch
    {
        _ when !PackagedLibrary.IsPresent => null,
        JpegLsFrameDecoder => new PackagedJpegLsFrameDecoder(),
        Jpeg2000FrameDecoder => new PackagedJpeg2000FrameDecoder(),
        _ => null,
    };
}
