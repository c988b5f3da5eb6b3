using FellowOakDicom;
using FellowOakDicom.Imaging.NativeCodec;

namespace Radiomics.Dicom;

/// <summary>Decoders for compressed pixel data, with fo-dicom: those of fo-dicom.Codecs.</summary>
public static class DicomCodecs
{
    private static readonly Lazy<bool> _registered = new(Build);

    /// <summary>
    /// Registers the decoders, the first time it is called; the reader of files does, and a service before its first request. fo-dicom's own decoders are never
    /// left in their place: they lack JPEG-LS and JPEG 2000, and in 5.1.3 that of JPEG Lossless reads the last pixel of some frames as 0. Values from scanners are
    /// taken as they are: a UID with a leading zero must not stop a study.
    /// </summary>
    public static void Register() => _ = _registered.Value;

    private static bool Build()
    {
        new DicomSetupBuilder()
            .RegisterServices(services => services.AddFellowOakDicom().AddTranscoderManager<NativeTranscoderManager>())
            .SkipValidation()
            .Build();
        return true;
    }
}
