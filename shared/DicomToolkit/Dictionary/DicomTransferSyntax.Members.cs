using FellowOakDicom.IO;

namespace FellowOakDicom;

public partial class DicomTransferSyntax
{
    public static readonly DicomTransferSyntax ImplicitVRBigEndian = new(
        new DicomUID(DicomUID.ExplicitVRBigEndianRETIRED.UID + ".123456", "Implicit VR Big Endian", DicomUidType.TransferSyntax), false)
    {
        Endian = Endian.Big,
    };

    public static readonly DicomTransferSyntax GEPrivateImplicitVRBigEndian =
        new(DicomUID.GEPrivateImplicitVRBigEndian) { SwapPixelData = true };
    public static readonly DicomTransferSyntax ImplicitVRLittleEndian = new(DicomUID.ImplicitVRLittleEndian);
    public static readonly DicomTransferSyntax ExplicitVRLittleEndian = new(DicomUID.ExplicitVRLittleEndian) { IsExplicitVR = true };
    public static readonly DicomTransferSyntax ExplicitVRBigEndian =
        new(DicomUID.ExplicitVRBigEndianRETIRED) { IsExplicitVR = true, IsRetired = true, Endian = Endian.Big };
    public static readonly DicomTransferSyntax DeflatedExplicitVRLittleEndian =
        new(DicomUID.DeflatedExplicitVRLittleEndian) { IsExplicitVR = true, IsDeflate = true };
    public static readonly DicomTransferSyntax JPEGProcess1 = Encapsulated(DicomUID.JPEGBaseline8Bit, lossy: "ISO_10918_1");
    public static readonly DicomTransferSyntax JPEGProcess2_4 = Encapsulated(DicomUID.JPEGExtended12Bit, lossy: "ISO_10918_1");
    public static readonly DicomTransferSyntax JPEGProcess3_5Retired =
        Encapsulated(DicomUID.JPEGExtended35RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess6_8Retired =
        Encapsulated(DicomUID.JPEGSpectralSelectionNonHierarchical68RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess7_9Retired =
        Encapsulated(DicomUID.JPEGSpectralSelectionNonHierarchical79RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess10_12Retired =
        Encapsulated(DicomUID.JPEGFullProgressionNonHierarchical1012RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess11_13Retired =
        Encapsulated(DicomUID.JPEGFullProgressionNonHierarchical1113RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess14 = Encapsulated(DicomUID.JPEGLossless);
    public static readonly DicomTransferSyntax JPEGProcess15Retired =
        Encapsulated(DicomUID.JPEGLosslessNonHierarchical15RETIRED, retired: true);
    public static readonly DicomTransferSyntax JPEGProcess16_18Retired =
        Encapsulated(DicomUID.JPEGExtendedHierarchical1618RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess17_19Retired =
        Encapsulated(DicomUID.JPEGExtendedHierarchical1719RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess20_22Retired =
        Encapsulated(DicomUID.JPEGSpectralSelectionHierarchical2022RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess21_23Retired =
        Encapsulated(DicomUID.JPEGSpectralSelectionHierarchical2123RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess24_26Retired =
        Encapsulated(DicomUID.JPEGFullProgressionHierarchical2426RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess25_27Retired =
        Encapsulated(DicomUID.JPEGFullProgressionHierarchical2527RETIRED, lossy: "ISO_10918_1", retired: true);
    public static readonly DicomTransferSyntax JPEGProcess28Retired =
        Encapsulated(DicomUID.JPEGLosslessHierarchical28RETIRED, retired: true);
    public static readonly DicomTransferSyntax JPEGProcess29Retired =
        Encapsulated(DicomUID.JPEGLosslessHierarchical29RETIRED, retired: true);
    public static readonly DicomTransferSyntax JPEGProcess14SV1 = Encapsulated(DicomUID.JPEGLosslessSV1);
    public static readonly DicomTransferSyntax JPEGLSLossless = Encapsulated(DicomUID.JPEGLSLossless);
    public static readonly DicomTransferSyntax JPEGLSNearLossless = Encapsulated(DicomUID.JPEGLSNearLossless, lossy: "ISO_14495_1");
    public static readonly DicomTransferSyntax JPEG2000Lossless = Encapsulated(DicomUID.JPEG2000Lossless);
    public static readonly DicomTransferSyntax JPEG2000Lossy = Encapsulated(DicomUID.JPEG2000, lossy: "ISO_15444_1");
    public static readonly DicomTransferSyntax JPEG2000Part2MultiComponentLosslessOnly = Encapsulated(DicomUID.JPEG2000MCLossless);
    public static readonly DicomTransferSyntax JPEG2000Part2MultiComponent = Encapsulated(DicomUID.JPEG2000MC, lossy: "ISO_15444_2");
    public static readonly DicomTransferSyntax JPIPReferenced = new(DicomUID.JPIPReferenced) { IsExplicitVR = true };
    public static readonly DicomTransferSyntax JPIPReferencedDeflate =
        new(DicomUID.JPIPReferencedDeflate) { IsExplicitVR = true, IsDeflate = true };
    public static readonly DicomTransferSyntax MPEG2 = Encapsulated(DicomUID.MPEG2MPML, lossy: "ISO_13818_2");
    public static readonly DicomTransferSyntax FragmentableMPEG2 = Encapsulated(DicomUID.MPEG2MPMLF, lossy: "ISO_13818_2");
    public static readonly DicomTransferSyntax MPEG2MainProfileHighLevel = Encapsulated(DicomUID.MPEG2MPHL, lossy: "ISO_13818_2");
    public static readonly DicomTransferSyntax FragmentableMPEG2MainProfileHighLevel =
        Encapsulated(DicomUID.MPEG2MPHLF, lossy: "ISO_13818_2");
    public static readonly DicomTransferSyntax MPEG4AVCH264HighProfileLevel41 = Encapsulated(DicomUID.MPEG4HP41, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax FragmentableMPEG4AVCH264HighProfileLevel41 =
        Encapsulated(DicomUID.MPEG4HP41F, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax MPEG4AVCH264BDCompatibleHighProfileLevel41 =
        Encapsulated(DicomUID.MPEG4HP41BD, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax FragmentableMPEG4AVCH264BDCompatibleHighProfileLevel41 =
        Encapsulated(DicomUID.MPEG4HP41BDF, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax MPEG4AVCH264HighProfileLevel42For2DVideo =
        Encapsulated(DicomUID.MPEG4HP422D, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax FragmentableMPEG4AVCH264HighProfileLevel42For2DVideo =
        Encapsulated(DicomUID.MPEG4HP422DF, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax MPEG4AVCH264HighProfileLevel42For3DVideo =
        Encapsulated(DicomUID.MPEG4HP423D, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax FragmentableMPEG4AVCH264HighProfileLevel42For3DVideo =
        Encapsulated(DicomUID.MPEG4HP423DF, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax MPEG4AVCH264StereoHighProfileLevel42 =
        Encapsulated(DicomUID.MPEG4HP42STEREO, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax FragmentableMPEG4AVCH264StereoHighProfileLevel42 =
        Encapsulated(DicomUID.MPEG4HP42STEREOF, lossy: "ISO_14496_10");
    public static readonly DicomTransferSyntax HEVCH265MainProfileLevel51 = Encapsulated(DicomUID.HEVCMP51, lossy: "ISO_23008_2");
    public static readonly DicomTransferSyntax HEVCH265Main10ProfileLevel51 = Encapsulated(DicomUID.HEVCM10P51, lossy: "ISO_23008_2");
    public static readonly DicomTransferSyntax HTJ2KLossless = Encapsulated(DicomUID.HTJ2KLossless);
    public static readonly DicomTransferSyntax HTJ2KLosslessRPCL = Encapsulated(DicomUID.HTJ2KLosslessRPCL);
    public static readonly DicomTransferSyntax HTJ2K = Encapsulated(DicomUID.HTJ2K, lossy: "ISO_15444_15");
    public static readonly DicomTransferSyntax JPIPHTJ2KReferenced = new(DicomUID.JPIPHTJ2KReferenced) { IsExplicitVR = true };
    public static readonly DicomTransferSyntax JPIPHTJ2KReferencedDeflate =
        new(DicomUID.JPIPHTJ2KReferencedDeflate) { IsExplicitVR = true, IsDeflate = true };
    public static readonly DicomTransferSyntax RLELossless = Encapsulated(DicomUID.RLELossless);
    public static readonly DicomTransferSyntax RFC2557MIMEEncapsulation =
        new(DicomUID.RFC2557MIMEEncapsulationRETIRED) { IsExplicitVR = true };
    public static readonly DicomTransferSyntax XMLEncoding = new(DicomUID.XMLEncodingRETIRED) { IsExplicitVR = true };
    public static readonly DicomTransferSyntax Papyrus3ImplicitVRLittleEndianRetired =
        new(DicomUID.Papyrus3ImplicitVRLittleEndianRETIRED) { IsRetired = true };
}
