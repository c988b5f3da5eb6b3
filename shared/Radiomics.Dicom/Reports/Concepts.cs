namespace Radiomics.Dicom;

/// <summary>The concepts that the report is made of (PS3.16 annexes B and D, SNOMED CT).</summary>
internal static class Concepts
{
    public static readonly CodedEntry MeasurementReport = new("126000", "DCM", "Imaging Measurement Report");
    public static readonly CodedEntry Language = new("121049", "DCM", "Language of Content Item and Descendants");
    public static readonly CodedEntry English = new("en-US", "RFC5646", "English (United States)");
    public static readonly CodedEntry ObserverType = new("121005", "DCM", "Observer Type");
    public static readonly CodedEntry Device = new("121007", "DCM", "Device");
    public static readonly CodedEntry DeviceObserverUid = new("121012", "DCM", "Device Observer UID");
    public static readonly CodedEntry DeviceObserverName = new("121013", "DCM", "Device Observer Name");
    public static readonly CodedEntry DeviceObserverManufacturer = new("121014", "DCM", "Device Observer Manufacturer");
    public static readonly CodedEntry DeviceObserverModelName = new("121015", "DCM", "Device Observer Model Name");
    public static readonly CodedEntry ProcedureReported = new("121058", "DCM", "Procedure Reported");
    public static readonly CodedEntry MagneticResonanceImaging = new("113091000", "SCT", "Magnetic resonance imaging");
    public static readonly CodedEntry ImagingMeasurements = new("126010", "DCM", "Imaging Measurements");
    public static readonly CodedEntry MeasurementGroup = new("125007", "DCM", "Measurement Group");
    public static readonly CodedEntry TrackingIdentifier = new("112039", "DCM", "Tracking Identifier");
    public static readonly CodedEntry TrackingUid = new("112040", "DCM", "Tracking Unique Identifier");
    public static readonly CodedEntry Finding = new("121071", "DCM", "Finding");
    public static readonly CodedEntry FindingSite = new("363698007", "SCT", "Finding Site");
    public static readonly CodedEntry Liver = new("10200004", "SCT", "Liver");
    public static readonly CodedEntry AlgorithmName = new("111001", "DCM", "Algorithm Name");
    public static readonly CodedEntry AlgorithmVersion = new("111003", "DCM", "Algorithm Version");
    public static readonly CodedEntry AlgorithmParameters = new("111002", "DCM", "Algorithm Parameters");
    public static readonly CodedEntry ReferencedSegment = new("121191", "DCM", "Referenced Segment");
    public static readonly CodedEntry RegionInSpace = new("130488", "DCM", "Region in Space");
    public static readonly CodedEntry SourceImageForSegmentation = new("121233", "DCM", "Source image for segmentation");
    public static readonly CodedEntry Source = new("260753009", "SCT", "Source");
    public static readonly CodedEntry Volume = new("118565006", "SCT", "Volume");
    public static readonly CodedEntry MeasurementMethod = new("370129005", "SCT", "Measurement Method");
    public static readonly CodedEntry SumOfVoxelVolumes = new("126030", "DCM", "Sum of segmented voxel volumes");
    public static readonly CodedEntry Positive = new("10828004", "SCT", "Positive");
    public static readonly CodedEntry Negative = new("260385009", "SCT", "Negative");
    public static readonly CodedEntry Comment = new("121106", "DCM", "Comment");
    public static readonly CodedEntry AggregationMethod = new("aggregation", CodedEntry.OwnScheme, "Aggregation method of a texture feature");
    public static readonly CodedEntry Probability = new("probability", CodedEntry.OwnScheme, "Probability of the outcome");
    public static readonly CodedEntry Threshold = new("threshold", CodedEntry.OwnScheme, "Probability from which on the decision is positive");
    public static readonly CodedEntry Decision = new("decision", CodedEntry.OwnScheme, "Decision at the threshold");
    public static readonly CodedEntry Outcome = new("outcome", CodedEntry.OwnScheme, "Outcome that was predicted");
}
