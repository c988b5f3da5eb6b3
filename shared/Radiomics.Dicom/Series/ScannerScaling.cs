using FellowOakDicom;

namespace Radiomics.Dicom;

/// <summary>
/// Scales that an image states beside RescaleSlope and RescaleIntercept. Intensities here are what RescaleSlope makes of them, whatever the
/// vendor; these are recorded as facts, so that a reader can go on from there (Philips: floating point value = displayed value /
/// (RescaleSlope · private scale slope)).
/// </summary>
/// <param name="PhilipsSlope">Philips' private scale slope (2005,xx0E).</param>
/// <param name="PhilipsIntercept">Philips' private scale intercept (2005,xx0D).</param>
/// <param name="RealWorldSlope">RealWorldValueSlope of the first RealWorldValueMappingSequence item (PS3.3 C.7.6.16.2.11).</param>
/// <param name="RealWorldIntercept">RealWorldValueIntercept of the same.</param>
internal sealed record ScannerScaling(double? PhilipsSlope, double? PhilipsIntercept, double? RealWorldSlope, double? RealWorldIntercept)
{
    private const string PhilipsCreator = "Philips MR Imaging DD 001";

    public static ScannerScaling None { get; } = new(null, null, null, null);

    /// <summary>Reads the scales of a frame.</summary>
    public static ScannerScaling Of(FrameAttributes frame)
    {
        var realWorld = frame.FrameItem(DicomTag.RealWorldValueMappingSequence) is { } item ? new FrameAttributes(item, 0) : null;
        var scaling = new ScannerScaling(
            frame.PrivateNumber(PhilipsCreator, 0x2005, 0x0E),
            frame.PrivateNumber(PhilipsCreator, 0x2005, 0x0D),
            realWorld?.Number(DicomTag.RealWorldValueSlope),
            realWorld?.Number(DicomTag.RealWorldValueIntercept));
        return scaling == None ? None : scaling;
    }
}
