using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>The kinds of object that ingest tells apart.</summary>
internal static class SopClasses
{
    private static readonly HashSet<string> _mr =
    [
        DicomUID.MRImageStorage.UID,
        DicomUID.EnhancedMRImageStorage.UID,
        DicomUID.LegacyConvertedEnhancedMRImageStorage.UID,
    ];

    private static readonly HashSet<string> _ct =
    [
        DicomUID.CTImageStorage.UID,
        DicomUID.EnhancedCTImageStorage.UID,
        DicomUID.LegacyConvertedEnhancedCTImageStorage.UID,
    ];

    private static readonly HashSet<string> _pet = [DicomUID.PositronEmissionTomographyImageStorage.UID];

    private static readonly HashSet<string> _secondaryCapture =
    [
        DicomUID.SecondaryCaptureImageStorage.UID,
        DicomUID.MultiFrameSingleBitSecondaryCaptureImageStorage.UID,
        DicomUID.MultiFrameGrayscaleByteSecondaryCaptureImageStorage.UID,
        DicomUID.MultiFrameGrayscaleWordSecondaryCaptureImageStorage.UID,
        DicomUID.MultiFrameTrueColorSecondaryCaptureImageStorage.UID,
    ];

    private static readonly HashSet<string> _segmentation =
    [
        DicomUID.SegmentationStorage.UID,
        "1.2.840.10008.5.1.4.1.1.66.7", // Label Map Segmentation Storage, which libraries don't know yet
    ];

    public static bool IsMr(InstanceHeader instance) => IsMr(instance.SopClassUid);

    public static bool IsMr(string sopClassUid) => _mr.Contains(sopClassUid);

    /// <summary>Whether an object is an image of the kind that the study is read for.</summary>
    public static bool IsWanted(InstanceHeader instance) => instance.Wanted switch
    {
        ImageModality.Ct => _ct,
        ImageModality.Pet => _pet,
        _ => _mr,
    } is var classes && classes.Contains(instance.SopClassUid);

    /// <summary>Whether a class is among those that a study is measured by: MR images and the regions drawn on them.</summary>
    public static bool IsMeasured(string sopClassUid) => IsMr(sopClassUid) || _segmentation.Contains(sopClassUid) || sopClassUid == DicomUID.RTStructureSetStorage.UID;

    public static bool IsSecondaryCapture(InstanceHeader instance) => _secondaryCapture.Contains(instance.SopClassUid);

    public static bool IsStructureSet(InstanceHeader instance) => instance.SopClassUid == DicomUID.RTStructureSetStorage.UID;

    public static bool IsSegmentation(InstanceHeader instance) => _segmentation.Contains(instance.SopClassUid);

    /// <summary>Whether the object holds an image that someone looked at: anything with pixels but a segmentation.</summary>
    public static bool IsImage(InstanceHeader instance) => instance.IsImage && !IsSegmentation(instance);
}
