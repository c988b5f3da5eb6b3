using FellowOakDicom;
using FellowOakDicom.Imaging.NativeCodec;

namespace Radiomics.Dicom;

/// <summary>Decoders for compressed pixel data, with fo-dicom: those of fo-dicom.Codecs.</summary>
public static class DicomCodecs
{
    /// <summary>
    /// Registers the decoders; called once, before the first DICOM file is read. Values from scanners are taken as they are: a UID with a
    /// leading zero
    /// must not stop a study.
    /// </summary>
    public static void Register() =>
        new DicomSetupBuilder()
            .RegisterServices(services => services.AddFellowOakDicom().AddTranscoderManager<NativeTranscoderManager>())
            .SkipValidation()
            .Build();
}
