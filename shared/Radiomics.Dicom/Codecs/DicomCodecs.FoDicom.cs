using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>Decoders for compressed pixel data, with fo-dicom: those of the local toolkit.</summary>
public static class DicomCodecs
{
    private static readonly Lazy<bool> _registered = new(Build);

    /// <summary>
    /// Registers the decoders, the first time it is called; the reader of files does, and a service before its first request. Neither fo-dicom's own decoders nor
    /// those of fo-dicom.Codecs are left in their place: fo-dicom 5.1.3 lacks JPEG-LS and JPEG 2000 and reads the last pixel of some JPEG Lossless frames as 0;
    /// in fo-dicom.Codecs 5.14.5 a damaged frame of JPEG Lossless or JPEG 2000 ends the process, and one of JPEG-LS gives wrong voxels without an error.
    /// Values from scanners are taken as they are: a UID with a leading zero must not stop a study.
    /// </summary>
    public static void Register() => _ = _registered.Value;

    private static bool Build()
    {
        new DicomSetupBuilder()
            .RegisterServices(services => services.AddFellowOakDicom().AddTranscoderManager<FrameTranscoderManager>())
            .SkipValidation()
            .Build();
        return true;
    }
}
